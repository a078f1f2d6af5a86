import type { AnswerOutbox, OutboxItem, ReportItem } from '#src/domain/delivery.ts';
import type { Answer, Choice } from '#src/domain/feedback.ts';
import type { SafetyReport } from '#src/domain/governance/incidents/incident.ts';
import { heldAgain, reworded, triedAgain } from '#src/domain/outbox/by-hand.ts';
import { type Discarding, type DiscardRecord, discardRecord } from '#src/domain/outbox/discard.ts';
import { isOwn } from '#src/domain/outbox/may-leave.ts';
import {
  isAnswer,
  mayHaveLeft,
  payloadOf,
  type QueuedItem,
  type Said,
  UNDO_MS,
} from '#src/domain/outbox/queued-answer.ts';
import { phaseIn } from '#src/domain/outbox/rounds.ts';
import { type Entry, enter } from '#src/domain/outbox/routes.ts';
import {
  type UndeliveredReport,
  undeliveredReport,
} from '#src/domain/outbox/undelivered-report.ts';
import {
  mayDiscard,
  mayEdit,
  type WaitingAnswer,
  worstFirst,
} from '#src/domain/outbox/waiting-desk.ts';
import type { SinkPort } from '#src/io/sinks/sink-port.ts';
import { alone, type CrossTab } from './cross-tab.ts';
import { OutboxQueue } from './outbox-queue.ts';
import type { RunnerOptions } from './outbox-runner.ts';
import { OutboxError, type OutboxStore } from './outbox-store.ts';
import { Runners } from './runners.ts';

export interface DurableOutboxOptions extends Omit<RunnerOptions, 'queue' | 'port' | 'mine'> {
  readonly store: OutboxStore;
  /** Where this launch's answers go; at least one. */
  readonly sinks: readonly SinkPort[];
  readonly tabs?: CrossTab;
  readonly undoMs?: number;
}

/** As often another tab may be faster before we say so. */
const TRIES = 5;

/**
 * Keeps an answer on the device before the screen says so, and brings it to each of its sinks: one
 * tab at a time, in order, under its own user's session. On a device that forgets, it sends at once.
 */
export class DurableOutbox implements AnswerOutbox {
  readonly #options: DurableOutboxOptions;
  readonly #queue: OutboxQueue;
  readonly #runners: Runners;
  readonly #tabs: CrossTab;
  #looked: Promise<void> = Promise.resolve();

