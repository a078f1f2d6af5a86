import { readConfigFile } from '#src/cli/config-file.ts';
import { FIRST_SEARCHES, tableSearches } from '#src/fhir/tables/table-searches.ts';
import type { BulkResult } from '#src/io/bulk/run-export.ts';
import { systemClock } from '#src/io/clock.ts';
import type { SiteTables } from '#src/io/config/load-settings.ts';
import { contextOf } from '#src/io/tables-in/source-context.ts';
import type { SourceProblem } from '../problems.ts';
import { isSearch, searchFolder } from '../search/search-source.ts';
import { readSiteTables } from '../site-files.ts';
import type { SourceOptions } from '../source-options.ts';
import { withBulkCure } from './bulk-failure.ts';
import { downloadBulk } from './download-bulk.ts';

/**
 * The same options, with the folder in place of the server where a bulk export or a search that is kept
 * was asked for and has been made. Ctrl-C is heeded here, so that the server's job ends with it. Throws an Error for the user.
 */
export async function withBulkFolder(
  options: SourceOptions,
  known?: SiteTables,
): Promise<SourceOptions> {
  const { from, since } = options;
  if (!('server' in from) || !from.bulk) return options;
  const { server, bulk } = from;
  const site = known ?? (await readSiteTables(options.settings, options.timeZone));
  const folder = bulk.folder.replace(/[\\/]$/, '');
  const { level } = bulk;
  if (level === 'search' || (bulk.resume && (await isSearch(folder)))) {
    const how = { folder, resume: bulk.resume };
    return {
      ...options,
      from: { folder, exported: await searchFolder(server, how, options, site) },
    };
  }
  const config = options.config === undefined ? undefined : await readConfigFile(options.config);
  const searches = [...FIRST_SEARCHES, ...tableSearches(contextOf(server, config, site))];
  const types = [...new Set(searches.map(({ type }) => type))].toSorted();
  const stop = new AbortController();
  const onSignal = () => stop.abort();
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  try {
    const result = await withBulkCure(server, () =>
      downloadBulk(server, { ...bulk, level, since }, types, {
        fetch: globalThis.fetch,
        clock: systemClock,
        pause: (ms) => pause(ms, stop.signal),
        stop: stop.signal,
        tell: (words) => process.stderr.write(`${words}\n`),
      }),
    );
    process.stderr.write(`${bulk.folder}: the server's time was ${result.transactionTime}\n`);
    const exported = { server, whole: result.whole, problems: problemsOf(result, server) };
    return { ...options, from: { folder: bulk.folder, exported } };
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}

/** What the server could not export, in numbers. */
const problemsOf = ({ outcomes }: BulkResult, place: string): readonly SourceProblem[] =>
  [...outcomes].map(([outcome, times]) => ({
    place,
    message: `the server says of its export: ${outcome}, ${times} times`,
    times,
  }));

function pause(ms: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (stop.aborted) return resolve();
    const cancel = systemClock.after(ms, resolve);
    stop.addEventListener('abort', () => {
      cancel();
      resolve();
    });
  });
}
