import type { ChainRecord, Finding } from './chain.ts';
import { expiredNumbers, type RetentionRule, removableUntil } from './retention.ts';
import type { Statement } from './statement.ts';
import { verifyChains } from './verify-chains.ts';
import { type Held, verifyListed } from './verify-listed.ts';
import { type FoundStatement, verifyStatements } from './verify-statements.ts';

export interface AuditReport {
  readonly findings: readonly Finding[];
  readonly records: number;
  readonly writers: number;
  /** Things that the records list, and how many of them were compared with what is there now. */
  readonly listed: number;
  readonly compared: number;
  readonly statements: number;
  /** ISO 8601 of the last statement that the service signed. */
  readonly lastStatement: string | undefined;
  /** Records after the last head that was signed of their chain: only the chain speaks for them. */
  readonly unanchored: number;
  /** Writers of whom nothing was ever signed: all of it could be gone or be new. */
  readonly neverAnchored: number;
  /** Configurations that were told, oldest first: hash, and ISO 8601 of the first who told it. */
  readonly configurations: readonly { readonly sha256: string; readonly since: string }[];
}

export interface Evidence {
  readonly records: readonly ChainRecord[];
  readonly held: Held;
  readonly found: readonly FoundStatement[];
  readonly retention: RetentionRule;
  readonly nowMs: number;
}

/** Everything that can be found out, and how much there was to find it out from. */
export function auditReport({ held, found, retention, nowMs, ...given }: Evidence): AuditReport {
  const records = onceEach(given.records);
  const statements = signedOf(found);
  const expired = expiredNumbers(statements, removableUntil(retention, nowMs));
  const anchored = anchoredNumbers(statements);
  const writers = new Set(records.map(({ writer }) => writer));
  const [last] = statements.map(({ at }) => at).toSorted((a, b) => Date.parse(b) - Date.parse(a));
  return {
    findings: [
      ...verifyStatements(found),
      ...verifyChains(records, statements, (writer) => expired.get(writer) ?? 0),
      ...verifyListed(records, held),
    ],
    records: records.length,
    writers: writers.size,
    listed: records.reduce((sum, one) => sum + one.listed.length, 0),
    compared: held.size,
    statements: statements.length,
    lastStatement: last,
    unanchored: records.filter((one) => one.number > (anchored.get(one.writer) ?? 0)).length,
    neverAnchored: [...writers].filter((writer) => !anchored.has(writer)).length,
    configurations: configurationsIn(records),
  };
}

/** A record that was sent again because nobody knew whether it had come is one record. */
const onceEach = (records: readonly ChainRecord[]): readonly ChainRecord[] => [
  ...new Map(
    records.map((one) => [`${one.writer} ${one.number} ${one.hash} ${one.computed}`, one]),
  ).values(),
];

export const signedOf = (found: readonly FoundStatement[]): readonly Statement[] =>
  found.flatMap(({ statement }) => statement ?? []);

function anchoredNumbers(statements: readonly Statement[]): ReadonlyMap<string, number> {
  const anchored = new Map<string, number>();
  for (const { writer, number } of statements.flatMap(({ heads }) => heads))
    anchored.set(writer, Math.max(anchored.get(writer) ?? 0, number));
  return anchored;
}

function configurationsIn(records: readonly ChainRecord[]): AuditReport['configurations'] {
  const first = new Map<string, number>();
  for (const { at, listed } of records)
    for (const { kind, sha256 } of listed)
      if (kind === 'configuration' && Number.isFinite(at))
        first.set(sha256, Math.min(first.get(sha256) ?? at, at));
  return [...first]
    .toSorted(([, a], [, b]) => a - b)
    .map(([sha256, since]) => ({ sha256, since: new Date(since).toISOString() }));
}