  constructor(options: DurableOutboxOptions) {
    this.#options = options;
    this.#tabs = options.tabs ?? alone;
    this.#queue = new OutboxQueue(
      options.store,
      (item) => phaseIn(item, options.session()),
      this.#tabs,
    );
    this.#runners = new Runners({ ...options, queue: this.#queue });
    this.#tabs.listen((news) => {
      this.#queue.learn(news);
      this.#look();
    });
    // Before the clinician does anything more, or it would be written over what was done since.
    options.store.onLost(() => this.#look());
    this.#look();
  }

  /** What waits is known, and shown, before this tab has its turn to send. */
  #look(): void {
    this.#looked = this.#queue.reload().then(() => this.#runners.wake());
  }

  readonly submit = (answer: Answer) => this.#enqueue({ kind: 'answer', answer });
  readonly retract = (answer: Answer) => this.#enqueue({ kind: 'retraction', answer });
  readonly submitReport = (report: SafetyReport) => this.#enqueue({ kind: 'report', report });

  async undo(id: string): Promise<boolean> {
    const { clock, tab } = this.#options;
    const undone = await this.#change(id, (item) => {
      const { superseded } = item;
      const before = superseded && heldAgain(superseded, clock.now(), this.#holdMs, tab);
      if (before) this.#queue.view.notDone(before.id);
      return [{ remove: item.id, from: item }, ...(before ? [{ put: before }] : [])];
    });
    for (const item of undone) this.#queue.undone(item);
    this.#runners.wake();
    return undone.length > 0;
  }

  async edit(answerId: string, change: Partial<Choice>): Promise<boolean> {
    const edited = await this.#change(answerId, (item) =>
      isAnswer(item)
        ? [{ put: { ...item, answer: { ...item.answer, ...change } }, from: item }]
        : [],
    );
    return edited.some(isAnswer);
  }

  async retry(id: string): Promise<void> {
    for (const item of this.#queue.group(id)) {
      const again = triedAgain(item, this.#options.clock.now());
      if (again !== item) await this.#queue.save(again, item);
    }
    this.#runners.askAgain();
  }

  flush(why: 'hidden' | 'left' = 'left'): void {
    this.#runners.leave(why);
  }

  items(): readonly OutboxItem[] {
    return this.#queue.view.items();
  }

  reports(): readonly ReportItem[] {
    return this.#queue.view.reports();
  }

  subscribe(listener: () => void): () => void {
    return this.#queue.view.subscribe(listener);
  }

  waitingElsewhere() {
    return this.#options.store.waitingElsewhere();
  }

  get durable(): boolean {
    return this.#queue.durable;
  }

  /** Same array while nothing changed. */
  waiting(): readonly WaitingAnswer[] {
    return this.#queue.view.waiting();
  }

  /** Other words for what was refused for sure; false when that is not certain any more. */
  async resend(id: string, change: Partial<Choice>): Promise<boolean> {
    const group = this.#queue.group(id);
    const waiting = worstFirst(group);
    if (!waiting || !mayEdit(waiting)) return false;
    const now = this.#options.clock.now();
    const puts = group.filter(isAnswer).map((item) => ({ put: reworded(item, change, now) }));
    const changed = await this.#queue.commit(puts);
    if (!changed) await this.#queue.reload();
    this.#runners.askAgain();
    return changed;
  }

  /** Given up by a person: erased, and that it was is kept. Undefined: it is no longer here. */
  async discard(id: string, discarding: Discarding): Promise<DiscardRecord | undefined> {
    const waiting = worstFirst(this.#queue.group(id));
    if (!waiting || !mayDiscard(waiting)) return undefined;
    const { item, others = [] } = waiting;
    const discarded = discardRecord(item, discarding, this.#options.clock.now());
    const more = others.map((other) => ({ remove: other.id }));
    if (!(await this.#queue.commit([{ remove: item.id, discarded }, ...more]))) {
      await this.#queue.reload();
      return undefined;
    }
    for (const one of [item, ...others]) if (one.phase !== 'delivered') this.#queue.undone(one);
    this.#runners.wake();
    return discarded;
  }

  /** For the hospital's view of devices that stopped sending: counts and ages, no content. */
  report(): UndeliveredReport {
    const { session, clock } = this.#options;
    const items = this.waiting().map(({ item }) => ({ ...item, phase: phaseIn(item, session()) }));
    return undeliveredReport(items, clock.now());
  }

  /** Resolves once nothing is under way. */
  async whenIdle(): Promise<void> {
    await this.#looked;
    await this.#runners.whenIdle();
  }

  /** Lets go of store, timers and channels; what waits is taken up by the next tab. */
  close(): void {
    this.#runners.stop();
    this.#tabs.close();
    this.#options.store.close();
  }

  async #enqueue(said: Said): Promise<void> {
    this.#requireOwn(said);
    for (let tries = 0; tries < TRIES; tries++) {
      await this.#queue.reload();
      const { put, remove } = this.#enter(said);
      const changes = [
        ...remove.map((item) => ({ remove: item.id, from: item })),
        ...put.map((item) => ({ put: item, from: this.#queue.find(item.id) })),
      ];
      if (changes.length > 0 && !(await this.#queue.commit(changes))) continue;
      for (const item of remove) this.#queue.undone(item);
      this.#runners.wake();
      return;
    }
    throw new OutboxError('Another window is changing the same answer. Nothing was recorded.');
  }

  #enter(said: Said): Entry {
    const { clock, session, tab, sinks } = this.#options;
    const { issuer, patientId } = session();
    const given = {
      ...said,
      owner: { issuer, user: payloadOf(said).performer.reference },
      patient: `Patient/${patientId}`,
      now: clock.now(),
      undoMs: this.#holdMs,
      tab,
    };
    const entry = enter(given, sinks, this.#queue.items);
    if (said.kind === 'report' && entry.put.length === 0)
      throw new OutboxError('Safety reports cannot be kept here. Nothing was recorded.');
    return entry;
  }

  get #holdMs(): number {
    return this.#queue.durable ? (this.#options.undoMs ?? UNDO_MS) : 0;
  }

  /** Only what certainly never left can be changed; empty: too late, or another tab did. */
  async #change(
    id: string,
    change: (item: QueuedItem) => Parameters<OutboxQueue['commit']>[0],
  ): Promise<readonly QueuedItem[]> {
    const items = this.#queue.group(id);
    if (items.some((item) => mayHaveLeft(item, this.#options.tab))) return [];
    if (items.length === 0 || (await this.#queue.commit(items.flatMap(change)))) return items;
    await this.#queue.reload();
    return [];
  }

  #requireOwn(said: Said): void {
    if (isOwn(payloadOf(said), this.#options.session())) return;
    throw new OutboxError(
      'Stopped: the answer, the sign-in and the patient do not belong together. Nothing was recorded.',
    );
  }
}
