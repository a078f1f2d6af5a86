import type { QueuedItem } from '#src/domain/outbox/queued-answer.ts';
import type { Change, Loaded, OutboxStore, StoredItem, WaitingElsewhere } from './outbox-store.ts';

/** Keeps what is not on a server while this tab signs in again; nothing outlives the tab. */
export interface PendingStore {
  load(): readonly QueuedItem[];
  save(items: readonly QueuedItem[]): void;
}

/** For devices that must not, or cannot, keep anything: this tab alone knows what waits. */
export class MemoryStore implements OutboxStore {
  readonly durable: boolean = false;
  readonly #pending: PendingStore;
  #items: Map<string, StoredItem>;

  constructor(pending: PendingStore) {
    this.#pending = pending;
    this.#items = new Map(pending.load().map((item) => [item.id, { item, rev: 1 }]));
  }

  async load(): Promise<Loaded> {
    return { items: [...this.#items.values()], unreadable: 0, databaseId: 'memory' };
  }

  async commit(changes: readonly Change[]): Promise<boolean> {
    const next = new Map(this.#items);
    for (const change of changes) {
      const id = 'put' in change ? change.put.id : change.remove;
      if (next.get(id)?.rev !== change.expected) return false;
      if ('put' in change) next.set(id, { item: change.put, rev: (change.expected ?? 0) + 1 });
      else next.delete(id);
    }
    this.#pending.save([...next.values()].map(({ item }) => item));
    this.#items = next;
    return true;
  }

  async waitingElsewhere(): Promise<WaitingElsewhere> {
    return { count: 0, oldestAt: undefined };
  }

  onLost(): void {
    // A tab does not lose its memory without going itself.
  }

  close(): void {
    this.#items = new Map();
  }
}
