import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeAnswers } from '#src/cli/duckdb/answers-package.ts';
import { copyTables } from '#src/cli/duckdb/copy-tables.ts';
import { openDatabase } from '#src/cli/duckdb/database.ts';
import { tablesFromFolder } from '#src/cli/duckdb/tables-from-folder.ts';
import { folderTarget } from '#src/cli/export/folder-target.ts';
import { fileLines } from '#src/cli/sources/file-lines.ts';
import { readSiteTables } from '#src/cli/sources/site-files.ts';
import { contextOf } from '#src/io/tables-in/source-context.ts';
import { text } from '#src/sql/fhirpath/compile.ts';

// One thing to measure, in a process of its own, so that its peak memory is its own:
// `node job.ts NAME FOLDER OUT` prints {"startMs","ms","cpuMs","peakMb"}.
const [, , name = '', folder = '', out = ''] = process.argv;
const fhir = join(folder, 'fhir');
const files = readdirSync(fhir)
  .filter((one) => one.endsWith('.ndjson'))
  .map((one) => join(fhir, one));
/** Processor time of a program that is started here. */
let childMs = 0;
const AGGREGATES = 'src/sql/aggregates';

async function tables(only?: 'decisions') {
  const site = await readSiteTables(join(folder, 'settings.json'), 'UTC');
  const context = contextOf(undefined, undefined, site);
  const source = {
    ...context.source,
    probabilityScales: [{ source: '*', scale: 'percent' as const }],
  };
  return tablesFromFolder(fhir, { ...context, source }, site, {
    beside: out,
    ...(only && { only }),
  });
}

async function copied(format: 'csv' | 'parquet'): Promise<void> {
  const { db } = await tables();
  await copyTables(db, out, format);
  await db.close();
}

const JOBS: Readonly<Record<string, () => Promise<void>>> = {
  csv: () => copied('csv'),
  parquet: () => copied('parquet'),
  async decisions() {
    const { db } = await tables('decisions');
    const target = await folderTarget(join(out, 'package'), false);
    await writeAnswers(db, target, {
      freeText: true,
      appVersion: 'bench',
      writtenAt: '',
      origin: { kind: 'folder', place: fhir, query: {}, whole: true, problems: [] },
    });
    await target.finish();
    await db.close();
  },
  async aggregates() {
    const { db } = await tables();
    const all = readdirSync(AGGREGATES)
      .filter((one) => one.endsWith('.sql'))
      .toSorted();
    for (const one of all) await db.run(readFileSync(join(AGGREGATES, one), 'utf8'));
    for (const one of all.filter((each) => each.startsWith('3-'))) {
      const view = one.slice(2, -'.sql'.length).replaceAll('-', '_');
      await db.run(`COPY (SELECT * FROM ${view}) TO ${text(join(out, `${view}.csv`))}`);
    }
    await db.close();
  },
  async floor() {
    const db = await openDatabase({ beside: out });
    const reference = 'STRUCT(reference VARCHAR)';
    await db.run(`COPY (SELECT resourceType, id, meta.versionId, meta.lastUpdated, status,
        subject.reference AS subject, encounter.reference AS encounter, effectiveDateTime
      FROM read_json([${files.map(text).join(', ')}], format = 'newline_delimited', columns = {
        resourceType: 'VARCHAR', id: 'VARCHAR', meta: 'STRUCT(versionId VARCHAR, lastUpdated VARCHAR)',
        status: 'VARCHAR', subject: '${reference}', encounter: '${reference}', effectiveDateTime: 'VARCHAR'}))
      TO ${text(join(out, 'floor.csv'))} (HEADER true)`);
    await db.close();
  },
  async parse() {
    for (const file of files)
      for await (const line of fileLines(file)) if (line !== '') JSON.parse(line);
  },
  async jq() {
    const row = '[.resourceType,.id,.status,.subject.reference,.encounter.reference]|@csv';
    // The shell is who can say what another process took.
    const script = 'TIMEFORMAT="%U %S"; time jq -r "$0" "$@" > /dev/null';
    const { status, error, stderr } = spawnSync('bash', ['-c', script, row, ...files], {
      encoding: 'utf8',
    });
    childMs = stderr
      .trim()
      .split(' ')
      .reduce((sum, one) => sum + Number(one) * 1_000, 0);
    if (status !== 0) throw error ?? new Error('jq failed.');
  },
};

const job = JOBS[name];
if (!job) throw new RangeError(`There is no job ${name}.`);
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
// What stands before the first line is read: Node, the modules, the engine.
await (await openDatabase({ beside: out })).close();
const startMs = performance.now();
const before = process.cpuUsage();
await job();
const ms = performance.now() - startMs;
const { user, system } = process.cpuUsage(before);
const cpuMs = (user + system) / 1_000 + childMs;
process.stdout.write(
  JSON.stringify({ startMs, ms, cpuMs, peakMb: process.resourceUsage().maxRSS / 1_024 }),
);
