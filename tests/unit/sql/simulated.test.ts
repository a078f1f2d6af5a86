import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { copyTables } from '#src/cli/duckdb/copy-tables.ts';
import { rowsInDatabase } from '#src/cli/duckdb/row-source.ts';
import { tablesFromFolder } from '#src/cli/duckdb/tables-from-folder.ts';
import { writeSimulation } from '#src/cli/simulate/write.ts';
import { readFhirFolder } from '#src/cli/sources/fhir-folder.ts';
import { simulate } from '#src/domain/simulate/simulate.ts';
import { deriveTables } from '#src/domain/tables/derive/derive-tables.ts';
import { TABLES } from '#src/domain/tables/schema.ts';
import { rowsIn, withoutNulls } from '#tests/support/sql/folders.ts';

const place = mkdtempSync(join(tmpdir(), 'simulated-'));
afterAll(() => rmSync(place, { recursive: true, force: true }));

/**
 * Lines that went wrong on the way; one is JSON of a shape that FHIR does not allow, in a file of its own.
 * One Patient is longer than the pieces in which files are taken.
 */
function spoil(fhir: string): void {
  const path = join(fhir, 'RiskAssessment.ndjson');
  const [first = '', ...others] = readFileSync(path, 'utf8').split('\n');
  writeFileSync(path, [first, '{"resourceType":"RiskAss', ...others].join('\n'));
  const line = readFileSync(join(fhir, 'Observation.ndjson'), 'utf8').split('\n')[0] ?? '';
  appendFileSync(
    join(fhir, 'Observation.002.ndjson'),
    `${JSON.stringify({ ...JSON.parse(line), note: 'no list' })}\n\n`,
  );
  const patients = join(fhir, 'Patient.ndjson');
  const [patient = '', ...rest] = readFileSync(patients, 'utf8').split('\n');
  const told = { text: { status: 'generated', div: 'long '.repeat(2 << 20) } };
  writeFileSync(
    patients,
    [...rest, JSON.stringify({ ...JSON.parse(patient), ...told }), ''].join('\n'),
  );
}

test('DuckDB and TypeScript make the same tables of a hospital, and name the same broken line', async () => {
  const made = simulate({
    scenario: 'alert-fatigue',
    seed: 4,
    weeks: 2,
    perWeek: 60,
    start: '2026-03-23',
  });
  const quiet = { check: () => undefined, progress: () => undefined };
  await writeSimulation(made, { folder: place, format: 'csv', decisions: undefined, ...quiet });
  const fhir = join(place, 'fhir');
  spoil(fhir);
  const { outcomes = [], ...stated } = JSON.parse(
    readFileSync(join(place, 'settings.json'), 'utf8'),
  );
  // Weeks begin at another hour in each: one of the two changes its clocks in this fortnight.
  const [first, ...more] = stated.sites;
  const settings = {
    ...stated,
    sites: [
      { ...first, timeZone: 'Europe/Berlin' },
      ...more.map((site: object) => ({ ...site, timeZone: 'America/Phoenix' })),
    ],
  };
  const server = 'https://folder.invalid/fhir';
  const source = { aiDevices: [], probabilityScales: [{ source: '*', scale: 'percent' as const }] };
  const context = { server, sink: 'hospital-store' as const, source, outcomes };

  const read = await readFhirFolder(fhir, context, () => undefined);
  const tables = deriveTables(read.read, settings);
  const found = await tablesFromFolder(fhir, context, settings, { beside: place, threads: 1 });
  try {
    expect(found.problems.all()).toEqual(read.problems.all());
    expect(JSON.stringify(found.problems.all())).toContain('RiskAssessment.ndjson, line 2');
    expect(found.bySql).toBeGreaterThan(
      (tables.decisions?.length ?? 0) + (tables.scores?.length ?? 0),
    );
    for (const table of Object.values(TABLES).filter((one) => one.name !== 'shifts')) {
      const expected = (tables[table.name] ?? []).map(withoutNulls);
      expect({ [table.name]: await rowsIn(found.db, table) }).toEqual({ [table.name]: expected });
    }
    // Nothing but tables is left, so that aggregates find no name taken.
    for (const one of readdirSync('src/sql/aggregates')
      .filter((name) => name.endsWith('.sql'))
      .toSorted())
      await found.db.run(readFileSync(join('src/sql/aggregates', one), 'utf8'));
    const answers = [];
    for await (const row of rowsInDatabase(found.db).rows('decisions')) answers.push(row);
    expect(answers).toEqual(tables.decisions);
    for (const format of ['csv', 'parquet'] as const)
      for (const { table, path, rows } of await copyTables(found.db, join(place, format), format)) {
        const read = format === 'csv' ? 'read_csv' : 'read_parquet';
        const [counted] = await found.db.rows(`SELECT count(*) AS n FROM ${read}('${path}')`);
        expect([table, Number(counted?.n)]).toEqual([table, rows]);
      }
  } finally {
    await found.db.close();
  }
}, 30_000);
