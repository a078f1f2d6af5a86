import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { TableSearch } from '#src/fhir/tables/table-searches.ts';
import { type BulkReader, type SearchPage, searchAddress } from '#src/io/bulk/search-pages.ts';
import { eachPage, type Searched } from '#src/io/tables-in/each-page.ts';
import {
  SEARCH_STATE,
  type SearchProgress,
  type SearchState,
  saveSearchState,
} from './search-state.ts';

/** What is to be read, with nothing of it read yet. */
export const begun = (searches: readonly TableSearch[]): readonly SearchProgress[] =>
  searches.map((search, at) => ({
    asked: searchAddress(search),
    file: `${search.type}.${String(at + 1).padStart(2, '0')}.ndjson`,
    ...{ read: 0, bytes: 0, total: null, done: false },
  }));

/**
 * Searches into a folder, a page at a time: a page counts once it is on the disk and the state says so,
 * so that this can end anywhere and go on. Throws `FhirError`.
 * @param state as it began, or as an interrupted run left it. @param searches those of the state, in order.
 */
export async function downloadSearches(
  reader: BulkReader,
  folder: string,
  state: SearchState,
  searches: readonly TableSearch[],
  tell: (words: string) => void,
): Promise<readonly Searched[]> {
  const progress = [...state.searches];
  const found: Searched[] = [];
  const save = (at: number, now: SearchProgress): Promise<void> => {
    progress[at] = now;
    return saveSearchState(join(folder, SEARCH_STATE), { ...state, searches: progress });
  };
  for (const [at, search] of searches.entries()) {
    const before = progress[at];
    if (!before) throw new RangeError('The state is of other searches.');
    const after = before.done ? before : await one(search, before, (now) => save(at, now));
    found.push({ type: search.type, ...after });
  }
  return found;

  async function one(
    search: TableSearch,
    before: SearchProgress,
    keep: (now: SearchProgress) => Promise<void>,
  ): Promise<SearchProgress> {
    if (before.next === undefined) return fill(search, { ...before, read: 0, bytes: 0 }, keep);
    const after = await fill(search, before, keep);
    // Servers forget their pages: then this search is asked anew.
    if (after.read > before.read || after.gap === undefined || after.gap.why === 'capped')
      return after;
    const { next: _, gap: __, ...anew } = before;
    return fill(search, { ...anew, read: 0, bytes: 0 }, keep);
  }

  async function fill(
    search: TableSearch,
    before: SearchProgress,
    keep: (now: SearchProgress) => Promise<void>,
  ): Promise<SearchProgress> {
    let now = before;
    const file = await open(join(folder, before.file), 'a', 0o600);
    const take = async ({ resources, next, total }: SearchPage): Promise<void> => {
      const text = resources.map((resource) => `${JSON.stringify(resource)}\n`).join('');
      await file.writeFile(text);
      await file.datasync();
      const { next: _, ...rest } = now;
      now = {
        ...rest,
        read: now.read + resources.length,
        bytes: now.bytes + Buffer.byteLength(text),
        total: now.total ?? total ?? null,
        ...(next !== undefined && { next }),
      };
      tell(`${search.type}: ${now.read}`);
      await keep(now);
    };
    try {
      await file.truncate(before.bytes);
      const { next, read, total } = before;
      const from = next === undefined ? {} : { from: { address: next, read, total } };
      const { gap, total: said } = await eachPage(reader, search, {
        cap: state.cap,
        take,
        ...from,
      });
      const { next: _, ...rest } = now;
      now = { ...rest, total: said, done: true, ...(gap && { gap }) };
    } finally {
      await file.close();
    }
    await keep(now);
    return now;
  }
}
