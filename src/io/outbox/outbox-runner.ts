import type { AttemptResult } from '#src/domain/outbox/attempt-result.ts';
import type { Random } from '#src/domain/outbox/back-off.ts';
import {
  afterAttempt,
  atTime,
  type Circuit,
  CLOSED,
  remainingMs,
} from '#src/domain/outbox/circuit.ts';
import { mayLeave, type SendingSession } from '#src/domain/outbox/may-leave.ts';
import { heads, nextDue, rebased } from '#src/domain/outbox/next-due.ts';
import { claimed, nextStep, settled } from '#src/domain/outbox/next-step.ts';
import { rowOf } from '#src/domain/outbox/policy.ts';
import type { QueuedAnswer } from '#src/domain/outbox/queued-answer.ts';
import { lookAgainMs, released, serverAskedCircuit } from '#src/domain/outbox/rounds.ts';
import type { Clock } from '#src/io/clock.ts';
import type { ExclusiveLock } from './exclusive-lock.ts';
import type { OutboxQueue } from './outbox-queue.ts';
import { OutboxError } from './outbox-store.ts';

export interface RunnerOptions {
  readonly queue: OutboxQueue;
  /** Never throws. */
  readonly deliver: (item: QueuedAnswer, leaving: boolean) => Promise<AttemptResult>;
  readonly clock: Clock;
  readonly lock: ExclusiveLock;
  /** Asked anew before each item. */
  readonly session: () => SendingSession;
  readonly random: Random;
  /** Names this tab among those of the same browser. */
  readonly tab: string;
}

/** Brings what waits to the server, one at a time across tabs, for as long as the tab lives. */
export class OutboxRunner {
  readonly #options: RunnerOptions;
  readonly #busy = new Set<string>();
  readonly #leaving = new Set<Promise<void>>();
  #circuit: Circuit = CLOSED;
  #running: Promise<void> | undefined;
  #again = false;
  #stopped = false;
  /** The first look of a tab is under a fresh session: what waited for a sign-in has one. */
  #fresh = true;
  #cancelTimer: (() => void) | undefined;

  constructor(options: RunnerOptions) {
    this.#options = options;
  }

  /** Looks what is due, now; and from then on by itself. */
  wake(): void {
    this.#again = true;
    if (this.#running || this.#stopped) return;
    this.#cancelTimer?.();
    this.#running = this.#run().finally(() => {
      this.#running = undefined;
      if (this.#again) this.wake();
      else this.#schedule();
    });
  }

