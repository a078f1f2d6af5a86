import type { StandingCode } from './model-state.ts';

/**
 * `shown`: headline, score and evidence, with a place to answer. `hidden`: that there is advice, why it
 * is not shown and since when. `absent`: nothing at all.
 */
export type AdviceDecision = 'shown' | 'hidden' | 'absent';

/** What a site wants of a model that has no record in the registry. */
export type Unregistered = 'show' | 'hide';

const DECISION: Readonly<Record<Exclude<StandingCode, 'unknown'>, AdviceDecision>> = {
  active: 'shown',
  pilot: 'shown',
  restricted: 'shown',
  suspended: 'hidden',
  retired: 'hidden',
  expired: 'hidden',
  unread: 'hidden',
  silent: 'absent',
  proposed: 'absent',
  validated: 'absent',
};

/** What the clinician's screen does with the advice of a model in this state. */
export const adviceDecision = (state: StandingCode, unregistered: Unregistered): AdviceDecision =>
  state === 'unknown' ? (unregistered === 'show' ? 'shown' : 'hidden') : DECISION[state];

/** When the registry last answered, and since when it has been asked in vain. */
export interface RegistryAnswers {
  /** Epoch ms of the last good answer; absent: none in this launch. */
  readonly answeredAt?: number;
  /** The last attempt failed. */
  readonly failing: boolean;
}

/** How long an answer of the registry counts (`SiteConfig.governance`). */
export interface RegistryPatience {
  readonly graceMinutes: number;
  readonly recheckSeconds: number;
}

/**
 * Whether what the registry last said may still be gone by: while it answers, and for the grace after
 * it stopped. A launch that never had an answer has nothing to go by; nor has a page that slept, until
 * it has asked again.
 * @param now epoch ms
 */
export function mayRely(
  { answeredAt, failing }: RegistryAnswers,
  { graceMinutes, recheckSeconds }: RegistryPatience,
  now: number,
): boolean {
  if (answeredAt === undefined) return false;
  const grace = graceMinutes * 60_000;
  return now - answeredAt <= (failing ? grace : Math.max(grace, 2 * recheckSeconds * 1_000));
}
