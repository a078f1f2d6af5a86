import { openDB } from 'idb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { DATABASE, openDatabase } from '#src/io/outbox/database.ts';
import { SealedShelf } from '#src/io/outbox/sealed-shelf.ts';
import { freshIndexedDb } from '#tests/support/fake-indexed-db.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { ADA, ISSUER } from '#tests/support/queued-answers.ts';

const BEN = 'Practitioner/ben';
const clock = new ManualClock();

beforeEach(() => freshIndexedDb());

function open(user = ADA, name: 'drafts' | 'exposures' = 'drafts') {
  const database = openDatabase({ clock, onClosed: () => undefined });
  const owner = { issuer: ISSUER, user };
  return new SealedShelf<string>({ name, owner, database: () => database });
}

async function raw() {
  const database = await openDB(DATABASE);
  const found = { drafts: await database.getAll('drafts'), keys: await database.getAll('keys') };
  database.close();
  return found;
}

const words = (id: string, content = 'Very private words', at = 5) => ({ id, at, content });

describe('what lies on a shelf', () => {
  it('is there for the next page of its owner, as it was last put', async () => {
    await open().put(words('a', 'first'));
    await open().put(words('a', 'second', 6));
    expect(await open().all()).toEqual([words('a', 'second', 6)]);
  });

  it('is committed with strict durability', async () => {
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction');
    await open().put(words('a'));
    expect(transaction).toHaveBeenCalledWith(['drafts', 'keys'], 'readwrite', {
      durability: 'strict',
    });
    vi.restoreAllMocks();
  });

  it('is sealed: neither what nor whose can be read, and the key does not leave the browser', async () => {
    await open().put(words('a'));
    const { drafts, keys } = await raw();
    const clear = JSON.stringify(drafts) + new TextDecoder('latin1').decode(drafts[0].sealed.data);
    for (const secret of ['private', 'Practitioner', 'ehr.test', 'ada'])
      expect(clear).not.toContain(secret);
    expect(keys[0].key.extractable).toBe(false);
  });

  it('is nothing to another user, and nothing on another shelf', async () => {
    await open().put(words('a'));
    expect(await open(BEN).all()).toEqual([]);
    expect(await open(ADA, 'exposures').all()).toEqual([]);
  });

  it('does not open once it was moved to another name', async () => {
    await open().put(words('a'));
    const database = await openDB(DATABASE);
    const [record] = await database.getAll('drafts');
    await database.put('drafts', { ...record, id: 'b' });
    database.close();
    expect((await open().all()).map(({ id }) => id)).toEqual(['a']);
  });

  it('goes with its key once it is the last; another owner keeps theirs', async () => {
    await open().put(words('a'));
    await open(BEN).put(words('b'));
    await open().remove(['a', 'b']);
    expect(await open().all()).toEqual([]);
    expect(await open(BEN).all()).toEqual([words('b')]);
    expect((await raw()).keys).toHaveLength(1);
  });

  it('gets a new key after that, also from a page that knew the old one', async () => {
    const [one, two] = [open(), open()];
    await one.put(words('a'));
    const [first] = (await raw()).keys;
    await two.all();
    await one.remove(['a']);
    await two.put(words('c'));
    const [second] = (await raw()).keys;
    expect(second.keyId).not.toBe(first.keyId);
    expect(await open().all()).toEqual([words('c')]);
  });

  it('two pages that put their first thing at once both keep it', async () => {
    await Promise.all([open().put(words('a')), open().put(words('b'))]);
    expect((await open().all()).map(({ id }) => id).toSorted()).toEqual(['a', 'b']);
  });

  it('expires whosever it is, with the keys that open nothing any more', async () => {
    await open().put(words('old', 'x', 1));
    await open(BEN).put(words('older', 'x', 0));
    await open(BEN).put(words('young', 'x', 9));
    await open('Practitioner/cleo').expire((at) => at < 5);
    const { drafts, keys } = await raw();
    expect(drafts.map(({ id }) => id)).toEqual(['young']);
    expect(keys).toHaveLength(1);
  });
});
