import type { Clock } from '#src/io/clock.ts';
import type { Database } from './database.ts';

/** One tab at a time sends. Waits for its turn. */
export interface ExclusiveLock {
  run(work: () => Promise<void>): Promise<void>;
}

/** The browser gives the lock back when a tab dies, however it dies. */
export const webLock = (locks: Pick<LockManager, 'request'>, name: string): ExclusiveLock => ({
  run: async (work) => {
    await locks.request(name, work);
  },
});

/** For a store that no other tab sees. */
export const noLock: ExclusiveLock = { run: (work) => work() };

const LEASE_MS = 60_000;
const POLL_MS = 2_000;

export interface LeaseOptions {
  readonly database: () => Promise<Database>;
  readonly clock: Clock;
  readonly name: string;
  readonly tab: string;
}

/**
 * Where there are no Web Locks: a lease in the database, which a dead tab loses by time. Two tabs
 * may then come to send at once (clocks jump); claims and identifiers keep that from doubling.
 */
export function leaseLock(options: LeaseOptions): ExclusiveLock {
  const { clock } = options;
  return {
    async run(work) {
      while (!(await acquire(options)))
        await new Promise<void>((resolve) => void clock.after(POLL_MS, resolve));
      try {
        await work();
      } finally {
        await release(options);
      }
    },
  };
}

async function acquire({ database, clock, name, tab }: LeaseOptions): Promise<boolean> {
  const tx = (await database()).transaction('leases', 'readwrite');
  const held = await tx.store.get(name);
  const now = clock.now();
  const valid = held && held.tab !== tab && held.until > now && held.until <= now + LEASE_MS;
  if (!valid) await tx.store.put({ name, tab, until: now + LEASE_MS });
  await tx.done;
  return !valid;
}

async function release({ database, name, tab }: LeaseOptions): Promise<void> {
  const tx = (await database()).transaction('leases', 'readwrite');
  if ((await tx.store.get(name))?.tab === tab) await tx.store.delete(name);
  await tx.done;
}