  /** Resolves once nothing is under way; what waits for a time or a session may still be there. */
  async whenIdle(): Promise<void> {
    while (this.#running || this.#leaving.size > 0)
      await Promise.all([this.#running, ...this.#leaving]);
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelTimer?.();
  }

  /** A person asks: the server is tried even if it failed of late, but not before it said. */
  forgiveServer(): void {
    const asked = serverAskedCircuit(this.#options.queue.items, this.#options.clock.now());
    this.#circuit = asked ?? CLOSED;
  }

  /**
   * The page is being hidden or left: what this tab holds goes at once. There is time for one
   * request and none to wait for a lock or a transaction, so those run beside it.
   */
  leave(): void {
    const { queue, session, clock, tab } = this.#options;
    if (atTime(this.#circuit, clock.now()).state === 'open') return;
    for (const item of heads(queue.items))
      if (item.phase === 'held' && item.tab === tab && mayLeave(item, session()) === 'yes')
        this.#track(this.#sendNow(item));
  }

  #track(sending: Promise<void>): void {
    this.#leaving.add(sending);
    void sending.finally(() => this.#leaving.delete(sending));
  }

  async #sendNow(item: QueuedAnswer): Promise<void> {
    if (this.#busy.has(item.id) || this.#stopped) return;
    const { queue, clock, tab } = this.#options;
    this.#busy.add(item.id);
    try {
      const sending = claimed(item, clock.now(), tab);
      const result = this.#options.deliver(item, true);
      const claim = queue.save(sending, item);
      queue.assume(sending);
      const outcome = await result;
      await claim;
      await this.#settle(item, sending, outcome);
    } finally {
      this.#busy.delete(item.id);
      this.wake();
    }
  }

  async #run(): Promise<void> {
    while (this.#again && !this.#stopped) {
      this.#again = false;
      await this.#locked();
    }
  }

  /** A lock that cannot be had is no reason to keep an answer: claims and identifiers suffice. */
  async #locked(): Promise<void> {
    let started = false;
    const round = () => {
      started = true;
      return this.#round();
    };
    try {
      await this.#options.lock.run(round);
    } catch (cause) {
      if (started) throw cause;
      await round();
    }
  }

  async #round(): Promise<void> {
    const { queue, clock } = this.#options;
    await queue.reload();
    await this.#release();
    this.#circuit = serverAskedCircuit(queue.items, clock.now()) ?? this.#circuit;
    while (!this.#stopped) {
      if (queue.stale) await queue.reload();
      this.#circuit = atTime(this.#circuit, clock.now());
      const { item } = this.#nextDue();
      if (!item || this.#circuit.state === 'open') return;
      await this.#attempt(item);
    }
  }

  #nextDue() {
    const { queue, clock, session, tab } = this.#options;
    return nextDue(queue.items, { now: clock.now(), tab, busy: this.#busy, session: session() });
  }

  /** What waited for a session that is there now, and what a clock set back would hold too long. */
  async #release(): Promise<void> {
    const { queue, clock, session, tab } = this.#options;
    const now = clock.now();
    for (const item of queue.items) {
      if (this.#busy.has(item.id)) continue;
      const gate = { session: session(), now, tab, fresh: this.#fresh };
      const moved = rebased(released(item, gate), now);
      if (moved !== item) await queue.save(moved, item);
    }
    this.#fresh = false;
  }

  async #attempt(item: QueuedAnswer): Promise<void> {
    const { queue, clock, tab, deliver } = this.#options;
    const sending = claimed(item, clock.now(), tab);
    this.#busy.add(item.id);
    try {
      if (!(await this.#claim(sending, item))) return await queue.reload();
      if (this.#stopped) return;
      await this.#settle(item, sending, await deliver(item, false));
    } finally {
      this.#busy.delete(item.id);
    }
  }

  /** False: another tab was faster. A device that takes no note must not keep the answer here. */
  async #claim(sending: QueuedAnswer, from: QueuedAnswer): Promise<boolean> {
    const { queue } = this.#options;
    try {
      return await queue.commit([{ put: sending, from }]);
    } catch (cause) {
      if (!(cause instanceof OutboxError)) throw cause;
      queue.assume(sending);
      return true;
    }
  }

  async #settle(before: QueuedAnswer, sending: QueuedAnswer, result: AttemptResult): Promise<void> {
    if (this.#stopped) return;
    const { queue, clock, random } = this.#options;
    const now = clock.now();
    const step = nextStep(sending, result, now, random);
    const retryAfterMs = 'retryAfterMs' in result ? result.retryAfterMs : undefined;
    const { trouble } = rowOf(result);
    this.#circuit = afterAttempt(this.#circuit, { trouble, retryAfterMs }, now, random);
    queue.view.said(sending.id, 'said' in result ? result.said : undefined);
    if (step.step !== 'delivered')
      return await queue.save(settled(before, sending, result, now, step), sending);
    const { reference, lost } = step;
    const at = new Date(now).toISOString();
    await queue.delivered(
      sending,
      lost.length === 0
        ? { state: 'stored', at, reference }
        : { state: 'degraded', at, reference, lost },
    );
  }

  #schedule(): void {
    if (this.#stopped) return;
    const { queue, clock } = this.#options;
    const { inMs } = this.#nextDue();
    const ms = lookAgainMs(queue.items, inMs, remainingMs(this.#circuit, clock.now()));
    if (ms !== undefined) this.#cancelTimer = clock.after(ms, () => this.wake());
  }
}
