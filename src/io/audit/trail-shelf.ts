import type { AuditEvent } from 'fhir/r4';
import type { AuditEntry } from '#src/fhir/audit/audit-record.fhir.ts';
import type { Kept, Shelf } from '../outbox/shelf.ts';

/** What a writer keeps beside the outbox. */
export type TrailItem = WaitingEntry | ChainItem;

/** What is not in a record yet. */
export interface WaitingEntry {
  readonly what: 'entry';
  readonly server: string;
  /** Orders what was told within one millisecond. */
  readonly turn: number;
  readonly entry: AuditEntry;
}

/** A record, and thereby how far the chain has come. */
export interface ChainItem {
  readonly what: 'record';
  readonly server: string;
  readonly writer: string;
  readonly number: number;
  readonly hash: string;
  /** Hash of the configuration that the chain last told. */
  readonly configuration?: string;
  /** Absent: the server has it, and it is kept as the head alone. */
  readonly event?: AuditEvent;
}

export interface Trail {
  /** In the order in which they were told. */
  readonly entries: readonly Kept<WaitingEntry>[];
  /** By number. */
  readonly records: readonly Kept<ChainItem>[];
}

/** What this writer has for one server. Throws `OutboxError`. */
export async function trailFor(shelf: Shelf<TrailItem>, server: string): Promise<Trail> {
  const entries: Kept<WaitingEntry>[] = [];
  const records: Kept<ChainItem>[] = [];
  for (const { id, at, content } of await shelf.all()) {
    if (content.server !== server) continue;
    if (content.what === 'entry') entries.push({ id, at, content });
    else records.push({ id, at, content });
  }
  return {
    entries: entries.toSorted((a, b) => a.at - b.at || a.content.turn - b.content.turn),
    records: records.toSorted((a, b) => a.content.number - b.content.number),
  };
}
