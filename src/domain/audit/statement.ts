import type { ChainRecord, Link } from './chain.ts';

export type Head = Omit<Link, 'previous'>;

/** What the service signs each day: how far each chain had come that moved since the last statement. */
export interface Statement {
  /** From 1, without gaps. */
  readonly number: number;
  /** Hexadecimal SHA-256 of the statement before, as it was signed; absent for the first. */
  readonly previous: string | undefined;
  /** ISO 8601. */
  readonly at: string;
  /** FHIR base, or what was read instead of one. */
  readonly server: string;
  readonly heads: readonly Head[];
  /** How much did not agree when it was signed. */
  readonly findings: number;
}

/** The last record of each chain; of two with one number, the one that is as it was written. */
export function headsOf(records: readonly ChainRecord[]): readonly Head[] {
  const heads = new Map<string, ChainRecord>();
  for (const record of records) {
    const known = heads.get(record.writer);
    const later = known === undefined || record.number > known.number;
    const better =
      known?.number === record.number && known.hash !== known.computed && isWhole(record);
    if (later || better) heads.set(record.writer, record);
  }
  return [...heads.values()]
    .map(({ writer, number, computed }) => ({ writer, number, hash: computed }))
    .toSorted((a, b) => (a.writer < b.writer ? -1 : 1));
}

export const isWhole = ({ hash, computed }: ChainRecord): boolean => hash === computed;

/** Heads that no earlier statement has just so: a chain that stands still is not stated every day. */
export function movedHeads(heads: readonly Head[], earlier: readonly Statement[]): readonly Head[] {
  const stated = new Set(earlier.flatMap((one) => one.heads.map(nameOf)));
  return heads.filter((head) => !stated.has(nameOf(head)));
}

const nameOf = ({ writer, number, hash }: Head): string => `${writer}#${number}#${hash}`;
