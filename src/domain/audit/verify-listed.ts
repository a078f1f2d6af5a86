import type { ChainRecord, Finding } from './chain.ts';

/** What the server holds now, by reference: its hash, or undefined where it is gone. */
export type Held = ReadonlyMap<string, string | undefined>;

/**
 * Records that are not as the trail last saw them. Who wrote last is told by the writers’ clocks: at one
 * moment, any of what was written then will do.
 */
export function verifyListed(records: readonly ChainRecord[], held: Held): readonly Finding[] {
  const findings: Finding[] = [];
  for (const [reference, last] of lastSeen(records)) {
    if (!held.has(reference)) continue;
    const now = held.get(reference);
    const { writer, number } = last.record;
    const at = { writer, from: number, to: number, place: reference };
    if (now === undefined) findings.push({ what: 'record-removed', ...at });
    else if (!last.hashes.has(now)) findings.push({ what: 'record-changed', ...at });
  }
  return findings;
}

/** References that the trail vouches for. */
export const listedReferences = (records: readonly ChainRecord[]): ReadonlySet<string> =>
  new Set(records.flatMap(({ listed }) => listed.flatMap(({ reference }) => reference ?? [])));

interface LastSeen {
  readonly record: ChainRecord;
  readonly hashes: ReadonlySet<string>;
}

function lastSeen(records: readonly ChainRecord[]): ReadonlyMap<string, LastSeen> {
  const seen = new Map<string, LastSeen>();
  for (const record of records)
    for (const [reference, sha256] of inRecord(record)) {
      const known = seen.get(reference);
      if (known && known.record.at > record.at) continue;
      const others = known?.record.at === record.at ? known.hashes : [];
      seen.set(reference, { record, hashes: new Set([...others, sha256]) });
    }
  return seen;
}

/** Of what one record lists twice, the later entry. */
const inRecord = ({ listed }: ChainRecord): ReadonlyMap<string, string> =>
  new Map(listed.flatMap(({ reference, sha256 }) => (reference ? [[reference, sha256]] : [])));
