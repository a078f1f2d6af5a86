import type { SearchCount } from '#src/domain/export/reconcile.ts';
import type { TableSearch } from '#src/fhir/tables/table-searches.ts';
import {
  type BulkReader,
  pagesFrom,
  type SearchPage,
  searchAddress,
} from '#src/io/bulk/search-pages.ts';
import { FhirError } from '#src/io/gateway.ts';

/** What of a search was left unread. */
export type Gap =
  | { readonly why: 'capped'; readonly type: string; readonly count: number }
  /** `forbidden`: the server may hold it. Else it does not know such a search. */
  | { readonly why: 'forbidden' | 'unknown'; readonly type: string; readonly message: string };

/** One search as it went. */
export interface Searched extends SearchCount {
  readonly gap?: Gap;
}

export interface EachPage {
  /** Most resources. */
  readonly cap: number;
  readonly take: (page: SearchPage) => Promise<void> | void;
  /** Goes on where an earlier run ended. */
  readonly from?: {
    readonly address: string;
    readonly read: number;
    readonly total: number | null;
  };
}

/**
 * A search to its end or its cap. A type that the server refuses is a gap and no failure: it need not
 * know every type. Throws `FhirError`, and what `take` throws.
 */
export async function eachPage(
  reader: BulkReader,
  search: TableSearch,
  { cap, take, from }: EachPage,
): Promise<Searched> {
  const { type } = search;
  let { read, total } = from ?? { read: 0, total: null };
  try {
    for await (const page of pagesFrom(reader, from?.address ?? searchAddress(search))) {
      total ??= page.total ?? null;
      read += page.resources.length;
      await take(page);
      if (read >= cap) return { type, read, total, gap: { why: 'capped', type, count: read } };
    }
  } catch (cause) {
    if (!(cause instanceof FhirError)) throw cause;
    const { kind, message } = cause;
    if (kind !== 'forbidden' && kind !== 'invalid' && kind !== 'not-found') throw cause;
    const why = kind === 'forbidden' ? 'forbidden' : 'unknown';
    return { type, read, total, gap: { why, type, message } };
  }
  return { type, read, total: total ?? (await countOf(reader, search)) };
}

/** A server may say how many there are only where it is asked for nothing else. */
async function countOf(reader: BulkReader, search: TableSearch): Promise<number | null> {
  const own = search.params.filter(([name]) => name !== '_count');
  const params = [...own, ['_summary', 'count'] as const];
  const address = searchAddress({ type: search.type, params });
  try {
    for await (const { total } of pagesFrom(reader, address)) return total ?? null;
  } catch (cause) {
    // All rows are there; only the server's own word on their number is not.
    if (!(cause instanceof FhirError)) throw cause;
  }
  return null;
}
