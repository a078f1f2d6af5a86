import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkTables } from '#src/domain/tables/check-tables.ts';
import { deriveTables } from '#src/domain/tables/derive/derive-tables.ts';
import { responseUnits } from '#src/domain/tables/derive/response-units.ts';
import { TABLES } from '#src/domain/tables/schema.ts';
import { readTables } from '#src/fhir/tables/read-tables.ts';
import { isNeededFirst } from '#src/fhir/tables/table-context.ts';

const ROOT = 'tests/golden/tables';
const cases = readdirSync(ROOT, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

const lines = (path: string): readonly unknown[] =>
  existsSync(path)
    ? readFileSync(path, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line))
    : [];

const withoutNulls = (row: object): object =>
  Object.fromEntries(Object.entries(row).filter(([, cell]) => cell !== null));

function made(name: string, resources: readonly unknown[]) {
  const settings = JSON.parse(readFileSync(`${ROOT}/${name}/settings.json`, 'utf8'));
  const known = resources.filter(isNeededFirst);
  const tables = deriveTables(readTables(resources, { ...settings, known }).read, settings);
  const units = responseUnits(tables.exposures ?? [], tables.decisions ?? []);
  return { tables, units };
}

describe.each(cases)('golden tables: %s', (name) => {
  const resources = lines(`${ROOT}/${name}/fhir.ndjson`);
  const { tables, units } = made(name, resources);

  test.each(Object.values(TABLES).map((table) => table.name))('%s', (table) => {
    const rows = (tables[table] ?? []).map(withoutNulls);
    expect(rows).toEqual(lines(`${ROOT}/${name}/expected/${table}.ndjson`));
  });

  test('response_units', () => {
    expect(units.map(withoutNulls)).toEqual(
      lines(`${ROOT}/${name}/expected/response_units.ndjson`),
    );
  });

  test('are rows that the schema allows, each key once', () => {
    for (const report of checkTables(tables))
      expect(report).toMatchObject({ problems: [], duplicateKeys: 0 });
  });

  test('are the same for any order and any repetition of the lines', () => {
    const order = fc.shuffledSubarray([...resources], { minLength: resources.length });
    fc.assert(
      fc.property(order, fc.subarray([...resources]), (all, again) => {
        expect(made(name, [...all, ...again])).toEqual({ tables, units });
      }),
      { numRuns: 30 },
    );
  });
});

test('the scores of one hospital have labels of the same outcome, both kinds', () => {
  const { outcomes = [], scores = [] } = made(
    'one-hospital',
    lines(`${ROOT}/one-hospital/fhir.ndjson`),
  ).tables;
  const labels = outcomes.filter(({ kind, status }) => kind === 'label' && status === 'final');
  const said = scores.map(({ encounter_id, outcome_code }) =>
    labels
      .filter((row) => row.encounter_id === encounter_id && row.outcome_code === outcome_code)
      .map(({ label }) => label),
  );
  expect(new Set(said.flat())).toEqual(new Set([true, false]));
});
