import type { CardAnswer, ReviewCard } from '#src/state/review-model.ts';
import { Badge } from '#src/ui/badge.tsx';
import { formatDateTime, formatShortTime } from '#src/ui/format/date-time.ts';
import { clipText } from '#src/ui/format/text.ts';
import classes from './answer-history.module.css';
import { answerDetails, responseWord } from './answer-words.ts';
import type { ReviewContext } from './review-context.ts';

export interface AnswerHistoryProps {
  readonly answers: readonly CardAnswer[];
  readonly card: ReviewCard;
  readonly context: ReviewContext;
}

const standing = ({ retracted, current }: CardAnswer): string | undefined =>
  retracted ? 'Retracted' : current ? undefined : 'Replaced';

interface EntryProps {
  readonly entry: CardAnswer;
  readonly card: ReviewCard;
  readonly context: ReviewContext;
}

function Entry({ entry, card, context }: EntryProps) {
  const { answer, by, mine } = entry;
  const details = answerDetails(answer, card.kind.reasons, context.categories, context.now);
  const state = standing(entry);
  return (
    <li className={classes.entry} data-past={state !== undefined}>
      <p>
        <Badge tone="clinician">Clinician</Badge>{' '}
        <span className={classes.by}>{mine ? 'You' : clipText(by, 80)}</span>{' '}
        <strong>{responseWord(answer.response)}</strong>
        {details.length > 0 ? ` · ${clipText(details.join(' · '), 300)}` : ''}
        {state ? <em> {state}</em> : null}
      </p>
      <time dateTime={answer.answeredAt} title={formatDateTime(answer.answeredAt)}>
        {formatShortTime(answer.answeredAt, context.now)}
      </time>
      {answer.comment ? <p className={classes.comment}>“{clipText(answer.comment, 600)}”</p> : null}
    </li>
  );
}

const SHOWN = 3;

/** What colleagues, and I before, answered; newest first. */
export function AnswerHistory({ answers, card, context }: AnswerHistoryProps) {
  if (answers.length === 0) return null;
  const rest = answers.slice(SHOWN);
  const entries = (some: readonly CardAnswer[]) =>
    some.map((entry) => (
      <Entry card={card} context={context} entry={entry} key={entry.answer.id} />
    ));
  return (
    <section className={classes.history}>
      <h3 className={classes.heading}>Earlier answers</h3>
      <ul className={classes.list}>{entries(answers.slice(0, SHOWN))}</ul>
      {rest.length > 0 ? (
        <details className={classes.rest}>
          <summary>{rest.length} more</summary>
          <ul className={classes.list}>{entries(rest)}</ul>
        </details>
      ) : null}
    </section>
  );
}
