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
export interface Searched {
  readonly type: string;
  /** Resources that came. */
  readonly read: number;
  /** How many the server said there are; null where it did not say. */
  readonly total: number | null;
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
  return { type, read, total };
}
