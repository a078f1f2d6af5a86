import { describe, expect, it } from 'vitest';
import { resourceMaker } from '#src/cli/simulate/resources.ts';
import { configFile, settingsFile } from '#src/cli/simulate/site-files.ts';
import { simulate } from '#src/domain/simulate/simulate.ts';
import type { SimulationOptions } from '#src/domain/simulate/simulation.ts';
import { deriveTables } from '#src/domain/tables/derive/derive-tables.ts';
import { TABLES, type TableName, type Tables } from '#src/domain/tables/schema.ts';
import { readTables } from '#src/fhir/tables/read-tables.ts';
import { isNeededFirst } from '#src/fhir/tables/table-context.ts';
import { checkConfig } from '#src/io/config/load.ts';
import { checkSiteTables } from '#src/io/config/load-settings.ts';
import { contextOf } from '#src/io/tables-in/source-context.ts';
import { expectValid } from '#tests/support/validation/expect-valid.ts';
import { rowsOf } from './rows.ts';

const SMALL = { weeks: 3, perWeek: 50, start: '2026-01-05' } as const;

type Row = Readonly<Record<string, unknown>>;

const inKeyOrder = (name: TableName, rows: readonly Row[]): readonly Row[] => {
  const key = (row: Row) => JSON.stringify(TABLES[name].key.map((column) => row[column]));
  return rows.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
};

/** As FHIR has it: without what no resource of ours says. docs/simulate.md lists the same. */
const held = (name: TableName, row: Row): Row => ({
  ...row,
  ...('payer' in row && { payer: null }),
  ...(name === 'changes' && { site: null, change_id: `Observation/${row.change_id}` }),
});

/** No resource says that something did not happen: a rule of the site does, at the end of the encounter. */
const isResource = (name: TableName, row: Row): boolean =>
  name !== 'outcomes' || row.label === true;

function readBack(options: SimulationOptions): { readonly sent: Tables; readonly read: Tables } {
  const made = simulate(options);
  const sent = rowsOf(made);
  const maker = resourceMaker(made);
  const resources: unknown[] = [...maker.standing(), ...maker.of(sent)].map((one) =>
    JSON.parse(JSON.stringify(one)),
  );
  const site = checkSiteTables(JSON.parse(JSON.stringify(settingsFile(made))));
  const context = contextOf(undefined, checkConfig(configFile()), site);
  const { read, problems } = readTables(resources, {
    ...context,
    known: resources.filter(isNeededFirst),
  });
  expect(problems).toEqual([]);
  return { sent: { ...sent, ...made.standing }, read: deriveTables(read, site) };
}

describe('a simulated hospital as FHIR', () => {
  it('is valid R4 and meets our profiles, the first and the last of each type and code', () => {
    const made = simulate({ ...SMALL, scenario: 'version-regression', seed: 4 });
    const maker = resourceMaker(made);
    const kinds = Map.groupBy([...maker.standing(), ...maker.of(rowsOf(made))], (one) =>
      'code' in one ? JSON.stringify([one.resourceType, one.code]) : one.resourceType,
    );
    expect(kinds.size).toBeGreaterThan(12);
    for (const same of kinds.values())
      for (const one of [same.at(0), same.at(-1)]) expectValid(one ?? {});
  });

  it.each([
    ['already-treated', 5],
    ['site-shift', 7],
  ] as const)('%s reads back as the same tables', (scenario, seed) => {
    const { sent, read } = readBack({ ...SMALL, scenario, seed });
    for (const { name } of Object.values(TABLES)) {
      const rows = sent[name];
      if (rows === undefined) continue;
      const was = rows.filter((row) => isResource(name, row)).map((row) => held(name, row));
      const is = (read[name] ?? []).filter((row) => isResource(name, row));
      expect(inKeyOrder(name, is), name).toEqual(inKeyOrder(name, was));
      expect(is.length, name).toBeGreaterThan(0);
    }
  });
});
