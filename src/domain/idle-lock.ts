/**
 * When a screen that nobody uses is taken away (`lockAfterMinutes` in config.json; 0: never). Time
 * comes as an argument; a machine that slept counts as unused while it slept.
 */
export interface IdleLock {
  readonly lockAfterMs: number;
  readonly lastUsedAt: number;
  readonly locked: boolean;
}

export const startIdleLock = (lockAfterMinutes: number, now: number): IdleLock => ({
  lockAfterMs: lockAfterMinutes * 60_000,
  lastUsedAt: now,
  locked: false,
});

/** How long until it must be looked at again; undefined: never. */
export function idleTimeLeft(lock: IdleLock, now: number): number | undefined {
  if (lock.locked || lock.lockAfterMs <= 0) return undefined;
  // A clock that was set back must not keep the screen open for longer than one whole period.
  const unused = Math.max(0, now - lock.lastUsedAt);
  return Math.max(0, lock.lockAfterMs - unused);
}

/** Time passed: locked once the period is over, and from then on for good. */
export function idleTimePassed(lock: IdleLock, now: number): IdleLock {
  if (idleTimeLeft(lock, now) === 0) return { ...lock, locked: true };
  return now < lock.lastUsedAt ? { ...lock, lastUsedAt: now } : lock;
}

/** A key, a pointer, the wheel. What comes after the period is over comes too late. */
export function idleLockUsed(lock: IdleLock, now: number): IdleLock {
  const passed = idleTimePassed(lock, now);
  return passed.locked || passed.lockAfterMs <= 0 ? passed : { ...passed, lastUsedAt: now };
}
