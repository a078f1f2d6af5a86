import { useEffect, useState } from 'react';
import {
  idleLockUsed,
  idleTimeLeft,
  idleTimePassed,
  startIdleLock,
} from '#src/domain/idle-lock.ts';
import type { Clock } from '#src/io/clock.ts';

const USE = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;
/** Timers sleep with the machine and in a hidden page: coming back looks at the clock at once. */
const RETURN = ['focus', 'pageshow', 'visibilitychange'] as const;

/** True once this tab was not used for that long, and then until the page is left. */
export function useIdleLock(clock: Clock, lockAfterMinutes: number): boolean {
  const [locked, setLocked] = useState(false);
  useEffect(
    () => watchUse(clock, lockAfterMinutes, () => setLocked(true)),
    [clock, lockAfterMinutes],
  );
  return locked;
}

/** Calls `onLock` at most once; the returned function ends the watch. */
function watchUse(clock: Clock, lockAfterMinutes: number, onLock: () => void): () => void {
  let lock = startIdleLock(lockAfterMinutes, clock.now());
  let cancelTimer: () => void = () => undefined;
  const watch = new AbortController();
  const end = () => {
    cancelTimer();
    watch.abort();
  };
  // Use does not move the timer: it looks when it is due, and waits for what is left.
  const look = () => {
    cancelTimer();
    lock = idleTimePassed(lock, clock.now());
    const left = idleTimeLeft(lock, clock.now());
    if (left !== undefined) cancelTimer = clock.after(left, look);
    if (!lock.locked) return;
    end();
    onLock();
  };
  const used = (event: Event) => {
    lock = idleLockUsed(lock, clock.now());
    if (!lock.locked) return;
    // Too late: it must not act on a card that should be gone.
    event.stopImmediatePropagation();
    if (event.cancelable) event.preventDefault();
    look();
  };
  const { signal } = watch;
  for (const name of USE)
    window.addEventListener(name, used, { capture: true, passive: name === 'wheel', signal });
  // Capture: `visibilitychange` is the document's.
  for (const name of RETURN) window.addEventListener(name, look, { capture: true, signal });
  look();
  return end;
}
