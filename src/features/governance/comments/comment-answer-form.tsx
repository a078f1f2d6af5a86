import { useRef, useState } from 'react';
import {
  COMMENT_OUTCOMES,
  type CommentOutcome,
  type CommentStanding,
} from '#src/domain/governance/feedback/comments.ts';
import { useAnswerComments } from '#src/state/governance/comments.ts';
import { useGovernanceDeps } from '#src/state/governance/deps.ts';
import { Button } from '#src/ui/button.tsx';
import { Select } from '#src/ui/select.tsx';
import { TextBox } from '#src/ui/text-box.tsx';
import classes from '../governance.module.css';
import { failureWords } from '../words.ts';
import { OUTCOME_WORDS } from './comment-words.ts';

export interface CommentAnswerFormProps {
  readonly standing: CommentStanding;
  /** "Device/id" where the registry has it. */
  readonly device: string | undefined;
  /** Of the group: the form's name says which. */
  readonly title: string;
}

type Act = Parameters<ReturnType<typeof useAnswerComments>['mutate']>[0];

/** What became of it, in words that those who said it read. */
export function CommentAnswerForm({ standing, device, title }: CommentAnswerFormProps) {
  const { newId, timestamp } = useGovernanceDeps();
  const [outcome, setOutcome] = useState<CommentOutcome>('read');
  const [words, setWords] = useState('');
  // Once for one text: sent twice, it is read once, by those whom it was written for.
  const act = useRef<Act>(undefined);
  const answer = useAnswerComments();
  const send = () => {
    const said = words.trim();
    if (act.current?.words !== said || act.current.outcome !== outcome) {
      const { group, open } = standing;
      act.current = {
        ...{ id: newId(), at: timestamp(), group, about: open, device, outcome },
        words: said,
      };
    }
    answer.mutate(act.current, { onSuccess: () => setWords('') });
  };
  return (
    <section aria-label={`Answer to ${title}`} className={classes.stack}>
      <Select
        label="What becomes of it"
        onChoose={(value) => setOutcome(COMMENT_OUTCOMES.find((one) => one === value) ?? 'read')}
        options={COMMENT_OUTCOMES.map((one) => [one, OUTCOME_WORDS[one]])}
        value={outcome}
      />
      <TextBox label="Answer" onChange={setWords} value={words} />
      <div className={classes.line}>
        <Button disabled={words.trim() === '' || answer.isPending} onClick={send}>
          Send answer
        </Button>
        <p className={classes.more} role="status">
          {answer.isSuccess && words === '' ? 'Sent: they see it at the card.' : ''}
          {answer.error ? failureWords(answer.error) : ''}
        </p>
      </div>
    </section>
  );
}
