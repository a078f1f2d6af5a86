import type { Owner } from '#src/domain/outbox/queued-answer.ts';
import type { Clock } from '#src/io/clock.ts';
import { type ExclusiveLock, leaseLock, webLock } from '#src/io/outbox/exclusive-lock.ts';
import type { IndexedDbStore } from '#src/io/outbox/indexed-db-store.ts';

interface Parts {
  readonly device: IndexedDbStore;
  readonly clock: Clock;
  /** Names this page. */
  readonly tab: string;
}

/** What the pages of one user in this browser call what they share. */
export const ownerName = ({ issuer, user }: Owner): string =>
  `clinician-feedback-outbox|${issuer}|${user}`;

/** One page of this browser at a time. */
export const deviceLock = ({ device, clock, tab }: Parts, name: string): ExclusiveLock =>
  'locks' in navigator
    ? webLock(navigator.locks, name)
    : leaseLock({ database: () => device.database(), clock, name, tab });
