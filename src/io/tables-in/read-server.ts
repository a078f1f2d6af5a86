import type { Problem } from '#src/domain/problem.ts';
import type { SourcedTables } from '#src/domain/tables/derive/sourced.ts';
import { tableReader } from '#src/fhir/tables/read-tables.ts';
import type { TableContext } from '#src/fhir/tables/table-context.ts';
import { FIRST_SEARCHES, type TableSearch } from '#src/fhir/tables/table-searches.ts';
import { type BulkReader, searchPages } from '#src/io/bulk/search-pages.ts';
import { FhirError } from '#src/io/gateway.ts';

/** What of a search was left unread. */
export type Gap =
  | { readonly why: 'capped'; readonly type: string; readonly count: number }
  /** `forbidden`: the server may hold it. Else it does not know such a search. */
  | { readonly why: 'forbidden' | 'unknown'; readonly type: string; readonly message: string };

export interface ServerRead {
  readonly read: SourcedTables;
  readonly problems: readonly Problem[];
  readonly gaps: readonly Gap[];
  readonly resources: number;
}

export interface Reading {
  /** After those that are needed first. */
  readonly searches: readonly TableSearch[];
  /** Most resources of one search. */
  readonly cap: number;
  /** After each page; throws to stop. */
  readonly progress: (type: string, count: number) => void;
}

/** What the tables need of a FHIR server, page by page. Throws `FhirError` where it fails or refuses the token. */
export async function readServer(
  reader: BulkReader,
  context: Omit<TableContext, 'known'>,
  { searches, cap, progress }: Reading,
): Promise<ServerRead> {
  const gaps: Gap[] = [];
  let resources = 0;
  const known: unknown[] = [];
  for (const search of FIRST_SEARCHES) await each(search, (one) => known.push(one));
  const tables = tableReader({ ...context, known });
  for (const one of known) tables.add(one);
  for (const search of searches) await each(search, (one) => tables.add(one));
  return { ...tables.done(), gaps, resources };

  async function each(search: TableSearch, take: (resource: unknown) => void): Promise<void> {
    const { type } = search;
    let count = 0;
    try {
      for await (const page of searchPages(reader, search)) {
        for (const one of page) take(one);
        count += page.length;
        resources += page.length;
        progress(type, count);
        if (count < cap) continue;
        gaps.push({ why: 'capped', type, count });
        return;
      }
    } catch (cause) {
      if (!(cause instanceof FhirError)) throw cause;
      const { kind, message } = cause;
      // A server need not know every type; one that forbids a type may hold it.
      if (kind !== 'forbidden' && kind !== 'invalid' && kind !== 'not-found') throw cause;
      gaps.push({ why: kind === 'forbidden' ? 'forbidden' : 'unknown', type, message });
    }
  }
}
