import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { copyTables } from '#src/cli/duckdb/copy-tables.ts';
import { openDatabase } from '#src/cli/duckdb/database.ts';
import { tablesFromFolder } from '#src/cli/duckdb/tables-from-folder.ts';
import { fileLines } from '#src/cli/sources/file-lines.ts';
import { readSiteTables } from '#src/cli/sources/site-files.ts';
import { contextOf } from '#src/cli/sources/source-context.ts';
import { text } from '#src/sql/fhirpath/compile.ts';

// One thing to measure, in a process of its own, so that its peak memory is its own:
// `node job.ts NAME FOLDER OUT` prints {"startMs","ms","peakMb"}.
const [, , name = '', folder = '', out = ''] = process.argv;
const fhir = join(folder, 'fhir');
const files = readdirSync(fhir)
  .filter((one) => one.endsWith('.ndjson'))
  .map((one) => join(fhir, one));
const AGGREGATES = 'src/sql/aggregates';

async function tables() {
  const site = await readSiteTables(join(folder, 'settings.json'), 'UTC');
  const context = contextOf(undefined, undefined, site);
  const source = {
    ...context.source,
    probabilityScales: [{ source: '*', scale: 'percent' as const }],
  };
  return tablesFromFolder(fhir, { ...context, source }, site, { beside: out });
}

async function copied(format: 'csv' | 'parquet'): Promise<void> {
  const { db } = await tables();
  await copyTables(db, out, format);
  await db.close();
}

const JOBS: Readonly<Record<string, () => Promise<void>>> = {
  csv: () => copied('csv'),
  parquet: () => copied('parquet'),
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
    const { status, error } = spawnSync('jq', ['-r', row, ...files], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
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
await job();
const ms = performance.now() - startMs;
process.stdout.write(
  JSON.stringify({ startMs, ms, peakMb: process.resourceUsage().maxRSS / 1_024 }),
);
