import type { Problem } from '#src/domain/problem.ts';
import type { SourcedTables } from '#src/domain/tables/derive/sourced.ts';
import { tableReader } from '#src/fhir/tables/read-tables.ts';
import type { TableContext } from '#src/fhir/tables/table-context.ts';
import { FIRST_SEARCHES, type TableSearch } from '#src/fhir/tables/table-searches.ts';
import type { BulkReader, SearchPage } from '#src/io/bulk/search-pages.ts';
import { eachPage, type Gap, type Searched } from './each-page.ts';

export interface ServerRead {
  readonly read: SourcedTables;
  readonly problems: readonly Problem[];
  readonly gaps: readonly Gap[];
  readonly resources: number;
  /** What each search gave, to be held against what the server says it has. */
  readonly searched: readonly Searched[];
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
  const searched: Searched[] = [];
  const known: unknown[] = [];
  for (const search of FIRST_SEARCHES) await each(search, (one) => known.push(one));
  const tables = tableReader({ ...context, known });
  for (const one of known) tables.add(one);
  for (const search of searches) await each(search, (one) => tables.add(one));
  const gaps = searched.flatMap(({ gap }) => gap ?? []);
  const resources = searched.reduce((sum, { read }) => sum + read, 0);
  return { ...tables.done(), gaps, resources, searched };

  async function each(search: TableSearch, take: (resource: unknown) => void): Promise<void> {
    let count = 0;
    const onPage = ({ resources: page }: SearchPage): void => {
      for (const one of page) take(one);
      count += page.length;
      progress(search.type, count);
    };
    searched.push(await eachPage(reader, search, { cap, take: onPage }));
  }
}
