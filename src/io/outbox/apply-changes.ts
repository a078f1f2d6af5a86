import type { Database, ItemRecord, KeyRecord } from './database.ts';
import type { Change } from './outbox-store.ts';

export interface Plan {
  readonly key: KeyRecord;
  /** Made for this plan; else it was read before, and must be there still. */
  readonly isNewKey: boolean;
  readonly changes: readonly Change[];
  /** By position of the change: the sealed record of each `put`. */
  readonly records: readonly (ItemRecord | undefined)[];
}

type Table = 'items' | 'keys' | 'discards';
const TABLES: readonly Table[] = ['items', 'keys'];
const begin = (database: Database, more: readonly Table[]) =>
  database.transaction([...TABLES, ...more], 'readwrite', { durability: 'strict' });
type Transaction = ReturnType<typeof begin>;

const discardsIn = ({ changes }: Plan) =>
  changes.flatMap((change) => ('remove' in change ? (change.discarded ?? []) : []));

/** All changes in one transaction; resolves once the device says that it is complete. */
export async function applyChanges(
  database: Database,
  plan: Plan,
): Promise<'done' | 'conflict' | 'key-changed'> {
  const tx = begin(database, discardsIn(plan).length > 0 ? ['discards'] : []);
  // Whoever awaits `done` below hears of its failure; where a request fails first, that is told.
  tx.done.catch(() => undefined);
  const verdict = await check(tx, plan);
  if (verdict !== 'done') {
    tx.abort();
    return verdict;
  }
  await write(tx, plan);
  await tx.done;
  return 'done';
}

async function check(tx: Transaction, { key, isNewKey, changes }: Plan) {
  for (const change of changes) {
    const id = 'put' in change ? change.put.id : change.remove;
    const found = await tx.objectStore('items').get(id);
    if (found?.rev !== change.expected) return 'conflict';
  }
  if (!changes.some((change) => 'put' in change)) return 'done';
  const stored = await tx.objectStore('keys').get(key.owner);
  // One that went with the last item never comes back: what is left of old records would open again.
  const known = stored ? stored.keyId === key.keyId : isNewKey;
  return known ? 'done' : 'key-changed';
}

async function write(tx: Transaction, plan: Plan): Promise<void> {
  const { key, isNewKey, changes, records } = plan;
  const items = tx.objectStore('items');
  const puts = records.filter((record) => record !== undefined);
  if (isNewKey && puts.length > 0) await tx.objectStore('keys').put(key);
  for (const record of puts) await items.put(record);
  for (const change of changes) if ('remove' in change) await items.delete(change.remove);
  for (const record of discardsIn(plan)) await tx.objectStore('discards').put(record);
  // With the last item the key goes: what the device still has of old records opens no more.
  const last = puts.length === 0 && (await items.index('owner').getKey(key.owner)) === undefined;
  if (last) await tx.objectStore('keys').delete(key.owner);
}
