import type { WrittenTable } from '#src/domain/export/datapackage.ts';
import { surrogates } from '#src/domain/privacy/surrogates.ts';
import { systemClock } from '#src/io/clock.ts';
import type { PackageTarget } from '#src/io/tables-out/package-target.ts';
import { randomNames } from '#src/io/tables-out/random-names.ts';
import { siteWords } from '#src/io/tables-out/site-words.ts';
import { type PackageOptions, writePackage } from '#src/io/tables-out/write-package.ts';
import { appVersion } from './app-version.ts';
import { type Command, EXIT } from './command.ts';
import { readConfigFile } from './config-file.ts';
import { folderTarget } from './export/folder-target.ts';
import { readKey, writeKey } from './export/key-file.ts';
import { type Opened, openRows } from './export/opened.ts';
import { type ExportOptions, readExportOptions } from './export/options.ts';
import { readWords, withWords } from './export/site-words.ts';
import { withBulkFolder } from './sources/bulk/bulk-source.ts';
import { ENGINE_HELP } from './sources/engine.ts';
import { problemsInWords } from './sources/problems.ts';
import { SOURCE_HELP } from './sources/source-options.ts';

const HELP = `clinician-feedback export --from DIR|URL --profile PROFILE --out DIR [OPTIONS]
clinician-feedback export --tables DIR --profile PROFILE --out DIR [OPTIONS]

A research package: the flat tables with codebook, datapackage.json and manifest, and what REDCap,
seismometer, R and Python expect. docs/research.md says what each file is.

  --profile PROFILE   operational: identified, for the hospital itself
                      limited: exact times, random names; needs a data use agreement
                      deidentified: Safe Harbor; random names, years and durations, no free text
  --out DIR           a folder that is not there yet
  --replace           an earlier package in its place gives way once this one is whole
  --only decisions    answers alone, with all that is joined to them; for --engine duckdb
  --format A,B        csv, ndjson, parquet (default csv)
  --with-free-text    comments and titles as they were typed, which identifies; not with deidentified
  --key FILE          keeps which random name is whose, outside the package, so that the next package
                      has the same; made for your eyes only if it is not there. Without: new names
  --words FILE        deidentified: {"column": ["word", …]} that may pass beside the published lists

${SOURCE_HELP}${ENGINE_HELP}`;

export const exportCommand: Command = {
  name: 'export',
  summary: 'a documented research package in one of three privacy profiles',
  help: HELP,
  run: (argv) => exportPackage(readExportOptions(argv)),
};

const STOPPED = 'Stopped; nothing was written.';

const tell = (words: string): void => void process.stderr.write(`${words}\n`);

async function exportPackage(options: ExportOptions): Promise<number> {
  const { profile, key, out } = options;
  const target = await folderTarget(out, options.replace);
  const stop = new AbortController();
  let opened: Opened | undefined;
  const onSignal = () => stop.abort();
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  const goOn = (): void => {
    if (stop.signal.aborted) throw new Error(STOPPED);
  };
  try {
    const names = surrogates(randomNames(), key === undefined ? [] : await readKey(key));
    // It ends a job at the server, or says where it goes on, when it is stopped: so it is waited for.
    const local = await withBulkFolder(options.source);
    opened = await orStopped(openRows(local, options), stop.signal);
    for (const line of problemsInWords(opened.problems)) tell(line);
    const tables = await writeRows(opened, target, options, {
      ...{ profile, freeText: options.freeText, formats: options.formats },
      ...{ surrogates: names, keyed: key !== undefined, words: await wordsFor(options, opened) },
      appVersion: await appVersion(),
      writtenAt: new Date(systemClock.now()).toISOString(),
      origin: { ...opened.from, query: options.query, problems: opened.problems },
      progress: (table, rows) => {
        goOn();
        if (rows % 50_000 === 0) tell(`${table}: ${rows} rows`);
      },
    });
    goOn();
    // Before the package: a package without its key could never be added to.
    if (key !== undefined) await writeKey(key, names.entries());
    await target.finish();
    await opened.close();
    for (const { table, rows } of tables) tell(`${table.name}: ${rows} rows`);
    tell(`${out}: written, profile ${profile}`);
    return EXIT.done;
  } catch (cause) {
    await target.discard();
    await opened?.close();
    if (!stop.signal.aborted) throw cause;
    // What is still being read would keep the process alive, for nothing.
    tell(cause instanceof Error ? cause.message : STOPPED);
    process.exit(EXIT.failed);
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}

/** Where no cell of it is changed, the engine writes the file itself. */
async function writeRows(
  { rows, db }: Opened,
  target: PackageTarget,
  { only, profile, formats }: ExportOptions,
  how: PackageOptions,
): Promise<readonly WrittenTable[]> {
  const isPlain = profile === 'operational' && formats.join() === 'csv';
  if (db === undefined || only === undefined || !isPlain) return writePackage(rows, target, how);
  const { writeAnswers } = await import('./duckdb/answers-package.ts');
  return writeAnswers(db, target, how);
}

async function wordsFor(options: ExportOptions, { site }: Opened) {
  const { config } = options.source;
  const stated = siteWords(site, config === undefined ? undefined : await readConfigFile(config));
  return options.words === undefined ? stated : withWords(stated, await readWords(options.words));
}

/** Reading does not know of Ctrl-C. */
function orStopped<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  signal.addEventListener('abort', () => reject(new Error(STOPPED)));
  return Promise.race([work, promise]);
}
