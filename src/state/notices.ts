import type { ReviewSources } from './build-review.ts';
import type { Deps } from './deps.ts';
import { kindOfError, type Part, type PartFailure } from './fetch-parts.ts';
import { registryNotices } from './registry-notices.ts';
import type { ReviewNotice } from './review-model.ts';
import { doubtNotices, sentence, serverNames } from './server-notices.ts';

const RETRY = { action: 'refresh' } as const;

/**
 * What the clinician must know about what is *not* on the screen: a part that could not be read must
 * never look like a part that is empty.
 */
export function reviewNotices(sources: ReviewSources, now: number): readonly ReviewNotice[] {
  const { deps, patient, recommendations, answers, chart, support } = sources;
  const { lasting } = deps.drafts;
  const notices: ReviewNotice[] = [...doubtNotices(deps)];
  const failures = [recommendations, answers, chart, support]
    .flatMap((query) => query.data ?? [])
    .filter((part) => part.failure !== undefined);
  const whole = kindOf(patient.error) ?? kindOf(recommendations.error);
  const all = [...failures.flatMap((part) => part.failure?.kind ?? []), ...(whole ? [whole] : [])];
  if (all.includes('auth')) notices.push(lasting ? SIGNED_OUT : SIGNED_OUT_FOR_GOOD);
  else if (all.includes('offline') || all.includes('timeout'))
    notices.push(offline(deps, unreached(sources, failures)));
  else if (whole === 'forbidden') notices.push(FORBIDDEN);
  else if (whole) notices.push(FAILED);
  const carriers = (recommendations.data ?? []).filter(isUnavailable);
  if (carriers.length > 0 && !all.includes('auth')) notices.push(partly(deps, carriers));
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
  if (!all.includes('auth')) notices.push(...registryNotices(sources.deps, sources.registry, now));
  if (truncated(recommendations.data))
    notices.push(
      missing('Only the first recommendations are shown', 'This patient has more than fit here.'),
    );
  if (!lasting) notices.push(NOTHING_KEPT);
  return notices;
}

const SIGNED_OUT: ReviewNotice = {
  tone: 'warning',
  title: 'Your sign-in has ended',
  message: 'What you typed is kept. Sign in again to go on.',
  action: 'sign-in',
};
/** Signing in leaves the page, and with it all that a frame without storage has. */
const SIGNED_OUT_FOR_GOOD: ReviewNotice = {
  ...SIGNED_OUT,
  message: 'Signing in loads this panel anew: give again what was not sent, and what you typed.',
};
const NOTHING_KEPT: ReviewNotice = {
  tone: 'info',
  title: 'This panel keeps nothing',
  message:
    'The browser stores no data for it inside the EHR. Wait for “Sent” before you close or reload it: what is not sent, or half typed, is lost with it.',
};
const offline = (deps: Deps, servers: readonly string[]): ReviewNotice => ({
  tone: 'warning',
  title: `No connection to ${serverNames(deps, servers)}`,
  message: 'What is shown may be out of date, and something newer may be missing.',
  ...RETRY,
});
const isUnreached = (kind: string | undefined) => kind === 'offline' || kind === 'timeout';

const unreached = ({ deps, patient }: ReviewSources, failures: readonly Part[]) => [
  ...(isUnreached(kindOf(patient.error)) ? [deps.session.issuer] : []),
  ...failures.filter(({ failure }) => isUnreached(failure?.kind)).map(({ server }) => server),
];
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

const partly = (deps: Deps, parts: readonly Part[]): ReviewNotice => {
  const servers = parts.map(({ server }) => server);
  const types = parts.map(({ type }) => type);
  return {
    tone: 'warning',
    title: 'Some recommendations may be missing',
    message: `${sentence(serverNames(deps, servers))} did not give: ${types.join(', ')}.`,
    ...RETRY,
  };
};

/** A carrier that a server does not have is no failure; one that it refuses or breaks on is. */
const isUnavailable = ({ failure }: Part): boolean =>
  failure !== undefined && failure.kind !== 'not-found' && isOther(failure);

const isOther = (failure: PartFailure) => !['auth', 'offline', 'timeout'].includes(failure.kind);

const parts = (data: readonly Part[] | undefined): readonly PartFailure[] =>
  (data ?? []).flatMap((part) => (part.failure ? [part.failure] : []));

const kindOf = (error: Error | null): string | undefined =>
  error === null ? undefined : kindOfError(error);

const truncated = (data: readonly Part[] | undefined): boolean =>
  (data ?? []).some((part) => part.truncated);
