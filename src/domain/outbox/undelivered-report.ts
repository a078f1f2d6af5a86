import type { QueuedAnswer } from './queued-answer.ts';

/** What a device may say about what it could not deliver: how much and since when, never what. */
export interface UndeliveredReport {
  readonly count: number;
  readonly oldestMs: number;
  /** Of these, how many only a person can move. */
  readonly needAttention: number;
  readonly waitingForSignIn: number;
  readonly waitingForPatient: number;
}

export function undeliveredReport(
  items: readonly Pick<QueuedAnswer, 'phase' | 'createdAt'>[],
  now: number,
): UndeliveredReport {
  const count = (phase: QueuedAnswer['phase']) =>
    items.filter((item) => item.phase === phase).length;
  return {
    count: items.length,
    // A clock that was set back makes nothing younger than new.
    oldestMs: Math.max(0, ...items.map(({ createdAt }) => now - createdAt)),
    needAttention: count('attention'),
    waitingForSignIn: count('waiting-sign-in'),
    waitingForPatient: count('waiting-patient'),
  };
}
