import type { StoredAnswer } from '#src/domain/feedback.ts';
import { useReviewCase } from '#src/state/governance/review-case.ts';
import { reasonWords } from '../comments/comment-words.ts';
import { Failed } from '../frame.tsx';
import classes from '../governance.module.css';
import { timeWords } from '../words.ts';

/** One answer with what it was given to; who gave it is left out. */
export function ReviewCaseFacts({ about }: { readonly about: StoredAnswer }) {
  const { data, error } = useReviewCase(about);
  const { answer } = about;
  const { patient, recommendation } = data ?? {};
  const { shownProbability } = answer.context;
  const { identifier = '', version = '' } = answer.model ?? {};
  const model = identifier.endsWith(version) ? identifier : `${identifier} ${version}`;
  const missing = data ? 'not on this server' : '…';
  const facts: readonly (readonly [string, string | undefined])[] = [
    [
      'Patient',
      patient ? [patient.displayName, patient.mrn].filter(Boolean).join(', MRN ') : missing,
    ],
    ['Advice', recommendation?.title ?? missing],
    ['Model', model],
    [
      'Probability shown',
      shownProbability === undefined ? undefined : `${Math.round(shownProbability * 100)} %`,
    ],
    ['Answered', timeWords(answer.answeredAt)],
    ['Answer', answer.response],
    ['Reason', answer.reasons.map(({ code }) => reasonWords(code)).join(', ')],
    ['Done instead', answer.actionTaken?.text],
    ['Comment', answer.comment],
  ];
  return (
    <>
      {error && <Failed error={error} />}
      <dl className={classes.facts}>
        {facts.map(([name, value]) =>
          value ? (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ) : null,
        )}
      </dl>
    </>
  );
}
