import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '#src/cli/duckdb/database.ts';
import { accuracy } from '#src/domain/metrics/accuracy.ts';
import { adoption } from '#src/domain/metrics/adoption.ts';
import { burden } from '#src/domain/metrics/burden.ts';
import type { Counting } from '#src/domain/metrics/counts.ts';
import { factsOf } from '#src/domain/metrics/facts/facts.ts';
import { reach } from '#src/domain/metrics/reach.ts';
import { reasons } from '#src/domain/metrics/reasons.ts';
import { responseTime } from '#src/domain/metrics/response-time.ts';
import { collectBy, type Sliceable } from '#src/domain/metrics/slices.ts';
import { simulate } from '#src/domain/simulate/simulate.ts';
import type { Table } from '#src/domain/tables/column.ts';
import { TABLES, type Tables } from '#src/domain/tables/schema.ts';
import { text } from '#src/sql/fhirpath/compile.ts';
import { columnTypes } from '#src/sql/tables/typed-row.ts';
import { GOLDEN, linesOf } from '#tests/support/sql/folders.ts';
import { postgres, postgresFolder } from '#tests/support/sql/postgres.ts';

const FOLDER = 'src/sql/aggregates';
const files = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.sql'))
  .toSorted();
const statements = files.map((name) => readFileSync(join(FOLDER, name), 'utf8'));
const USED = [
  'decisions',
  'exposures',
  'recommendations',
  'scores',
  'outcomes',
  'encounters',
] as const;

type Row = Readonly<Record<string, unknown>>;

/** Cases that no simulation has: answers replaced, taken back, unreadable, by clocks that disagree. */
const golden = (name: string, table: string): readonly Row[] => {
  const path = `${GOLDEN}/${name}/expected/${table}.ndjson`;
  return existsSync(path) ? linesOf<Row>(path) : [];
};

const whole = (table: Table, row: Row): Row =>
  Object.fromEntries(Object.keys(table.columns).map((name) => [name, row[name] ?? null]));

/** A hospital that never was, and the hard cases. */
function rowsOfAll(): Tables {
  const options = { seed: 7, weeks: 2, perWeek: 150, start: '2026-03-23' };
  const weeks = [...simulate({ ...options, scenario: 'alert-fatigue' }).pieces()];
  const of = (name: (typeof USED)[number]): readonly Row[] => [
    ...weeks.flatMap(({ tables }): readonly Row[] => tables[name] ?? []),
    ...['answers', 'clocks-and-zones'].flatMap((one) => golden(one, name)),
  ];
  return JSON.parse(
    JSON.stringify(
      Object.fromEntries(
        USED.map((name) => [name, of(name).map((row) => whole(TABLES[name], row))]),
      ),
    ),
  );
}

const tables = rowsOfAll();

/** `model_id`, `week`, `cluster`, `cell`, `n` as TypeScript counts them, one line each. */
function counted<Row extends Sliceable>(
  metric: Counting<Row>,
  rows: readonly Row[],
): readonly string[] {
  return [...collectBy(metric, rows, ['model', 'week']).values()]
    .flatMap(({ slice, counts }) =>
      [...counts].flatMap(([cluster, cells]) =>
        [...cells].map(([cell, n]) => JSON.stringify([...slice, cluster, cell, n])),
      ),
    )
    .toSorted();
}

const facts = factsOf(tables);
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  adoption: counted(adoption, facts.presentations()),
  reasons: counted(reasons, facts.presentations()),
  response_time: counted(responseTime, facts.presentations()),
  reach: counted(reach, facts.reached()),
  burden: counted(burden, facts.wardLoads()).filter((line) => !line.includes('"hours"')),
  accuracy_by_encounter: counted(accuracy('encounter'), facts.judged.encounter()),
};
const NAMES = Object.keys(EXPECTED);
const select = (name: string): string =>
  `SELECT model_id, week, cluster, cell, CAST(n AS VARCHAR) AS n FROM ${name}`;

const place = mkdtempSync(join(tmpdir(), 'aggregates-'));
let duckdb: Database;
beforeAll(async () => {
  duckdb = await openDatabase({ beside: place, threads: 1 });
  for (const name of USED) {
    const table: Table = TABLES[name];
    const path = join(place, `${name}.ndjson`);
    writeFileSync(path, (tables[name] ?? []).map((row) => `${JSON.stringify(row)}\n`).join(''));
    const columns = columnTypes(table).map(([column, type]) => `${text(column)}: ${text(type)}`);
    await duckdb.run(
      `CREATE TABLE ${name} AS FROM read_json(${text(path)}, columns = {${columns.join(', ')}})`,
    );
  }
  for (const sql of statements) await duckdb.run(sql);
});
afterAll(async () => {
  await duckdb.close();
  rmSync(place, { recursive: true, force: true });
});

const sorted = (rows: readonly (readonly unknown[])[]): readonly string[] =>
  rows.map((row) => JSON.stringify([...row.slice(0, 4), Number(row[4])])).toSorted();

describe('aggregates in SQL count what TypeScript counts', () => {
  test.each(NAMES)('%s in DuckDB', async (name) => {
    const rows = await duckdb.rows(select(name));
    expect(EXPECTED[name]?.length).toBeGreaterThan(3);
    expect(sorted(rows.map((row) => Object.values(row)))).toEqual(EXPECTED[name]);
  });

  const programs = postgresFolder();
  if (programs === undefined)
    process.stderr.write('SKIPPED: PostgreSQL is not installed; its aggregates were not run.\n');

  test.skipIf(programs === undefined)(
    'all of them in PostgreSQL',
    async () => {
      const server = postgres(programs ?? '');
      try {
        const load: string[] = [];
        for (const name of USED) {
          const path = join(server.exchange, `${name}.csv`);
          await duckdb.run(`COPY ${name} TO ${text(path)} (HEADER false)`);
          const types: Readonly<Record<string, string>> = { DOUBLE: 'double precision' };
          const columns = columnTypes(TABLES[name]).map(
            ([column, type]) => `"${column}" ${types[type] ?? type}`,
          );
          load.push(`CREATE TABLE ${name} (${columns.join(', ')})`);
          load.push(`COPY ${name} FROM ${text(path)} (FORMAT csv)`);
        }
        const out = (name: string) => join(server.exchange, `${name}.json`);
        const save = NAMES.map(
          (
            name,
          ) => `COPY (SELECT COALESCE(json_agg(json_build_array(model_id, week, cluster, cell, n)), '[]')
          FROM ${name}) TO ${text(out(name))}`,
        );
        server.run([...load, ...statements, ...save]);
        for (const name of NAMES)
          expect({ [name]: sorted(JSON.parse(readFileSync(out(name), 'utf8'))) }).toEqual({
            [name]: EXPECTED[name],
          });
      } finally {
        server.remove();
      }
    },
    60_000,
  );
});
