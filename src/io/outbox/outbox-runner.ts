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
import type { QueuedItem } from '#src/domain/outbox/queued-answer.ts';
import { lookAgainMs, released, serverAskedCircuit } from '#src/domain/outbox/rounds.ts';
import { goesWith } from '#src/domain/outbox/routes.ts';
import type { Clock } from '#src/io/clock.ts';
import type { Batch, SinkPort } from '#src/io/sinks/sink-port.ts';
import type { OutboxQueue } from './outbox-queue.ts';
import { OutboxError } from './outbox-store.ts';

export interface RunnerOptions {
  readonly queue: OutboxQueue;
  readonly port: SinkPort;
  /** Whether this runner is the one for an item. */
  readonly mine: (item: QueuedItem) => boolean;
  readonly clock: Clock;
  /** Asked anew before each item. */
  readonly session: () => SendingSession;
  readonly random: Random;
  /** Names this tab among those of the same browser. */
  readonly tab: string;
}

interface Sent {
  readonly before: QueuedItem;
  readonly sending: QueuedItem;
}

/** Brings what waits to one sink, one at a time across tabs, for as long as the tab lives. */
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
    const asked = serverAskedCircuit(this.#items, this.#options.clock.now());
    this.#circuit = asked ?? CLOSED;
  }

  /**
   * The page is being hidden or left: what this tab holds goes at once. There is time for one
   * request and none to wait for a lock or a transaction, so those run beside it. What is gathered
   * waits for the page to be left: a glance elsewhere does not end a session.
   */
  leave(why: 'hidden' | 'left'): void {
    const { port, session, clock, tab } = this.#options;
    if (port.gatherMs !== undefined && why === 'hidden') return;
    if (atTime(this.#circuit, clock.now()).state === 'open') return;
    for (const item of heads(this.#items))
      if (item.phase === 'held' && item.tab === tab && mayLeave(item, session()) === 'yes')
        this.#track(this.#sendNow(item));
  }

  get #items(): readonly QueuedItem[] {
    return this.#options.queue.items.filter((item) => this.#options.mine(item));
  }

  /** One attempt, with what goes with it: busy until it ends, each as it looks meanwhile. */
  async #send(
    item: QueuedItem,
    attempt: (batch: Batch, sent: readonly Sent[]) => Promise<void>,
  ): Promise<void> {
    const { clock, tab, port } = this.#options;
    const free = this.#items.filter((one) => one !== item && !this.#busy.has(one.id));
    const others = port.gatherMs === undefined ? [] : free.filter((one) => goesWith(one, item));
    const batch: Batch = [item, ...others];
    const sent = batch.map((before) => ({ before, sending: claimed(before, clock.now(), tab) }));
    for (const { id } of batch) this.#busy.add(id);
    try {
      await attempt(batch, sent);
    } finally {
      for (const { id } of batch) this.#busy.delete(id);
    }
  }

  #track(sending: Promise<void>): void {
    this.#leaving.add(sending);
    void sending.finally(() => this.#leaving.delete(sending));
  }

  async #sendNow(item: QueuedItem): Promise<void> {
    if (this.#busy.has(item.id) || this.#stopped) return;
    const { queue, port } = this.#options;
    await this.#send(item, async (batch, sent) => {
      const result = port.deliver(batch, true);
      const claims = sent.map(({ before, sending }) => {
        const claim = queue.save(sending, before);
        queue.assume(sending);
        return claim;
      });
      const outcome = await result;
      await Promise.all(claims);
      await this.#settle(sent, outcome);
    }).finally(() => this.wake());
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
      await this.#options.port.lock.run(round);
    } catch (cause) {
      if (started) throw cause;
      await round();
    }
  }

  async #round(): Promise<void> {
    const { queue, clock } = this.#options;
    await queue.reload();
    await this.#release();
    this.#circuit = serverAskedCircuit(this.#items, clock.now()) ?? this.#circuit;
    while (!this.#stopped) {
      if (queue.stale) await queue.reload();
      this.#circuit = atTime(this.#circuit, clock.now());
      const { item } = this.#nextDue();
      if (!item || this.#circuit.state === 'open') return;
      await this.#attempt(item);
    }
  }

  #nextDue() {
    const { clock, session, tab } = this.#options;
    return nextDue(this.#items, { now: clock.now(), tab, busy: this.#busy, session: session() });
  }

  /** What waited for a session that is there now, and what a clock set back would hold too long. */
  async #release(): Promise<void> {
    const { queue, clock, session, tab } = this.#options;
    const now = clock.now();
    for (const item of this.#items) {
      if (this.#busy.has(item.id)) continue;
      const gate = { session: session(), now, tab, fresh: this.#fresh };
      const moved = rebased(released(item, gate), now);
      if (moved !== item) await queue.save(moved, item);
    }
    this.#fresh = false;
  }

  async #attempt(item: QueuedItem): Promise<void> {
    const { queue, port } = this.#options;
    await this.#send(item, async (batch, sent) => {
      if (!(await this.#claim(sent))) return await queue.reload();
      if (this.#stopped) return;
      await this.#settle(sent, await port.deliver(batch, false));
    });
  }

  /** False: another tab was faster. A device that takes no note must not keep the answer here. */
  async #claim(sent: readonly Sent[]): Promise<boolean> {
    const { queue } = this.#options;
    try {
      return await queue.commit(
        sent.map(({ before, sending }) => ({ put: sending, from: before })),
      );
    } catch (cause) {
      if (!(cause instanceof OutboxError)) throw cause;
      for (const { sending } of sent) queue.assume(sending);
      return true;
    }
  }

  async #settle(sent: readonly Sent[], result: AttemptResult): Promise<void> {
    if (this.#stopped) return;
    const { clock, random } = this.#options;
    const retryAfterMs = 'retryAfterMs' in result ? result.retryAfterMs : undefined;
    const signal = { trouble: rowOf(result).trouble, retryAfterMs };
    this.#circuit = afterAttempt(this.#circuit, signal, clock.now(), random);
    for (const one of sent) await this.#settleOne(one, result);
  }

  async #settleOne({ before, sending }: Sent, result: AttemptResult): Promise<void> {
    const { queue, clock, random } = this.#options;
    const now = clock.now();
    const step = nextStep(sending, result, now, random);
    queue.view.said(sending.id, 'said' in result ? result.said : undefined);
    if (step.step !== 'delivered')
      return await queue.save(settled(before, sending, result, now, step), sending);
    const { reference, lost } = step;
    await queue.delivered(sending, { at: new Date(now).toISOString(), reference, lost });
  }

  #schedule(): void {
    if (this.#stopped) return;
    const { clock } = this.#options;
    const { inMs } = this.#nextDue();
    const ms = lookAgainMs(this.#items, inMs, remainingMs(this.#circuit, clock.now()));
    if (ms !== undefined) this.#cancelTimer = clock.after(ms, () => this.wake());
  }
}
