import { deliveredState } from '#src/domain/outbox/delivery-of.ts';
import type { DiscardRecord } from '#src/domain/outbox/discard.ts';
import { finish, finished } from '#src/domain/outbox/finish.ts';
import { type Delivered, payloadOf, type QueuedItem } from '#src/domain/outbox/queued-answer.ts';
import { alone, type CrossTab, type News } from './cross-tab.ts';
import { type Change, OutboxError, type OutboxStore, type StoredItem } from './outbox-store.ts';
import { OutboxView, outcomeOf } from './outbox-view.ts';

/** Version of what is not in the store yet. */
const NEW = 0;

interface Wanted {
  readonly put?: QueuedItem;
  readonly remove?: string;
  readonly discarded?: DiscardRecord;
  /** What the change was made from: if that is no longer what is there, it must not be written. */
  readonly from?: QueuedItem | undefined;
}

/**
 * What this tab knows of the store, and what it knows better: an outcome that the device did not
 * take, a delivered item that could not be erased. Both are tried again at each look.
 */
export class OutboxQueue {
  readonly #store: OutboxStore;
  readonly #tabs: CrossTab;
  readonly view: OutboxView;
  #items = new Map<string, StoredItem>();
  readonly #revOf = new WeakMap<QueuedItem, number>();
  readonly #unsaved = new Map<string, QueuedItem>();
  readonly #toFinish = new Map<string, Delivered>();
  /** Taken out of the store; a copy that comes back must not live again. */
  readonly #gone = new Set<string>();
  #looking: Promise<void> = Promise.resolve();
  #nextLook: Promise<void> | undefined;
  #databaseId: string | undefined;
  #stale = false;

  /** `phaseOf`: the phase as this tab's session sees it. */
  constructor(
    store: OutboxStore,
    phaseOf: (item: QueuedItem) => QueuedItem['phase'],
    tabs: CrossTab = alone,
  ) {
    this.#store = store;
    this.#tabs = tabs;
    this.view = new OutboxView({
      items: () => this.items,
      phaseOf,
      isDurable: ({ id }) => this.durable && !this.#unsaved.has(id),
    });
  }

