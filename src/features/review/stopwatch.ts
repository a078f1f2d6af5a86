/** Adds up the time during which it ran. */
export interface Stopwatch {
  run(at: number): void;
  pause(at: number): void;
  elapsed(at: number): number;
}

export function createStopwatch(): Stopwatch {
  let total = 0;
  let since: number | undefined;
  const open = (at: number) => (since === undefined ? 0 : Math.max(0, at - since));
  return {
    run(at) {
      since ??= at;
    },
    pause(at) {
      total += open(at);
      since = undefined;
    },
    elapsed: (at) => total + open(at),
  };
}
