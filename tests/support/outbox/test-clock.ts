import type { Clock } from '#src/io/clock.ts';

/** Wall time that can jump, over timers that cannot: as in a browser. */
export class TestClock implements Clock {
  #elapsed = 0;
  #offset: number;
  #timers: { at: number; callback: () => void }[] = [];

  constructor(start = Date.parse('2026-11-22T15:00:00Z')) {
    this.#offset = start;
  }

  now(): number {
    return this.#offset + this.#elapsed;
  }

  after(ms: number, callback: () => void): () => void {
    const timer = { at: this.#elapsed + Math.max(0, ms), callback };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((one) => one !== timer);
    };
  }

  /** The wall clock is set; timers go on. */
  jump(ms: number): void {
    this.#offset += ms;
  }

  /** Milliseconds to the next timer. */
  nextIn(): number | undefined {
    const [first] = this.#timers.map(({ at }) => at).sort((a, b) => a - b);
    return first === undefined ? undefined : Math.max(0, first - this.#elapsed);
  }

  /** Moves on by `ms` at most, to the next timer, and fires what is due then. */
  step(ms: number): number {
    const by = Math.min(ms, this.nextIn() ?? ms);
    this.#elapsed += by;
    const due = this.#timers.filter(({ at }) => at <= this.#elapsed);
    this.#timers = this.#timers.filter((timer) => !due.includes(timer));
    for (const { callback } of due.sort((a, b) => a.at - b.at)) callback();
    return by;
  }
}
