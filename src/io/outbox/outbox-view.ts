import type { DeliveryState, OutboxItem, Place, ReportItem } from '#src/domain/delivery.ts';
import { deliveryOf } from '#src/domain/outbox/delivery-of.ts';
import { furthest } from '#src/domain/outbox/furthest.ts';
import { payloadOf, type QueuedItem } from '#src/domain/outbox/queued-answer.ts';
import { byBadness, type WaitingAnswer } from '#src/domain/outbox/waiting-desk.ts';
import { bySink } from '#src/domain/sinks.ts';

export interface Shown {
  items(): readonly QueuedItem[];
  /** The phase as this tab's session sees it. */
  phaseOf(item: QueuedItem): QueuedItem['phase'];
  isDurable(item: QueuedItem): boolean;
}

/** What became of one item. */
export interface Outcome extends Place, Pick<QueuedItem, 'answer' | 'report'> {
  /** Of the item. */
  readonly id: string;
}

export const outcomeOf = (item: QueuedItem, delivery: DeliveryState): Outcome => {
  const { id, sink, required } = item;
  const said = item.kind === 'report' ? { report: item.report } : { answer: item.answer };
  return { id, ...said, sink, required, delivery };
};

/** What the screens read: what waits, and what became of the rest in this session. */
export class OutboxView {
  readonly #shown: Shown;
  readonly #listeners = new Set<() => void>();
  /** Delivered or undone in this session. */
  readonly #done = new Map<string, Outcome>();
  /** The server's own words; they may quote the answer, hence never stored. */
  readonly #said = new Map<string, string>();
  #items: readonly OutboxItem[] | undefined;
  #reports: readonly ReportItem[] | undefined;
  #waiting: readonly WaitingAnswer[] | undefined;

  constructor(shown: Shown) {
    this.#shown = shown;
  }

  /** Same array while nothing changed. */
  items(): readonly OutboxItem[] {
    this.#items ??= byAnswer(this.#outcomes());
    return this.#items;
  }

  /** Same array while nothing changed. A report goes to one place. */
  reports(): readonly ReportItem[] {
    this.#reports ??= this.#outcomes().flatMap(({ report, delivery }) =>
      report ? [{ report, delivery }] : [],
    );
    return this.#reports;
  }

  /** Own answers that not every server has yet, for the screen that lists them. */
  waiting(): readonly WaitingAnswer[] {
    this.#waiting ??= [...Map.groupBy(this.#shown.items(), (item) => payloadOf(item).id).values()]
      .filter((group) => group.some((item) => this.#isOpen(item) && item.phase !== 'delivered'))
      .flatMap((group) => {
        const [item, ...others] = group.toSorted(byBadness);
        return item ? [this.#waitingAnswer(item, others)] : [];
      });
    return this.#waiting;
  }

  done(outcome: Outcome): void {
    this.#done.set(outcome.id, outcome);
    this.#said.delete(outcome.id);
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
    this.#reports = undefined;
    this.#waiting = undefined;
    for (const listener of this.#listeners) listener();
  }

  #isOpen({ id }: QueuedItem): boolean {
    return !this.#done.has(id);
  }

  #outcomes(): readonly Outcome[] {
    const open = this.#shown.items().filter((item) => this.#isOpen(item));
    return [...this.#done.values(), ...open.map((item) => this.#outcomeOf(item))];
  }

  #waitingAnswer(item: QueuedItem, others: readonly QueuedItem[]): WaitingAnswer {
    const said = this.#said.get(item.id);
    return { item, ...(others.length > 0 && { others }), ...(said !== undefined && { said }) };
  }

  #outcomeOf(item: QueuedItem): Outcome {
    const seen = { ...item, phase: this.#shown.phaseOf(item) };
    return outcomeOf(item, deliveryOf(seen, this.#shown.isDurable(item), this.#said.get(item.id)));
  }
}

/** One line for an answer, however many places it goes to. */
function byAnswer(outcomes: readonly Outcome[]): readonly OutboxItem[] {
  const groups = Map.groupBy(outcomes, ({ answer }) => answer?.id);
  return [...groups.values()].flatMap((group) => {
    const [first, ...more] = group.toSorted(bySink);
    if (!first?.answer) return [];
    const { answer } = first;
    const delivery = furthest([first, ...more]);
    if (more.length === 0) return [{ answer, delivery }];
    const places = [first, ...more].map(({ sink, required, delivery: there }) => ({
      sink,
      required,
      delivery: there,
    }));
    return [{ answer, delivery, places }];
  });
}
