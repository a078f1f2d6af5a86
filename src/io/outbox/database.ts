import {
  type DBSchema,
  type IDBPDatabase,
  type IDBPTransaction,
  openDB,
  type StoreNames,
} from 'idb';
import type { DiscardRecord } from '#src/domain/outbox/discard.ts';
import type { Schedule } from '#src/domain/outbox/queued-answer.ts';
import type { Clock } from '#src/io/clock.ts';
import { OutboxError } from './outbox-store.ts';
import type { Sealed } from './sealing.ts';

export const DATABASE = 'clinician-feedback-outbox';
export const VERSION = 5;

export interface ItemRecord {
  readonly id: string;
  /** Digest of issuer and user. */
  readonly owner: string;
  readonly rev: number;
  readonly schedule: Schedule;
  readonly sealed: Sealed;
}

export interface KeyRecord {
  readonly owner: string;
  readonly keyId: string;
  /** Not extractable: it can be used in this origin, and never be read out. */
  readonly key: CryptoKey;
}

/** One small thing on a shelf (sealed-shelf.ts). */
export interface ShelfRecord {
  readonly id: string;
  /** Name of the shelf and digest of issuer and user; names the key as well. */
  readonly owner: string;
  /** Epoch ms: when it was last changed. */
  readonly at: number;
  readonly sealed: Sealed;
}

export type ShelfName = 'drafts' | 'exposures' | 'audit';

/** Stands in for Web Locks where a browser has none. */
export interface LeaseRecord {
  readonly name: string;
  readonly tab: string;
  readonly until: number;
}

export interface OutboxSchema extends DBSchema {
  items: { key: string; value: ItemRecord; indexes: { owner: string } };
  keys: { key: string; value: KeyRecord };
  meta: { key: string; value: string };
  leases: { key: string; value: LeaseRecord };
  discards: { key: string; value: DiscardRecord };
  drafts: { key: string; value: ShelfRecord; indexes: { owner: string } };
  exposures: { key: string; value: ShelfRecord; indexes: { owner: string } };
  audit: { key: string; value: ShelfRecord; indexes: { owner: string } };
}

export type Database = IDBPDatabase<OutboxSchema>;
type Upgrade = IDBPTransaction<OutboxSchema, StoreNames<OutboxSchema>[], 'versionchange'>;

/** Step `n` leads from version `n` to `n + 1`. A step that was published is never edited. */
const MIGRATIONS: readonly ((database: Database, upgrade: Upgrade) => Promise<void>)[] = [
  async (database) => {
    const items = database.createObjectStore('items', { keyPath: 'id' });
    items.createIndex('owner', 'owner');
    database.createObjectStore('keys', { keyPath: 'owner' });
  },
  async (database, upgrade) => {
    database.createObjectStore('leases', { keyPath: 'name' });
    database.createObjectStore('meta');
    await upgrade.objectStore('meta').put(crypto.randomUUID(), 'database-id');
  },
  async (database) => {
    database.createObjectStore('discards', { keyPath: 'id' });
  },
  async (database) => {
    for (const shelf of ['drafts', 'exposures'] as const)
      database.createObjectStore(shelf, { keyPath: 'id' }).createIndex('owner', 'owner');
  },
  async (database) => {
    database.createObjectStore('audit', { keyPath: 'id' }).createIndex('owner', 'owner');
  },
];

export interface OpenOptions {
  readonly clock: Clock;
  /** Another tab keeps an older version open: for how long we wait until it lets go. */
  readonly blockedMs?: number;
  /** The connection is gone: deleted, evicted, or given up for a newer version of this app. */
  readonly onClosed: () => void;
}

/** Throws `OutboxError` when the browser has no IndexedDB for us, or another tab does not let go. */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  const { clock, blockedMs = 3_000, onClosed } = options;
  const blocked = Promise.withResolvers<never>();
  const giveUp = clock.after(blockedMs, () =>
    blocked.reject(new OutboxError('Another window keeps the storage of this device in use.')),
  );
  const opening = open(onClosed);
  try {
    return await Promise.race([opening, blocked.promise]);
  } catch (cause) {
    if (!(cause instanceof OutboxError))
      throw new OutboxError(
        'This browser does not let the app keep anything on this device.',
        cause,
      );
    // Should it open after all, nobody uses it, and it must not block others.
    void opening.then((late) => late.close(), onClosed);
    throw cause;
  } finally {
    giveUp();
  }
}

/** `async`, so that a browser which throws instead of failing the request is heard as well. */
async function open(onClosed: () => void): Promise<Database> {
  return await openDB<OutboxSchema>(DATABASE, VERSION, {
    async upgrade(database, oldVersion, _newVersion, upgrade) {
      for (const step of MIGRATIONS.slice(oldVersion)) await step(database, upgrade);
    },
    blocking(_current, _blocked, event) {
      // A newer version of the app, or a person who clears site data, must not wait for this tab.
      (event.target as IDBDatabase).close();
      onClosed();
    },
    terminated: onClosed,
  });
}
