import { isoWithOffset } from '#src/domain/timestamp.ts';

/** Time as a dependency: tests and the sandbox inject their own. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls back once after `ms`; the returned function cancels. */
  after(ms: number, callback: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

/** What the clinician waits for is the first card: what that card does not need begins after it. */
export const AFTER_CARD_MS = 3_000;

/** ISO 8601 with the offset of this machine: how what is written now is dated. */
export function localTimestamp(clock: Clock): string {
  const now = clock.now();
  return isoWithOffset(now, -new Date(now).getTimezoneOffset());
}
