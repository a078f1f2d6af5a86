import type { ReviewSources } from './build-review.ts';
import { kindOfError, type Part, type PartFailure } from './fetch-parts.ts';
import type { ReviewNotice } from './review-model.ts';

const RETRY = { action: 'refresh' } as const;

/**
 * What the clinician must know about what is *not* on the screen: a part that could not be read must
 * never look like a part that is empty.
 */
export function reviewNotices(sources: ReviewSources): readonly ReviewNotice[] {
  const { patient, recommendations, answers, chart, support } = sources;
  const notices: ReviewNotice[] = [];
  const failures = [recommendations, answers, chart, support].flatMap((query) =>
    (query.data ?? []).flatMap((part) => (part.failure ? [part.failure] : [])),
  );
  const whole = kindOf(patient.error) ?? kindOf(recommendations.error);
  const all = [...failures.map((failure) => failure.kind), ...(whole ? [whole] : [])];
  if (all.includes('auth')) notices.push(SIGNED_OUT);
  else if (all.includes('offline') || all.includes('timeout')) notices.push(OFFLINE);
  else if (whole === 'forbidden') notices.push(FORBIDDEN);
  else if (whole) notices.push(FAILED);
  const carriers = (recommendations.data ?? []).flatMap(unavailable);
  if (carriers.length > 0 && !all.includes('auth')) notices.push(partly(carriers));
  const answersMissing = parts(answers.data).length > 0 || truncated(answers.data);
  if (answersMissing && whole === undefined && !all.includes('auth')) notices.push(EARLIER_ANSWERS);
  const beside = [...(chart.data ?? []), ...(support.data ?? [])];
  if (parts(beside).some(isOther) || truncated(beside))
    notices.push(
      missing(
        'Some of the chart could not be read',
        'Inputs, trends or newer results may be missing below. Check the chart itself.',
      ),
    );
  if (truncated(recommendations.data))
    notices.push(
      missing('Only the first recommendations are shown', 'This patient has more than fit here.'),
    );
  return notices;
}

const SIGNED_OUT: ReviewNotice = {
  tone: 'warning',
  title: 'Your sign-in has ended',
  message: 'What you typed is kept. Sign in again to go on.',
  action: 'sign-in',
};
const OFFLINE: ReviewNotice = {
  tone: 'warning',
  title: 'No connection to the EHR',
  message: 'What is shown may be out of date, and something newer may be missing.',
  ...RETRY,
};
/** Said beside the lost connection too: a card that was answered looks open without its answers. */
const EARLIER_ANSWERS: ReviewNotice = {
  tone: 'warning',
  title: 'Earlier answers could not be read',
  message: 'What looks open may have been answered already, by you or by somebody else.',
  ...RETRY,
};
const FORBIDDEN: ReviewNotice = {
  tone: 'error',
  title: 'The EHR does not let this app read this patient',
  message: 'Ask your informatics team to check the scopes that were granted.',
};
const FAILED: ReviewNotice = {
  tone: 'error',
  title: 'The recommendations could not be read',
  message: 'This does not mean that there are none. Try again, or look in the chart.',
  ...RETRY,
};

const missing = (title: string, message: string): ReviewNotice => ({
  tone: 'info',
  title,
  message,
  ...RETRY,
});

const partly = (types: readonly string[]): ReviewNotice => ({
  tone: 'warning',
  title: 'Some recommendations may be missing',
  message: `The EHR did not give: ${types.join(', ')}.`,
  ...RETRY,
});

/** A carrier that a server does not have is no failure; one that it refuses or breaks on is. */
function unavailable(part: Part): readonly string[] {
  const { failure } = part;
  if (!failure || failure.kind === 'not-found' || !isOther(failure)) return [];
  return [part.type];
}

const isOther = (failure: PartFailure) => !['auth', 'offline', 'timeout'].includes(failure.kind);

const parts = (data: readonly Part[] | undefined): readonly PartFailure[] =>
  (data ?? []).flatMap((part) => (part.failure ? [part.failure] : []));

const kindOf = (error: Error | null): string | undefined =>
  error === null ? undefined : kindOfError(error);

const truncated = (data: readonly Part[] | undefined): boolean =>
  (data ?? []).some((part) => part.truncated);
