import { type Owner, payloadOf, scheduleOf, withSink } from '#src/domain/outbox/queued-answer.ts';
import type { Clock } from '#src/io/clock.ts';
import { applyChanges } from './apply-changes.ts';
import { type Database, type ItemRecord, type KeyRecord, openDatabase } from './database.ts';
import { onDatabase } from './on-database.ts';
import {
  type Change,
  type Loaded,
  OutboxError,
  type OutboxStore,
  type StoredItem,
  type WaitingElsewhere,
} from './outbox-store.ts';
import { newKey, ownerDigest, type Sealed, seal, unseal } from './sealing.ts';

export interface IndexedDbStoreOptions {
  readonly owner: Owner;
  readonly clock: Clock;
  /** False where the device forgets its profile: then it must not be called durable. */
  readonly durable: boolean;
  readonly blockedMs?: number;
}

interface Known extends StoredItem {
  readonly sealed: Sealed;
  readonly keyId: string;
}

/** Keeps one owner's items in IndexedDB, sealed under that owner's key. */
export class IndexedDbStore implements OutboxStore {
  readonly durable: boolean;
  readonly #options: IndexedDbStoreOptions;
  #database: Promise<Database> | undefined;
  #digest: Promise<string> | undefined;
  #onLost: () => void = () => undefined;
  /** Last seen: sealing again what did not change would cost a cipher run for each new attempt. */
  #known = new Map<string, Known>();
  /** Last seen: looking it up for each change would cost a transaction. */
  #key: KeyRecord | undefined;

  constructor(options: IndexedDbStoreOptions) {
    this.#options = options;
    this.durable = options.durable;
  }

  async load(): Promise<Loaded> {
    const owner = await this.#ownerDigest();
    const { records, key, databaseId } = await this.#withDatabase(async (database) => {
      const tx = database.transaction(['items', 'keys', 'meta']);
      const [found, keyRecord, id] = await Promise.all([
        tx.objectStore('items').index('owner').getAll(owner),
        tx.objectStore('keys').get(owner),
        tx.objectStore('meta').get('database-id'),
        tx.done,
      ]);
      return { records: found, key: keyRecord, databaseId: id ?? '' };
    });
    this.#key = key;
    const opened = await Promise.all(records.map((record) => this.#open(record, key)));
    const items = opened.filter((one) => one !== undefined);
    this.#known = new Map(items.map((one) => [one.item.id, one]));
    return {
      items: items.map(({ item, rev }) => ({ item, rev })),
      unreadable: records.length - items.length,
      databaseId,
    };
  }

  async commit(changes: readonly Change[]): Promise<boolean> {
    // A second round only where another tab made or erased the owner's key meanwhile.
    for (let round = 0; round < 3; round++) {
      const result = await this.#tryCommit(changes);
      if (result !== 'key-changed') return result === 'done';
      this.#known.clear();
      this.#key = undefined;
    }
    throw new OutboxError('Another window keeps changing the storage of this device.');
  }

  async waitingElsewhere(): Promise<WaitingElsewhere> {
    const owner = await this.#ownerDigest();
    const all = await this.#withDatabase((database) => database.getAll('items'));
    const others = all.filter((record) => record.owner !== owner);
    const times = others.map(({ schedule }) => schedule.createdAt);
    return { count: others.length, oldestAt: times.length > 0 ? Math.min(...times) : undefined };
  }

  onLost(listener: () => void): void {
    this.#onLost = listener;
  }

  /** For the lease that stands in for Web Locks. */
  database(): Promise<Database> {
    this.#database ??= openDatabase({
      clock: this.#options.clock,
      ...(this.#options.blockedMs !== undefined && { blockedMs: this.#options.blockedMs }),
      onClosed: () => {
        this.#database = undefined;
        this.#onLost();
      },
    }).catch((cause: unknown) => {
      this.#database = undefined;
      throw cause;
    });
    return this.#database;
  }

  close(): void {
    void this.#database?.then(
      (database) => database.close(),
      () => undefined,
    );
    this.#database = undefined;
  }

  async #tryCommit(changes: readonly Change[]): Promise<'done' | 'conflict' | 'key-changed'> {
    const owner = await this.#ownerDigest();
    const { key, isNewKey } = await this.#withDatabase((database) => this.#keyFor(database, owner));
    const records = await Promise.all(
      changes.map((change) => ('put' in change ? this.#toRecord(change, owner, key) : undefined)),
    );
    const outcome = await this.#withDatabase((database) =>
      applyChanges(database, { key, isNewKey, changes, records }),
    );
    if (outcome !== 'done') return outcome;
    for (const [i, change] of changes.entries()) {
      const record = records[i];
      if ('remove' in change) this.#known.delete(change.remove);
      else if (record)
        this.#known.set(record.id, { ...record, item: change.put, keyId: key.keyId });
    }
    this.#key = this.#known.size > 0 ? key : undefined;
    return outcome;
  }

  async #keyFor(database: Database, owner: string) {
    const key = this.#key ?? (await database.get('keys', owner));
    if (key) return { key, isNewKey: false };
    return { key: { owner, keyId: crypto.randomUUID(), key: await newKey() }, isNewKey: true };
  }

  async #toRecord(
    { put, expected }: Extract<Change, { put: unknown }>,
    owner: string,
    key: KeyRecord,
  ): Promise<ItemRecord> {
    const known = this.#known.get(put.id);
    const unchanged = known?.keyId === key.keyId && payloadOf(known.item) === payloadOf(put);
    return {
      id: put.id,
      owner,
      rev: (expected ?? 0) + 1,
      schedule: scheduleOf(put),
      sealed: unchanged ? known.sealed : await seal(key.key, put.id, put),
    };
  }

  async #open(record: ItemRecord, key: KeyRecord | undefined): Promise<Known | undefined> {
    const { id, rev, schedule, sealed } = record;
    const known = this.#known.get(id);
    if (!key) return undefined;
    if (known?.rev === rev && known.keyId === key.keyId) return known;
    try {
      const content = await unseal(key.key, id, this.#options.owner, sealed);
      return { rev, item: { id, ...content, ...withSink(schedule) }, sealed, keyId: key.keyId };
    } catch {
      // Not dropped: it stays in the database and is counted, so that somebody can look.
      return undefined;
    }
  }

  #ownerDigest(): Promise<string> {
    this.#digest ??= ownerDigest(this.#options.owner);
    return this.#digest;
  }

  #withDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
    return onDatabase((again) => {
      if (again) this.#database = undefined;
      return this.database();
    }, work);
  }
}
