import { type ReadTables, tableReader } from '#src/fhir/tables/read-tables.ts';
import type { TableContext } from '#src/fhir/tables/table-context.ts';
import {
  FIRST_SEARCHES,
  type TableSearch,
  tableSearches,
} from '#src/fhir/tables/table-searches.ts';
import { type BulkReader, searchPages } from '#src/io/bulk/search-pages.ts';
import { FhirError } from '#src/io/gateway.ts';
import { type Problems, problemList } from './problems.ts';

export interface FhirServer extends Omit<ReadTables, 'problems'> {
  readonly resources: number;
  readonly problems: Problems;
  /** False where the cap or a refusal left something unread. */
  readonly whole: boolean;
}

export interface ServerLimits {
  /** ISO 8601: only what was stored since then, by the server's clock. */
  readonly since: string | undefined;
  /** Most resources of one search. */
  readonly cap: number;
}

/** What the tables need of a FHIR server, page by page. Throws `FhirError` where it fails or refuses the token. */
export async function readFhirServer(
  reader: BulkReader,
  context: Omit<TableContext, 'known'>,
  { since, cap }: ServerLimits,
  progress: (words: string) => void,
): Promise<FhirServer> {
  const problems = problemList();
  let resources = 0;
  let whole = since === undefined;
  const known: unknown[] = [];
  for (const search of FIRST_SEARCHES) await each(search, (one) => known.push(one));
  const tables = tableReader({ ...context, known });
  for (const one of known) tables.add(one);
  for (const { type, params } of tableSearches(context)) {
    const recent = since === undefined ? [] : [['_lastUpdated', `ge${since}`] as const];
    await each({ type, params: [...params, ...recent] }, (one) => tables.add(one));
  }
  const { read, problems: found } = tables.done();
  problems.addRead(reader.baseUrl, found);
  return { read, resources, problems, whole };

  async function each(search: TableSearch, take: (resource: unknown) => void): Promise<void> {
    let count = 0;
    try {
      for await (const page of searchPages(reader, search)) {
        for (const one of page) take(one);
        count += page.length;
        resources += page.length;
        progress(`${search.type}: ${count}`);
        if (count < cap) continue;
        whole = false;
        const more = `${search.type}: read up to ${count}; there may be more. Raise --cap`;
        return problems.add(reader.baseUrl, more);
      }
    } catch (cause) {
      if (!(cause instanceof FhirError)) throw cause;
      const known = `${search.type}: ${cause.message}`;
      // A server need not know every type; one that forbids a type may hold it.
      if (cause.kind === 'forbidden') whole = false;
      else if (cause.kind !== 'invalid' && cause.kind !== 'not-found') throw cause;
      problems.add(reader.baseUrl, `${known} What it would tell is missing`);
    }
  }
}
