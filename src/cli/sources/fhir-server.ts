import { mismatches } from '#src/domain/export/reconcile.ts';
import type { SourcedTables } from '#src/domain/tables/derive/sourced.ts';
import type { TableContext } from '#src/fhir/tables/table-context.ts';
import { type TableSearch, tableSearches } from '#src/fhir/tables/table-searches.ts';
import type { BulkReader } from '#src/io/bulk/search-pages.ts';
import type { Gap, Searched } from '#src/io/tables-in/each-page.ts';
import { readServer } from '#src/io/tables-in/read-server.ts';
import { type Problems, problemList } from './problems.ts';

export interface FhirServer {
  readonly read: SourcedTables;
  readonly resources: number;
  readonly searched: readonly Searched[];
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

/** What the tables need of a FHIR server, in words for a terminal. Throws `FhirError`. */
export async function readFhirServer(
  reader: BulkReader,
  context: Omit<TableContext, 'known'>,
  { since, cap }: ServerLimits,
  progress: (words: string) => void,
): Promise<FhirServer> {
  const searches = tableSearches(context).map((search) => storedSince(search, since));
  const tell = (type: string, count: number) => progress(`${type}: ${count}`);
  const found = await readServer(reader, context, { searches, cap, progress: tell });
  const problems = problemList();
  for (const words of unreadIn(found.searched)) problems.add(reader.baseUrl, words);
  problems.addRead(reader.baseUrl, found.problems);
  const whole = since === undefined && found.gaps.every(({ why }) => why === 'unknown');
  const { read, resources, searched } = found;
  return { read, resources, searched, problems, whole };
}

/** @param since ISO 8601; undefined: from the beginning. */
export const storedSince = (
  { type, params }: TableSearch,
  since: string | undefined,
): TableSearch => ({
  type,
  params: since === undefined ? params : [...params, ['_lastUpdated', `ge${since}`]],
});

/** What is missing of what the server has, in words with the cure. */
export const unreadIn = (searched: readonly Searched[]): readonly string[] => [
  ...searched.flatMap(({ gap }) => (gap ? [gapInWords(gap)] : [])),
  ...mismatches(searched.filter(({ gap }) => !gap)),
];

const gapInWords = (gap: Gap): string =>
  gap.why === 'capped'
    ? `${gap.type}: read up to ${gap.count}; there may be more. Raise --cap`
    : `${gap.type}: ${gap.message} What it would tell is missing`;
