import { deleteDB, openDB } from 'idb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { DATABASE, VERSION } from '#src/io/outbox/database.ts';
import { IndexedDbStore } from '#src/io/outbox/indexed-db-store.ts';
import { SealedShelf } from '#src/io/outbox/sealed-shelf.ts';
import { freshIndexedDb } from '#tests/support/fake-indexed-db.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { ADA, anAnswer, ISSUER, queued } from '#tests/support/queued-answers.ts';

const owner = { issuer: ISSUER, user: ADA };
const ben = { issuer: ISSUER, user: 'Practitioner/ben' };
const clock = new ManualClock();
const open = (who = owner) =>
  new IndexedDbStore({ owner: who, clock, durable: true, blockedMs: 50 });
const item = (id = 'a', comment = 'Very private words') => queued(anAnswer(id, { comment }));

beforeEach(() => freshIndexedDb());

const raw = async () => {
  const database = await openDB(DATABASE);
  const items = await database.getAll('items');
  const keys = await database.getAll('keys');
  database.close();
  return { items, keys };
};

describe('what is kept', () => {
  it('is there for the next tab, to the letter', async () => {
    expect(await open().commit([{ put: item() }])).toBe(true);
    expect((await open().load()).items).toEqual([{ item: item(), rev: 1 }]);
  });

  it('is committed with strict durability, and only then confirmed', async () => {
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction');
    await open().commit([{ put: item() }]);
    expect(transaction).toHaveBeenCalledWith(['items', 'keys'], 'readwrite', {
      durability: 'strict',
    });
  });

  it('changes all at once or not at all', async () => {
    const store = open();
    await store.commit([{ put: item('a') }]);
    expect(await store.commit([{ put: item('b') }, { remove: 'a', expected: 9 }])).toBe(false);
    expect((await store.load()).items.map((one) => one.item.id)).toEqual(['a']);
    expect(await store.commit([{ put: item('b') }, { remove: 'a', expected: 1 }])).toBe(true);
    expect((await store.load()).items.map((one) => one.item.id)).toEqual(['b']);
  });

  it('lets one of two tabs change it', async () => {
    const [one, two] = [open(), open()];
    await one.commit([{ put: item() }]);
    await two.load();
    const changed = { ...item(), phase: 'sending' as const };
    expect(await one.commit([{ put: changed, expected: 1 }])).toBe(true);
    expect(await two.commit([{ remove: 'a', expected: 1 }])).toBe(false);
  });
});

describe('at rest', () => {
  it('nothing says who, whom or what', async () => {
    await open().commit([{ put: item() }]);
    const { items, keys } = await raw();
    const clear = JSON.stringify(items);
    for (const secret of [
      'private',
      'Patient',
      'Practitioner',
      'accepted',
      'RiskAssessment',
      'ehr.test',
    ])
      expect(clear).not.toContain(secret);
    const text = new TextDecoder('latin1').decode(items[0].sealed.data);
    expect(text).not.toContain('private');
    expect(keys[0].key.extractable).toBe(false);
    await expect(crypto.subtle.exportKey('raw', keys[0].key)).rejects.toThrow();
  });

  it('another user sees that something waits and since when, and can open nothing', async () => {
    await open().commit([{ put: item() }]);
    const other = open(ben);
    expect(await other.load()).toMatchObject({ items: [], unreadable: 0 });
    expect(await other.waitingElsewhere()).toEqual({ count: 1, oldestAt: item().createdAt });
  });

  it('a record moved to another item or owner does not open, and is not dropped', async () => {
    await open().commit([{ put: item('a') }]);
    const database = await openDB(DATABASE);
    const [record] = await database.getAll('items');
    await database.put('items', { ...record, id: 'b' });
    database.close();
    const loaded = await open().load();
    expect(loaded.items.map((one) => one.item.id)).toEqual(['a']);
    expect(loaded.unreadable).toBe(1);
  });

  it('the key goes with the last item, and the next item gets a new one', async () => {
    const store = open();
    await store.commit([{ put: item('a') }]);
    const first = (await raw()).keys[0].keyId;
    await store.commit([{ remove: 'a', expected: 1 }]);
    expect(await raw()).toEqual({ items: [], keys: [] });
    await store.commit([{ put: item('b') }]);
    expect((await raw()).keys[0].keyId).not.toBe(first);
    expect((await open().load()).items).toHaveLength(1);
  });

  it('a tab that knew the old key seals under the new one', async () => {
    const [one, two] = [open(), open()];
    await one.commit([{ put: item('a') }]);
    await two.load();
    await one.commit([{ remove: 'a', expected: 1 }]);
    await one.commit([{ put: item('b') }]);
    expect(await two.commit([{ put: item('c') }])).toBe(true);
    expect((await open().load()).items).toHaveLength(2);
  });

  it('a key that went with the last item is not brought back by a tab that remembers it', async () => {
    const [one, two] = [open(), open()];
    await one.commit([{ put: item('a') }]);
    await two.load();
    const first = (await raw()).keys[0].keyId;
    await one.commit([{ remove: 'a', expected: 1 }]);
    expect(await two.commit([{ put: item('c') }])).toBe(true);
    expect((await raw()).keys[0].keyId).not.toBe(first);
    expect((await open().load()).items).toHaveLength(1);
  });
});

