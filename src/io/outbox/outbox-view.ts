import type { OutboxItem } from '#src/domain/delivery.ts';
import { deliveryOf } from '#src/domain/outbox/delivery-of.ts';
import type { QueuedAnswer } from '#src/domain/outbox/queued-answer.ts';
import type { WaitingAnswer } from '#src/domain/outbox/waiting-desk.ts';

export interface Shown {
  items(): readonly QueuedAnswer[];
  /** The phase as this tab's session sees it. */
  phaseOf(item: QueuedAnswer): QueuedAnswer['phase'];
  isDurable(item: QueuedAnswer): boolean;
}

/** What the screens read: what waits, and what became of the rest in this session. */
export class OutboxView {
  readonly #shown: Shown;
  readonly #listeners = new Set<() => void>();
  /** Delivered or undone in this session; no longer in the store. */
  readonly #done = new Map<string, OutboxItem>();
  /** The server's own words; they may quote the answer, hence never stored. */
  readonly #said = new Map<string, string>();
  #items: readonly OutboxItem[] | undefined;
  #waiting: readonly WaitingAnswer[] | undefined;

  constructor(shown: Shown) {
    this.#shown = shown;
  }

  /** Same array while nothing changed. */
  items(): readonly OutboxItem[] {
    this.#items ??= [...this.#done.values(), ...this.#open().map((item) => this.#toItem(item))];
    return this.#items;
  }

  /** Own items that no server has yet, for the screen that lists them. */
  waiting(): readonly WaitingAnswer[] {
    this.#waiting ??= this.#open().map((item) => {
      const said = this.#said.get(item.id);
      return { item, ...(said !== undefined && { said }) };
    });
    return this.#waiting;
  }

  done(item: OutboxItem): void {
    this.#done.set(item.answer.id, item);
    this.#said.delete(item.answer.id);
  }

  /** It is back in the queue. */
  notDone(id: string): void {
    this.#done.delete(id);
  }

  said(id: string, words: string | undefined): void {
    if (words === undefined) this.#said.delete(id);
    else this.#said.set(id, words);
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  changed(): void {
    this.#items = undefined;
    this.#waiting = undefined;
    for (const listener of this.#listeners) listener();
  }

  #open(): readonly QueuedAnswer[] {
    return this.#shown.items().filter(({ id }) => !this.#done.has(id));
  }

  #toItem(item: QueuedAnswer): OutboxItem {
    const seen = { ...item, phase: this.#shown.phaseOf(item) };
    const durable = this.#shown.isDurable(item);
    return { answer: item.answer, delivery: deliveryOf(seen, durable, this.#said.get(item.id)) };
  }
}
