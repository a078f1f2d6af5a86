import type { SinkPort } from '#src/io/sinks/sink-port.ts';
import { noSink } from './no-sink.ts';
import { OutboxRunner, type RunnerOptions } from './outbox-runner.ts';

/** One runner for each sink, and one for what waits for a sink that is no longer configured. */
export class Runners {
  readonly #all: readonly OutboxRunner[];

  constructor(
    options: Omit<RunnerOptions, 'port' | 'mine'> & { readonly sinks: readonly SinkPort[] },
  ) {
    const known = new Set(options.sinks.map(({ sink }) => sink));
    this.#all = [
      ...options.sinks.map(
        (port) => new OutboxRunner({ ...options, port, mine: ({ sink }) => sink === port.sink }),
      ),
      new OutboxRunner({ ...options, port: noSink, mine: ({ sink }) => !known.has(sink) }),
    ];
  }

  wake(): void {
    for (const runner of this.#all) runner.wake();
  }

  leave(why: 'hidden' | 'left'): void {
    for (const runner of this.#all) runner.leave(why);
  }

  /** A person asks: every server is tried again. */
  askAgain(): void {
    for (const runner of this.#all) runner.forgiveServer();
    this.wake();
  }

  async whenIdle(): Promise<void> {
    await Promise.all(this.#all.map((runner) => runner.whenIdle()));
  }

  stop(): void {
    for (const runner of this.#all) runner.stop();
  }
}
