/** Time as the sandbox sees it. Structurally the app's own `Clock`, so one fake clock can serve both. */
export interface SandboxClock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls back once after `ms`; the returned function cancels. */
  after(ms: number, callback: () => void): () => void;
}

export const wallClock: SandboxClock = {
  now: () => Date.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

/** A clock that stands still until it is told to advance, so that no test has to sleep. */
export interface ManualClock extends SandboxClock {
  advance(ms: number): void;
  /** How many callbacks wait: a test can see that a delayed answer is really being held. */
  readonly pending: number;
}

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

export function manualClock(start: number | string): ManualClock {
  let now = typeof start === 'string' ? Date.parse(start) : start;
  const timers = new Set<Timer>();
  return {
    now: () => now,
    get pending() {
      return timers.size;
    },
    after(ms, callback) {
      const timer = { at: now + ms, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance(ms) {
      const until = now + ms;
      for (;;) {
        const due = [...timers].filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at)[0];
        if (due === undefined) break;
        timers.delete(due);
        now = due.at;
        due.callback();
      }
      now = until;
    },
  };
}
