import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  idleLockUsed,
  idleTimeLeft,
  idleTimePassed,
  startIdleLock,
} from '#src/domain/idle-lock.ts';

const MINUTE = 60_000;
const T = 1_800_000_000_000;
const start = startIdleLock(15, T);

describe('the lock of an unused panel', () => {
  it('is due one period after the last use, and not before', () => {
    expect(idleTimeLeft(start, T + 14 * MINUTE)).toBe(MINUTE);
    expect(idleTimePassed(start, T + 15 * MINUTE - 1).locked).toBe(false);
    expect(idleTimePassed(start, T + 15 * MINUTE).locked).toBe(true);
  });

  it('begins anew with each use', () => {
    const used = idleLockUsed(start, T + 14 * MINUTE);
    expect(idleTimePassed(used, T + 28 * MINUTE).locked).toBe(false);
    expect(idleTimePassed(used, T + 29 * MINUTE).locked).toBe(true);
  });

  it('is not put off by a use that comes too late: the machine slept, the timer did not run', () => {
    expect(idleLockUsed(start, T + 8 * 60 * MINUTE).locked).toBe(true);
  });

  it('stays closed whatever comes after it', () => {
    const locked = idleTimePassed(start, T + 15 * MINUTE);
    expect(idleLockUsed(locked, T + 15 * MINUTE + 1).locked).toBe(true);
    expect(idleTimePassed(locked, T).locked).toBe(true);
    expect(idleTimeLeft(locked, T + 16 * MINUTE)).toBeUndefined();
  });

  it('never comes where the site says 0', () => {
    const never = startIdleLock(0, T);
    expect(idleTimeLeft(never, T + 1e12)).toBeUndefined();
    expect(idleTimePassed(never, T + 1e12).locked).toBe(false);
    expect(idleLockUsed(never, T + 1e12).locked).toBe(false);
  });

  it('a clock that is set back keeps the panel open for one more period at most', () => {
    const back = idleTimePassed(start, T - 3 * 60 * MINUTE);
    expect(idleTimeLeft(start, T - 3 * 60 * MINUTE)).toBe(15 * MINUTE);
    expect(idleTimePassed(back, T - 3 * 60 * MINUTE + 15 * MINUTE).locked).toBe(true);
  });

  it('whatever the order of uses and looks: open only if the last use is less than a period old', () => {
    const steps = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 20 * MINUTE })));
    fc.assert(
      fc.property(steps, (all) => {
        let now = T;
        let lock = start;
        let lastUse = T;
        let gone = false;
        for (const [use, pass] of all) {
          now += pass;
          gone ||= now - lastUse >= 15 * MINUTE;
          if (use && !gone) lastUse = now;
          lock = use ? idleLockUsed(lock, now) : idleTimePassed(lock, now);
          expect(lock.locked).toBe(gone);
        }
      }),
    );
  });
});
