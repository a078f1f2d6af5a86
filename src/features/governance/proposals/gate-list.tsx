import {
  FIVE_QUESTIONS,
  type GateAnswer,
  type GateItem,
  type GateResult,
} from '#src/domain/governance/lifecycle/gates.ts';
import { Badge } from '#src/ui/badge.tsx';
import { TextBox } from '#src/ui/text-box.tsx';
import classes from '../governance.module.css';
import { FINDING_WORDS, GATE_WORDS } from './gate-words.ts';

export interface GateListProps {
  readonly results: readonly (GateResult | GateAnswer)[];
  /** Absent: the list is only shown. */
  readonly onWords?: (item: GateItem, words: string) => void;
  readonly words?: Readonly<Partial<Record<GateItem, string>>>;
}

/** The five questions, each with what data say; where they do not say yes, somebody has to. */
export function GateList({ results, onWords, words = {} }: GateListProps) {
  return FIVE_QUESTIONS.map(([question, items]) => {
    const own = results.filter(({ item }) => items.includes(item));
    return own.length === 0 ? null : (
      <section aria-label={question} className={classes.gate} key={question}>
        <h4 className={classes.legend}>{question}</h4>
        <ul className={classes.checks}>
          {own.map((one) => (
            <li key={one.item}>
              <Badge
                tone={
                  one.finding === 'met'
                    ? 'clinician'
                    : one.finding === 'not-met'
                      ? 'danger'
                      : 'warn'
                }
              >
                {FINDING_WORDS[one.finding]}
              </Badge>{' '}
              <strong>{GATE_WORDS[one.item]}.</strong> {one.evidence}
              {'words' in one && one.words !== undefined && (
                <p>
                  {one.finding === 'not-met' ? 'Goes on all the same' : 'Attested'}: {one.words}
                </p>
              )}
              {onWords && one.finding !== 'met' && (
                <TextBox
                  label={
                    one.finding === 'not-met'
                      ? `Why it goes on all the same: ${GATE_WORDS[one.item].toLowerCase()}`
                      : `What you attest: ${GATE_WORDS[one.item].toLowerCase()}`
                  }
                  maxLength={500}
                  onChange={(said) => onWords(one.item, said)}
                  value={words[one.item] ?? ''}
                />
              )}
            </li>
          ))}
        </ul>
      </section>
    );
  });
}
