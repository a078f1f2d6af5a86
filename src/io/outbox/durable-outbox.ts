import { absoluteReference } from '#src/domain/coding.ts';
import type { AnswerOutbox, OutboxItem } from '#src/domain/delivery.ts';
import type { Answer, Choice } from '#src/domain/feedback.ts';
import { amend, type Collapse, retract } from '#src/domain/outbox/collapse.ts';
import { type Discarding, type DiscardRecord, discardRecord } from '#src/domain/outbox/discard.ts';
import { orderAfter } from '#src/domain/outbox/next-due.ts';
import { capture, mayHaveLeft, type QueuedAnswer } from '#src/domain/outbox/queued-answer.ts';
import { phaseIn } from '#src/domain/outbox/rounds.ts';
import {
  type UndeliveredReport,
  undeliveredReport,
} from '#src/domain/outbox/undelivered-report.ts';
import { mayDiscard, mayEdit, type WaitingAnswer } from '#src/domain/outbox/waiting-desk.ts';
import { alone, type CrossTab } from './cross-tab.ts';
import { OutboxQueue } from './outbox-queue.ts';
import { OutboxRunner, type RunnerOptions } from './outbox-runner.ts';
import { OutboxError, type OutboxStore } from './outbox-store.ts';

/** How long an answer can be taken back before it is sent (DESIGN.md §3). */
export const UNDO_MS = 10_000;

export interface DurableOutboxOptions extends Omit<RunnerOptions, 'queue'> {
  readonly store: OutboxStore;
  readonly tabs?: CrossTab;
  readonly undoMs?: number;
}

/** As often another tab may be faster before we say so. */
const TRIES = 5;

/**
 * Keeps an answer on the device before the screen says so, and brings it to the server: one tab at a
 * time, in order, under its own user's session. On a device that forgets, it sends at once.
 */
