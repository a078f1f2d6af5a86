import type { DiscardReason } from './discard.ts';
import type { QueuedItem } from './queued-answer.ts';

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
  items: readonly Pick<QueuedItem, 'phase' | 'createdAt'>[],
  now: number,
): UndeliveredReport {
  const count = (phase: QueuedItem['phase']) => items.filter((item) => item.phase === phase).length;
  return {
    count: items.length,
    // A clock that was set back makes nothing younger than new.
    oldestMs: Math.max(0, ...items.map(({ createdAt }) => now - createdAt)),
    needAttention: count('attention'),
    waitingForSignIn: count('waiting-sign-in'),
    waitingForPatient: count('waiting-patient'),
  };
}

/** The report of one device on one day; each later one of that day takes the place of the earlier. */
export interface DeviceReport extends UndeliveredReport {
  /** Deterministic: the same device and day always have the same identifier. */
  readonly id: string;
  /** Random, made by the browser's database; names no user. */
  readonly device: string;
  /** ISO 8601 with offset. */
  readonly at: string;
  /** Unit where the oldest answer was given ("Location/5b"), if it is known. */
  readonly location?: string;
  readonly discards: Readonly<Record<DiscardReason, number>>;
  readonly appVersion: string;
}
