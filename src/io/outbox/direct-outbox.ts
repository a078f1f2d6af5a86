import type { AnswerOutbox, DeliveryState, OutboxItem } from '#src/domain/delivery.ts';
import type { Answer, Choice } from '#src/domain/feedback.ts';
import type { Clock } from '#src/io/clock.ts';

/** How long an answer can be taken back before it is sent (DESIGN.md §3). */
export const UNDO_MS = 10_000;

/** Keeps what is not yet on a server while this tab signs in again; nothing outlives the tab. */
export interface PendingStore {
  load(): readonly Answer[];
  save(answers: readonly Answer[]): void;
}

export interface DirectOutboxOptions {
  readonly deliver: (answer: Answer, leaving: boolean) => Promise<DeliveryState>;
  readonly clock: Clock;
  readonly pending: PendingStore;
  readonly undoMs?: number;
}

/** States after which nothing more has to be done to get the answer to the server. */
const finished = (delivery: DeliveryState): boolean =>
  delivery.state === 'stored' || delivery.state === 'degraded' || delivery.state === 'retracted';

/**
 * Sends straight to the server when the undo window ends. It is not durable and never says so: what
 * it holds is called `Not sent yet – keep this open` until the server has it.
 */
export class DirectOutbox implements AnswerOutbox {
  readonly #options: DirectOutboxOptions;
  readonly #listeners = new Set<() => void>();
  readonly #timers = new Map<string, () => void>();
  #items: readonly OutboxItem[] = [];

  constructor(options: DirectOutboxOptions) {
    this.#options = options;
    // Left over from before a sign-in in this tab: the undo window is long past.
    for (const answer of options.pending.load()) {
      this.#items = [...this.#items, { answer, delivery: { state: 'sending', durable: false } }];
      void this.#send(answer.id, false);
    }
  }

  async submit(answer: Answer): Promise<void> {
    const undoMs = this.#options.undoMs ?? UNDO_MS;
    const until = new Date(this.#options.clock.now() + undoMs).toISOString();
    this.#items = [
      ...this.#items.filter((item) => item.answer.id !== answer.id),
      { answer, delivery: { state: 'held', until, durable: false } },
    ];
    this.#timers.set(
      answer.id,
      this.#options.clock.after(undoMs, () => void this.#send(answer.id, false)),
    );
    this.#changed();
  }

  async undo(answerId: string): Promise<boolean> {
    if (this.#find(answerId)?.delivery.state !== 'held') return false;
    this.#cancelTimer(answerId);
    this.#set(answerId, { state: 'retracted' });
    return true;
  }

  async edit(answerId: string, change: Partial<Choice>): Promise<boolean> {
    const item = this.#find(answerId);
    if (item?.delivery.state !== 'held') return false;
    this.#replace({ ...item, answer: { ...item.answer, ...change } });
    return true;
  }

  async retry(answerId: string): Promise<void> {
    const item = this.#find(answerId);
    if (!item || finished(item.delivery) || item.delivery.state === 'sending') return;
    await this.#send(answerId, false);
  }

  retract(withdrawal: Answer): Promise<void> {
    return this.submit(withdrawal);
  }

  async waitingElsewhere() {
    return { count: 0, oldestAt: undefined };
  }

  flush(): void {
    for (const item of this.#items)
      if (item.delivery.state === 'held') void this.#send(item.answer.id, true);
  }

  items(): readonly OutboxItem[] {
    return this.#items;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #send(answerId: string, leaving: boolean): Promise<void> {
    this.#cancelTimer(answerId);
    const item = this.#find(answerId);
    if (!item) return;
    this.#set(answerId, { state: 'sending', durable: false });
    this.#set(answerId, await this.#options.deliver(item.answer, leaving));
  }

  #find(answerId: string): OutboxItem | undefined {
    return this.#items.find((item) => item.answer.id === answerId);
  }

  #cancelTimer(answerId: string): void {
    this.#timers.get(answerId)?.();
    this.#timers.delete(answerId);
  }

  #set(answerId: string, delivery: DeliveryState): void {
    const item = this.#find(answerId);
    if (item) this.#replace({ ...item, delivery });
  }

  #replace(item: OutboxItem): void {
    this.#items = this.#items.map((one) => (one.answer.id === item.answer.id ? item : one));
    this.#changed();
  }

  #changed(): void {
    this.#options.pending.save(
      this.#items.filter((item) => !finished(item.delivery)).map((item) => item.answer),
    );
    for (const listener of this.#listeners) listener();
  }
}