  get items(): readonly QueuedItem[] {
    return [...this.#items.values()].map(({ item }) => item);
  }

  /** Another tab changed something that this tab does not know yet. */
  get stale(): boolean {
    return this.#stale;
  }

  get durable(): boolean {
    return this.#store.durable;
  }

  find(id: string): QueuedItem | undefined {
    return this.#items.get(id)?.item;
  }

  /** Looks at the store. Where that fails, what this tab knows goes on being true. */
  reload(): Promise<void> {
    // One after the other: what one look writes again, the next must see as written. One that has
    // not begun yet serves everybody who asks meanwhile.
    const look = () => {
      this.#nextLook = undefined;
      return this.#reload();
    };
    this.#nextLook ??= this.#looking.then(look, look);
    this.#looking = this.#nextLook;
    return this.#nextLook;
  }

  async #reload(): Promise<void> {
    const loaded = await this.#store.load().catch((cause: unknown) => {
      if (cause instanceof OutboxError) return undefined;
      throw cause;
    });
    if (!loaded) return;
    const replaced = this.#databaseId !== undefined && this.#databaseId !== loaded.databaseId;
    const before = this.#items;
    this.#items = new Map();
    for (const { item, rev } of loaded.items) this.#remember(item, rev);
    this.#databaseId = loaded.databaseId;
    this.#stale = false;
    for (const one of before.values()) if (replaced || one.rev === NEW) await this.#writeAgain(one);
    for (const item of [...this.#unsaved.values()]) await this.save(item, item);
    for (const id of [...this.#toFinish.keys()]) await this.#finish(id);
    const over = finished(this.items);
    if (over.length > 0) await this.#try(over.map((id) => ({ remove: id })));
    this.view.changed();
  }

  /** All or nothing; false when another tab was faster. Throws `OutboxError`. */
  async commit(changes: readonly Wanted[]): Promise<boolean> {
    if (changes.some(({ from }) => from && !this.#isCurrent(from))) return false;
    const named = changes.flatMap((change) => this.#expecting(change));
    if (!(await this.#store.commit(named))) return false;
    for (const { remove, put } of changes) {
      this.#unsaved.delete(remove ?? put?.id ?? '');
      if (put) this.#gone.delete(put.id);
      if (!remove) continue;
      this.#gone.add(remove);
      this.#items.delete(remove);
    }
    for (const change of named)
      if ('put' in change) this.#remember(change.put, (change.expected ?? NEW) + 1);
    this.view.changed();
    this.#tabs.post({ delivered: [], removed: changes.flatMap(({ remove }) => remove ?? []) });
    return true;
  }

  /** What happened has happened, whether the device takes note of it or not. */
  async save(item: QueuedItem, from: QueuedItem): Promise<void> {
    const known = this.#items.get(item.id);
    this.#unsaved.delete(item.id);
    // Gone: another tab delivered or undid it meanwhile, and that stands.
    if (!known) return;
    try {
      if (!(await this.commit([{ put: item, from }]))) this.#stale = true;
    } catch (cause) {
      if (!(cause instanceof OutboxError)) throw cause;
      this.#unsaved.set(item.id, item);
      this.#remember(item, known.rev);
    }
    this.view.changed();
  }

  /** True before, or without, the transaction that says the same; the next look must not undo it. */
  assume(item: QueuedItem): void {
    const known = this.#items.get(item.id);
    if (known) {
      this.#unsaved.set(item.id, item);
      this.#remember(item, known.rev);
    }
    this.view.changed();
  }

  /** All items of one answer or report. `id`: its own, or that of one of its items. */
  group(id: string): readonly QueuedItem[] {
    const found = this.find(id);
    const payloadId = found ? payloadOf(found).id : id;
    return this.items.filter((item) => payloadOf(item).id === payloadId);
  }

  /** On the server: told to everybody, then noted or erased; later if the device does not now. */
  async delivered(item: QueuedItem, delivered: Delivered): Promise<void> {
    const { id } = item;
    const outcome = outcomeOf(item, deliveredState(delivered));
    this.view.done(outcome);
    this.#toFinish.set(id, delivered);
    await this.#finish(id);
    this.view.changed();
    this.#tabs.post({ delivered: [outcome], removed: this.#items.has(id) ? [] : [id] });
  }

  undone(item: QueuedItem): void {
    this.view.done(outcomeOf(item, { state: 'retracted' }));
    this.view.changed();
  }

  learn({ delivered, removed }: News): void {
    for (const item of delivered) this.view.done(item);
    for (const id of removed) {
      this.#gone.add(id);
      this.#items.delete(id);
    }
    this.view.changed();
  }

  async #finish(id: string): Promise<void> {
    const item = this.find(id);
    const delivered = this.#toFinish.get(id);
    if (!item || !delivered) return void this.#toFinish.delete(id);
    const { put, remove } = finish(item, delivered, this.items, (one) => this.#toFinish.has(one));
    const changes = [
      ...put.map((one) => ({ put: one })),
      ...remove.map((one) => ({ remove: one })),
    ];
    const done = await this.#try(changes);
    if (done) this.#toFinish.delete(id);
    else this.#items.delete(id);
  }

  /** False as well where the device refuses: the next look tries again. */
  async #try(changes: readonly Wanted[]): Promise<boolean> {
    try {
      return await this.commit(changes);
    } catch (cause) {
      if (cause instanceof OutboxError) return false;
      throw cause;
    }
  }

  /** The database is a new one, or did not take it before: what this tab still holds goes into it. */
  async #writeAgain({ item }: StoredItem): Promise<void> {
    const { id } = item;
    if (this.#items.has(id) || this.#toFinish.has(id) || this.#gone.has(id)) return;
    this.#remember(item, NEW);
    await this.save(item, item);
    // Undone or delivered by another tab while it was being written.
    if (this.#gone.has(id) && !(await this.#try([{ remove: id }]))) this.#items.delete(id);
  }

  #isCurrent(item: QueuedItem): boolean {
    return this.#items.get(item.id)?.rev === this.#revOf.get(item);
  }

  #expecting(change: Wanted): Change[] {
    const id = change.put?.id ?? change.remove ?? '';
    const known = this.#items.get(id)?.rev;
    const rev = known === NEW ? undefined : known;
    if (change.put) return [{ put: change.put, ...(rev !== undefined && { expected: rev }) }];
    const { discarded } = change;
    return rev === undefined
      ? []
      : [{ remove: id, expected: rev, ...(discarded && { discarded }) }];
  }

  #remember(item: QueuedItem, rev: number): void {
    this.#items.set(item.id, { item, rev });
    this.#revOf.set(item, rev);
  }
}
