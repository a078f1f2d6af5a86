import { useState } from 'react';
import type { StoredAnswer } from '#src/domain/feedback.ts';
import {
  mayReadSecond,
  needsSecondReading,
  SECOND_FINDINGS,
  type SecondReading,
} from '#src/domain/governance/feedback/second-reader.ts';
import { UNSAFE_REASON } from '#src/domain/governance/incidents/incident.ts';
import { useWhatWasSaid } from '#src/state/governance/comments.ts';
import { useGovernanceDeps } from '#src/state/governance/deps.ts';
import { useReadSecond } from '#src/state/governance/reviews.ts';
import { useRights } from '#src/state/governance/use-governance-rights.ts';
import { Button } from '#src/ui/button.tsx';
import { TextBox } from '#src/ui/text-box.tsx';
import { Failed } from '../frame.tsx';
import classes from '../governance.module.css';
import { failureWords, timeWords } from '../words.ts';
import { ReviewCaseFacts } from './reviews-case.tsx';

const FINDING_WORDS = {
  'unsafe-confirmed': 'Unsafe',
  'unsafe-not-seen': 'Not unsafe',
  'unsafe-cannot-tell': 'I cannot tell',
} as const;

/** Answers that called the advice unsafe: each is read by a second person. */
export function SecondReadings({ readings }: { readonly readings: readonly SecondReading[] }) {
  const { data, error } = useWhatWasSaid();
  const said = data?.standings.filter(({ group }) => group.reason === UNSAFE_REASON) ?? [];
  const open = said
    .flatMap(({ group }) => group.said)
    .filter(({ answer }) => needsSecondReading(answer.id, readings));
  return (
    <section aria-labelledby="second" className={classes.stack}>
      <h2 className={classes.heading} id="second">
        Called unsafe: second reading
      </h2>
      {error && <Failed error={error} />}
      {data && open.length === 0 && <p className={classes.more}>None waits for a second reader.</p>}
      {open.map((about) => (
        <SecondReadingCard about={about} key={about.answer.id} />
      ))}
      {readings.length > 0 && (
        <ul aria-label="Second readings" className={classes.list}>
          {readings.map((one) => (
            <li key={one.answer}>
              <strong>{FINDING_WORDS[one.finding]}</strong>, {timeWords(one.at)}: {one.words}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function SecondReadingCard({ about }: { readonly about: StoredAnswer }) {
  const { person } = useGovernanceDeps();
  const { may } = useRights();
  const [words, setWords] = useState('');
  const read = useReadSecond();
  const { answer } = about;
  const own = !mayReadSecond(answer.performer.reference, person.names);
  return (
    <article
      aria-label={`Called unsafe, ${timeWords(answer.answeredAt)}`}
      className={classes.card}
      data-tone="danger"
    >
      <ReviewCaseFacts about={about} />
      {own && <p className={classes.more}>It is your own answer: a second person reads it.</p>}
      {!own && may('review') && (
        <>
          <TextBox label="What you found" onChange={setWords} value={words} />
          <div className={classes.line}>
            {SECOND_FINDINGS.map((finding) => (
              <Button
                disabled={words.trim() === '' || read.isPending}
                key={finding}
                onClick={() => read.mutate({ about, finding, words: words.trim() })}
              >
                {FINDING_WORDS[finding]}
              </Button>
            ))}
          </div>
          {read.error && <p role="alert">{failureWords(read.error)}</p>}
        </>
      )}
    </article>
  );
}
