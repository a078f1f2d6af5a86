import { access, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '#src/cli/command.ts';
import { readConfigFile } from '#src/cli/config-file.ts';
import {
  FIRST_SEARCHES,
  type TableSearch,
  tableSearches,
} from '#src/fhir/tables/table-searches.ts';
import { searchAddress } from '#src/io/bulk/search-pages.ts';
import { systemClock } from '#src/io/clock.ts';
import type { SiteTables } from '#src/io/config/load-settings.ts';
import type { Searched } from '#src/io/tables-in/each-page.ts';
import { contextOf } from '#src/io/tables-in/source-context.ts';
import { storedSince, unreadIn } from '../fhir-server.ts';
import { withServerName } from '../server-failure.ts';
import type { ExportedFrom, SourceOptions } from '../source-options.ts';
import { tokenFor } from '../token.ts';
import { begun, downloadSearches } from './download-search.ts';
import {
  readSearchState,
  SEARCH_STATE,
  type SearchState,
  saveSearchState,
} from './search-state.ts';

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** Whether an interrupted search is what a folder's `.partial` holds. */
export const isSearch = (folder: string): Promise<boolean> =>
  isThere(join(`${folder}.partial`, SEARCH_STATE));

/**
 * A server's searches as a folder of NDJSON, which takes its name once it is whole. Whatever ends it
 * sooner, Ctrl-C too: `--resume` goes on behind the last page that was read. Throws an Error for the user.
 */
export async function searchFolder(
  server: string,
  { folder, resume }: { readonly folder: string; readonly resume: boolean },
  options: SourceOptions,
  site: SiteTables,
): Promise<ExportedFrom> {
  const partial = `${folder}.partial`;
  const before = resume ? await readSearchState(join(partial, SEARCH_STATE)) : undefined;
  const since = before ? before.since : options.since;
  const searches = await searchesOf(server, since, options, site);
  const state = before ?? {
    ...{ server, cap: options.cap, searches: begun(searches) },
    ...(since !== undefined && { since }),
  };
  refuseOther(state, server, searches);
  if (!before) await newFolder(folder, partial, state);
  const stop = new AbortController();
  const onSignal = () => stop.abort();
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  const reader = {
    ...{ baseUrl: server, token: tokenFor(server, server) },
    ...{ fetch: globalThis.fetch, clock: systemClock, stop: stop.signal },
  };
  try {
    const found = await withServerName(server, () =>
      downloadSearches(reader, partial, state, searches, tell),
    );
    await rename(partial, folder);
    return exportedFrom(server, since, found);
  } catch (cause) {
    const why = stop.signal.aborted ? 'Stopped.' : cause instanceof Error ? cause.message : '';
    throw new Error(`${why} ${await whatStays(folder, partial)}`, { cause });
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}

const tell = (words: string): void => void process.stderr.write(`${words}\n`);

async function searchesOf(
  server: string,
  since: string | undefined,
  options: SourceOptions,
  site: SiteTables,
): Promise<readonly TableSearch[]> {
  const config = options.config === undefined ? undefined : await readConfigFile(options.config);
  const own = tableSearches(contextOf(server, config, site));
  return [...FIRST_SEARCHES, ...own.map((search) => storedSince(search, since))];
}

/** A folder must not say where a token goes, and settings that changed would ask for something else. */
function refuseOther(state: SearchState, server: string, searches: readonly TableSearch[]): void {
  if (state.server !== server)
    throw new UsageError(`--resume: that folder is of another server, ${state.server}.`);
  const same =
    state.searches.length === searches.length &&
    searches.every((search, at) => searchAddress(search) === state.searches[at]?.asked);
  if (!same)
    throw new UsageError(
      '--resume goes on as it began: give the same --settings and --config, or begin anew.',
    );
}

async function newFolder(folder: string, partial: string, state: SearchState): Promise<void> {
  if (await isThere(folder))
    throw new UsageError(`${folder} is there already: read it with --from ${folder}.`);
  if (await isThere(partial))
    throw new UsageError(
      `${partial} is left of an export that was interrupted: go on with --resume ${folder}, or remove it.`,
    );
  await mkdir(partial, { recursive: true, mode: 0o700 });
  await saveSearchState(join(partial, SEARCH_STATE), state);
}

/** Nobody has to remove a folder in which there is nothing. */
async function whatStays(folder: string, partial: string): Promise<string> {
  const { searches } = await readSearchState(join(partial, SEARCH_STATE));
  if (searches.some(({ read }) => read > 0))
    return `What was read is in ${partial}: go on with --resume ${folder}.`;
  await rm(partial, { recursive: true });
  return 'Nothing was kept.';
}

function exportedFrom(
  server: string,
  since: string | undefined,
  searched: readonly Searched[],
): ExportedFrom {
  const gaps = searched.flatMap(({ gap }) => gap ?? []);
  return {
    ...{ server, searched },
    whole: since === undefined && gaps.every(({ why }) => why === 'unknown'),
    problems: unreadIn(searched).map((message) => ({ place: server, message, times: 1 })),
  };
}
