import { useState } from 'react';
import { escalationClock } from '#src/domain/governance/limits/escalation-clock.ts';
import { useGovernanceDeps } from '#src/state/governance/deps.ts';
import { useAnswerEscalation, type useEscalations } from '#src/state/governance/escalations.ts';
import type { NameOf } from '#src/state/governance/use-governance-names.ts';
import { useRights } from '#src/state/governance/use-governance-rights.ts';
import { Badge } from '#src/ui/badge.tsx';
import { Button } from '#src/ui/button.tsx';
import { Notice } from '#src/ui/notice.tsx';
import { TextBox } from '#src/ui/text-box.tsx';
import classes from '../governance.module.css';
import { useNavigation } from '../navigation.ts';
import { failureWords, timeWords } from '../words.ts';
import { Due } from './worklist-due.tsx';

export type EscalationOnPage = NonNullable<ReturnType<typeof useEscalations>['data']>[number];

export interface WorklistEscalationProps {
  readonly escalation: EscalationOnPage;
  readonly nameOf: NameOf;
  readonly now: number;
}

const NOT_ON_RECORD =
  'What was agreed to follow by itself is not on record yet. Do not rely on it: suspend by hand where it cannot wait.';

/** One breach, warning or signal: what was seen, what was done by itself, who answers, and until when. */
export function WorklistEscalation({ escalation, nameOf, now }: WorklistEscalationProps) {
  const { title, words, level, owner, raisedAt, action, agreed, device, over, marks, notes } =
    escalation;
  const { person } = useGovernanceDeps();
  const { toModel } = useNavigation();
  const clock = escalationClock(escalation, now);
  const mine = owner !== undefined && person.names.includes(owner);
  const withCommittee = marks.some((one) => one.startsWith('committee-told'));
  return (
    <article
      aria-label={title}
      className={classes.card}
      data-tone={clock?.late ? 'danger' : level === 'breach' ? 'warn' : 'plain'}
    >
      <header className={classes.top}>
        <h3 className={classes.name}>{title}</h3>
        {clock && (
          <Due due={clock.due} now={now} what={clock.what === 'act' ? 'Act' : 'Acknowledge'} />
        )}
      </header>
      <p className={classes.prose}>{words}</p>
      {action !== undefined && <p className={classes.prose}>{action}</p>}
      {action === undefined && agreed !== 'notify' && (
        <Notice title="Not done by itself" tone="warning">
          <p>{NOT_ON_RECORD}</p>
        </Notice>
      )}
      <p className={classes.more}>
        Since {timeWords(raisedAt)}. {owner === undefined ? 'Nobody' : nameOf(owner)} answers for it
        {mine && ' (you)'}.{withCommittee && ' The committee was told that it is late.'}{' '}
        {over && <Badge>No longer seen</Badge>}
      </p>
      {notes.length > 0 && (
        <ol aria-label="What was said" className={classes.list}>
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ol>
      )}
      {device !== undefined && (
        <div className={classes.line}>
          <Button look="quiet" onClick={() => toModel(device)}>
            Open the model
          </Button>
        </div>
      )}
      <Answer escalation={escalation} />
    </article>
  );
}

function Answer({ escalation }: Pick<WorklistEscalationProps, 'escalation'>) {
  const { may } = useRights();
  const [words, setWords] = useState('');
  const answer = useAnswerEscalation();
  if (!may('answer-escalation') || escalation.standing === 'done') return null;
  const send = (step: 'acknowledged' | 'done') =>
    answer.mutate({ escalation, step, words: words.trim() }, { onSuccess: () => setWords('') });
  return (
    <>
      <TextBox label="What is done about it" onChange={setWords} value={words} />
      <div className={classes.line}>
        {escalation.standing === 'open' && (
          <Button disabled={answer.isPending} onClick={() => send('acknowledged')}>
            Acknowledge
          </Button>
        )}
        <Button disabled={answer.isPending || words.trim() === ''} onClick={() => send('done')}>
          It is done
        </Button>
      </div>
      {answer.error && (
        <Notice alert title="Not on record" tone="error">
          <p>{failureWords(answer.error)}</p>
        </Notice>
      )}
    </>
  );
}
