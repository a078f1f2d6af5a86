import type { Owner } from '#src/domain/outbox/queued-answer.ts';
import type { Database, KeyRecord, ShelfName, ShelfRecord } from './database.ts';
import { onDatabase } from './on-database.ts';
import { OutboxError } from './outbox-store.ts';
import { newKey, ownerDigest, sealValue, unsealValue } from './sealing.ts';
import type { Kept, Shelf } from './shelf.ts';

export interface SealedShelfOptions {
  readonly name: ShelfName;
  readonly owner: Owner;
  readonly database: () => Promise<Database>;
}

interface Key {
  readonly record: KeyRecord;
  readonly isNew: boolean;
}

/**
 * In the outbox's database, sealed as answers are, under a key of its own: it goes with the last
 * thing on the shelf, and what the disk still has of them opens no more.
 */
export class SealedShelf<T> implements Shelf<T> {
  readonly #options: SealedShelfOptions;
  #holder: Promise<string> | undefined;

  constructor(options: SealedShelfOptions) {
    this.#options = options;
  }

  async all(): Promise<readonly Kept<T>[]> {
    const { name } = this.#options;
    const holder = await this.#holderName();
    const [records, key] = await this.#withDatabase(async (database) => {
      const tx = database.transaction([name, 'keys']);
      return await Promise.all([
        tx.objectStore(name).index('owner').getAll(holder),
        tx.objectStore('keys').get(holder),
      ]);
    });
    const opened = await Promise.all(records.map((record) => this.#open(record, key)));
    return opened.filter((one) => one !== undefined);
  }

  async put(one: Kept<T>): Promise<void> {
    // A second round only where another tab made or erased the key meanwhile.
    for (let round = 0; round < 3; round++) if (await this.#tryPut(one)) return;
    throw new OutboxError('Another window keeps changing the storage of this device.');
  }

  async remove(ids: readonly string[]): Promise<void> {
    const holder = await this.#holderName();
    await this.#erase((record) => record.owner === holder && ids.includes(record.id));
  }

  async expire(isOver: (at: number) => boolean): Promise<void> {
    await this.#erase(({ at }) => isOver(at));
  }

  async #tryPut({ id, at, content }: Kept<T>): Promise<boolean> {
    const { name, owner } = this.#options;
    const { record: key, isNew } = await this.#key();
    const sealed = await sealValue(key.key, id, owner, content);
    return await this.#withDatabase(async (database) => {
      const tx = this.#write(database);
      const stored = await tx.objectStore('keys').get(key.owner);
      const known = stored ? stored.keyId === key.keyId : isNew;
      if (known && isNew) await tx.objectStore('keys').put(key);
      if (known) await tx.objectStore(name).put({ id, owner: key.owner, at, sealed });
      await tx.done;
      return known;
    });
  }

  async #erase(isMeant: (record: ShelfRecord) => boolean): Promise<void> {
    const { name } = this.#options;
    await this.#withDatabase(async (database) => {
      const tx = this.#write(database);
      const all = await tx.objectStore(name).getAll();
      const meant = all.filter(isMeant);
      const left = new Set(all.filter((record) => !meant.includes(record)).map(holderOf));
      for (const { id } of meant) await tx.objectStore(name).delete(id);
      for (const holder of new Set(meant.map(holderOf)))
        if (!left.has(holder)) await tx.objectStore('keys').delete(holder);
      await tx.done;
    });
  }

  #write(database: Database) {
    const { name } = this.#options;
    return database.transaction([name, 'keys'], 'readwrite', { durability: 'strict' });
  }

  async #key(): Promise<Key> {
    const owner = await this.#holderName();
    const stored = await this.#withDatabase((database) => database.get('keys', owner));
    if (stored) return { record: stored, isNew: false };
    return { record: { owner, keyId: crypto.randomUUID(), key: await newKey() }, isNew: true };
  }

  async #open({ id, at, sealed }: ShelfRecord, key: KeyRecord | undefined) {
    if (!key) return undefined;
    try {
      const content = (await unsealValue(key.key, id, this.#options.owner, sealed)) as T;
      return { id, at, content };
    } catch {
      // Moved or changed: it is shown to nobody, and goes with its age.
      return undefined;
    }
  }

  #holderName(): Promise<string> {
    const { name, owner } = this.#options;
    this.#holder ??= ownerDigest(owner).then((digest) => `${name}:${digest}`);
    return this.#holder;
  }

  #withDatabase<R>(work: (database: Database) => Promise<R>): Promise<R> {
    return onDatabase(() => this.#options.database(), work);
  }
}

const holderOf = ({ owner }: ShelfRecord): string => owner;