export class DurableOutbox implements AnswerOutbox {
  readonly #options: DurableOutboxOptions;
  readonly #queue: OutboxQueue;
  readonly #runner: OutboxRunner;
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
    this.#runner = new OutboxRunner({ ...options, queue: this.#queue });
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
    this.#looked = this.#queue.reload().then(() => this.#runner.wake());
  }

  async submit(answer: Answer): Promise<void> {
    await this.#enqueue(answer, 'answer', amend);
  }

  async retract(withdrawal: Answer): Promise<void> {
    await this.#enqueue(withdrawal, 'retraction', retract);
  }

  async undo(answerId: string): Promise<boolean> {
    const undone = await this.#change(answerId, (item) => [
      { remove: item.id, from: item },
      ...(item.superseded ? [{ put: this.#heldAgain(item.superseded) }] : []),
    ]);
    if (undone) this.#queue.undone(undone);
    this.#runner.wake();
    return undone !== undefined;
  }

  async edit(answerId: string, change: Partial<Choice>): Promise<boolean> {
    const edited = await this.#change(answerId, (item) => [
      { put: { ...item, answer: { ...item.answer, ...change } }, from: item },
    ]);
    return edited !== undefined;
  }

  async retry(answerId: string): Promise<void> {
    const item = this.#queue.find(answerId);
    if (!item || item.phase === 'held' || item.phase === 'sending') return;
    // A person has looked: what was acknowledged and never seen may be sent again.
    const { acknowledged: _acknowledged, ...again } = item;
    const now = this.#options.clock.now();
    const due = { phase: 'queued', nextAt: now, delayMs: 0, attempts: 0 } as const;
    await this.#queue.save({ ...again, ...due }, item);
    this.#runner.forgiveServer();
    this.#runner.wake();
  }

  flush(): void {
    this.#runner.leave();
  }

  items(): readonly OutboxItem[] {
    return this.#queue.view.items();
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
    const item = this.#queue.find(id);
    if (!item || !mayEdit(item)) return false;
    const answer = { ...item.answer, ...change };
    const nextAt = this.#options.clock.now();
    const put = { ...item, answer, phase: 'queued' as const, nextAt, delayMs: 0, attempts: 0 };
    const changed = await this.#queue.commit([{ put }]);
    if (changed) this.#runner.forgiveServer();
    else await this.#queue.reload();
    this.#runner.wake();
    return changed;
  }

  /** Given up by a person: erased, and that it was is kept. Undefined: it is no longer here. */
  async discard(id: string, discarding: Discarding): Promise<DiscardRecord | undefined> {
    const item = this.#queue.find(id);
    if (!item || !mayDiscard(item)) return undefined;
    const discarded = discardRecord(item, discarding, this.#options.clock.now());
    if (!(await this.#queue.commit([{ remove: id, discarded }]))) {
      await this.#queue.reload();
      return undefined;
    }
    this.#queue.undone(item);
    this.#runner.wake();
    return discarded;
  }

  /** For the hospital's view of devices that stopped sending: counts and ages, no content. */
  report(): UndeliveredReport {
    const { session, clock } = this.#options;
    const items = this.#queue.items.map((item) => ({ ...item, phase: phaseIn(item, session()) }));
    return undeliveredReport(items, clock.now());
  }

  /** Resolves once nothing is under way. */
  async whenIdle(): Promise<void> {
    await this.#looked;
    await this.#runner.whenIdle();
  }

  /** Lets go of store, timers and channels; what waits is taken up by the next tab. */
  close(): void {
    this.#runner.stop();
    this.#tabs.close();
    this.#options.store.close();
  }

  async #enqueue(
    answer: Answer,
    kind: QueuedAnswer['kind'],
    collapse: (answer: Answer, items: readonly QueuedAnswer[], tab: string) => Collapse,
  ): Promise<void> {
    this.#requireOwn(answer);
    for (let tries = 0; tries < TRIES; tries++) {
      await this.#queue.reload();
      const collapsed = collapse(answer, this.#queue.items, this.#options.tab);
      const { remove, send } = collapsed;
      const changes = [
        ...(remove ? [{ remove: remove.id, from: remove }] : []),
        ...(send ? [{ put: this.#capture(collapsed, kind) }] : []),
      ];
      if (changes.length > 0 && !(await this.#queue.commit(changes))) continue;
      if (remove) this.#queue.undone(remove);
      this.#runner.wake();
      return;
    }
    throw new OutboxError('Another window is changing the same answer. Nothing was recorded.');
  }

  #capture({ answer, remove, target }: Collapse, kind: QueuedAnswer['kind']): QueuedAnswer {
    const { clock, session, tab, undoMs = UNDO_MS } = this.#options;
    const { issuer, patientId } = session();
    const now = clock.now();
    const item = capture({
      kind,
      owner: { issuer, user: answer.performer.reference },
      patient: `Patient/${patientId}`,
      answer,
      now,
      holdMs: this.#queue.durable && kind === 'answer' ? undoMs : 0,
      order: orderAfter(this.#queue.items, absoluteReference(answer.recommendation.ref)),
      tab,
      superseded: target ?? (kind === 'answer' ? remove : undefined),
    });
    // What is taken back may be on its way yet: it is waited for as long as after its sending.
    return target ? { ...item, lastSentAt: target.lastSentAt ?? now } : item;
  }

  /** As if just given: what took its place was undone. */
  #heldAgain(item: QueuedAnswer): QueuedAnswer {
    const { clock, tab, undoMs = UNDO_MS } = this.#options;
    this.#queue.view.notDone(item.id);
    const holdMs = this.#queue.durable ? undoMs : 0;
    const phase = holdMs > 0 ? 'held' : 'queued';
    return { ...item, phase, tab, nextAt: clock.now() + holdMs, delayMs: holdMs };
  }

  /** Only what certainly never left can be changed; `undefined`: too late, or another tab did. */
  async #change(
    id: string,
    change: (item: QueuedAnswer) => Parameters<OutboxQueue['commit']>[0],
  ): Promise<QueuedAnswer | undefined> {
    const item = this.#queue.find(id);
    if (!item || mayHaveLeft(item, this.#options.tab)) return undefined;
    if (await this.#queue.commit(change(item))) return item;
    await this.#queue.reload();
    return undefined;
  }

  #requireOwn(answer: Answer): void {
    const { issuer, user, patientId } = this.#options.session();
    const own = answer.issuer === issuer && answer.performer.reference === user;
    if (own && answer.patient === `Patient/${patientId}`) return;
    throw new OutboxError(
      'Stopped: the answer, the sign-in and the patient do not belong together. Nothing was recorded.',
    );
  }
}
