import { useState } from 'react';
import type { StoredAnswer } from '#src/domain/feedback.ts';
import type { DrawnCase } from '#src/domain/governance/feedback/sampling.ts';
import { JUDGEMENTS, mayReview } from '#src/domain/governance/feedback/second-reader.ts';
import { useGovernanceDeps } from '#src/state/governance/deps.ts';
import { useDrawnAnswers } from '#src/state/governance/review-case.ts';
import { type ReviewWork, useGiveReview } from '#src/state/governance/reviews.ts';
import { Button } from '#src/ui/button.tsx';
import { Notice } from '#src/ui/notice.tsx';
import { Select } from '#src/ui/select.tsx';
import { TextBox } from '#src/ui/text-box.tsx';
import { Failed } from '../frame.tsx';
import classes from '../governance.module.css';
import { failureWords } from '../words.ts';
import { ReviewCaseFacts } from './reviews-case.tsx';

/** The next drawn override that this person may judge; what others said of it is not read out. */
export function ReviewNextCase({ work }: { readonly work: ReviewWork }) {
  const { person } = useGovernanceDeps();
  const drawn = work.plans.flatMap((plan) => plan.drawn);
  const { data, error } = useDrawnAnswers(drawn.map(({ reference }) => reference));
  const answers = new Map(data?.map((one) => [one.answer.id, one]));
  const open = drawn.flatMap((one): readonly (readonly [DrawnCase, StoredAnswer])[] => {
    const about = answers.get(one.answer);
    if (about?.status !== 'final') return [];
    const clinician = about.answer.performer.reference;
    const mine = mayReview({ answer: one.answer, clinician }, work.given, person.names);
    return mine ? [[one, about]] : [];
  });
  const [next] = open;
  if (drawn.length === 0) return null;
  return (
    <section aria-labelledby="next-case" className={classes.card}>
      <h2 className={classes.name} id="next-case">
        Your next case
      </h2>
      {error && <Failed error={error} />}
      {data && !next && <p className={classes.more}>None waits for you.</p>}
      {next && (
        <>
          <p className={classes.more}>{open.length} wait for you.</p>
          <ReviewCaseFacts about={next[1]} key={`facts ${next[0].answer}`} />
          <Judge about={next[1]} drawn={next[0]} key={next[0].answer} />
        </>
      )}
    </section>
  );
}

const LOOKED = [
  ['', 'I did not look'],
  ['no', 'I looked: no harm followed'],
  ['yes', 'I looked: harm followed'],
] as const;

interface JudgeProps {
  readonly drawn: DrawnCase;
  readonly about: StoredAnswer;
}

function Judge({ drawn, about }: JudgeProps) {
  const [looked, setLooked] = useState('');
  const [words, setWords] = useState('');
  const give = useGiveReview();
  return (
    <>
      <Select
        label="What happened afterwards"
        onChoose={setLooked}
        options={LOOKED}
        value={looked}
      />
      <TextBox label="Words, if you want" onChange={setWords} value={words} />
      <div className={classes.line}>
        {JUDGEMENTS.map((judgement) => (
          <Button
            disabled={give.isPending}
            key={judgement}
            onClick={() =>
              give.mutate({
                ...{ drawn, about, judgement, words: words.trim() },
                harm: looked === '' ? undefined : looked === 'yes',
              })
            }
          >
            {JUDGEMENT_WORDS[judgement]}
          </Button>
        ))}
      </div>
      {give.error && (
        <Notice alert title="Not on record" tone="error">
          <p>{failureWords(give.error)}</p>
        </Notice>
      )}
    </>
  );
}

const JUDGEMENT_WORDS = {
  appropriate: 'The override was appropriate',
  inappropriate: 'It was not appropriate',
  undecided: 'I cannot tell',
} as const;