describe('a database that does not behave', () => {
  it('deleted under us: made anew, and recognisably another', async () => {
    const store = open();
    await store.commit([{ put: item('a') }]);
    const before = (await store.load()).databaseId;
    await deleteDB(DATABASE);
    const after = await store.load();
    expect(after.items).toEqual([]);
    expect(after.databaseId).not.toBe(before);
    expect(await store.commit([{ put: item('b') }])).toBe(true);
  });

  it('kept open by another version: refused in words, not waited for without end', async () => {
    const old = await openDB(DATABASE, 1, {
      upgrade: (database) => {
        database.createObjectStore('items', { keyPath: 'id' }).createIndex('owner', 'owner');
        database.createObjectStore('keys', { keyPath: 'owner' });
      },
    });
    const refused = expect(open().commit([{ put: item() }])).rejects.toThrow(/Another window/);
    await vi.waitFor(() => expect(clock.pending).toBeGreaterThan(0));
    clock.advance(60);
    await refused;
    old.close();
  });

  it('refused altogether: said in words', async () => {
    vi.stubGlobal('indexedDB', {
      open() {
        throw new DOMException('denied', 'SecurityError');
      },
    });
    await expect(open().load()).rejects.toThrow(/does not let the app keep/);
  });

  it('full: said in words, nothing kept', async () => {
    const store = open();
    await store.load();
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    await expect(store.commit([{ put: item() }])).rejects.toThrow(/full/);
    vi.restoreAllMocks();
    expect((await store.load()).items).toEqual([]);
  });
});

describe('migrations', () => {
  it.each(Array.from({ length: VERSION }, (_, version) => version))(
    'from version %i',
    async (version) => {
      if (version > 0) {
        const current = await buildVersion(version);
        current.close();
      }
      const store = open();
      expect((await store.load()).databaseId).not.toBe('');
      await store.commit([{ put: item('new') }]);
      expect((await open().load()).items).toHaveLength(version > 0 ? 2 : 1);
      for (const name of ['drafts', 'exposures', 'audit'] as const) {
        const shelf = new SealedShelf({ name, owner, database: () => store.database() });
        await shelf.put({ id: 'new', at: 1, content: name });
        expect(await shelf.all()).toEqual([{ id: 'new', at: 1, content: name }]);
      }
    },
  );
});

/** A database as an earlier release left it, with one item of the owner in it. */
async function buildVersion(version: number) {
  const store = open();
  await store.commit([{ put: item('old') }]);
  const { items, keys } = await raw();
  store.close();
  freshIndexedDb();
  const database = await openDB(DATABASE, version, {
    upgrade(fresh) {
      fresh.createObjectStore('items', { keyPath: 'id' }).createIndex('owner', 'owner');
      fresh.createObjectStore('keys', { keyPath: 'owner' });
      if (version < 2) return;
      fresh.createObjectStore('leases', { keyPath: 'name' });
      fresh.createObjectStore('meta').put('an-earlier-id', 'database-id');
      if (version < 3) return;
      fresh.createObjectStore('discards', { keyPath: 'id' });
      if (version < 4) return;
      for (const shelf of ['drafts', 'exposures'])
        fresh.createObjectStore(shelf, { keyPath: 'id' }).createIndex('owner', 'owner');
    },
  });
  await database.put('items', items[0]);
  await database.put('keys', keys[0]);
  return database;
}
