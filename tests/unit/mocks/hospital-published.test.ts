import { expect, test } from 'vitest';
import { createSandbox } from '#mocks/sandbox.ts';
import { hospital } from '#mocks/scenarios/hospital/index.ts';
import { AI_DEVICES, PROBABILITY_SCALES } from '#mocks/scenarios/ward/index.ts';
import { countAll, tablesWithPast } from '#src/cli/stage-past.ts';
import { PUBLISHED_VIEWS } from '#src/domain/aggregates/published-views.ts';
import { deriveTables } from '#src/domain/tables/derive/derive-tables.ts';
import { toMeasureReports } from '#src/fhir/measure-report/to-measure-reports.ts';
import { readTables } from '#src/fhir/tables/read-tables.ts';
import { isNeededFirst } from '#src/fhir/tables/table-context.ts';

const now = Date.parse('2026-11-22T16:00:00Z');
const { scenario, past } = hospital({ seed: 3, now, weeks: 5, perWeek: 60 });
const { settings } = past;
const sandbox = createSandbox({ baseUrl: 'http://ehr.test', appOrigins: [], scenario });
const context = {
  server: 'http://ehr.test/fhir',
  sink: 'hospital-store',
  source: { aiDevices: AI_DEVICES, probabilityScales: PROBABILITY_SCALES },
  outcomes: settings.outcomes,
} as const;
/** Everything that a server would show, page by page. */
const everything = [
  ...sandbox.held(),
  ...(scenario.archive?.types ?? []).flatMap((type) =>
    [...(scenario.archive?.ids(type, []) ?? [])].map((id) => scenario.archive?.read(type, id)),
  ),
];

test('what the stage publishes of the rows is what publishing finds in the FHIR', () => {
  const known = everything.filter(isNeededFirst);
  const { read, problems } = readTables(everything, { ...context, known });
  const found = deriveTables(read, settings);
  const made = tablesWithPast(sandbox.held(), context, settings, past);
  const reports = (tables: typeof found) =>
    toMeasureReports(countAll(tables, settings), { views: PUBLISHED_VIEWS, asOf: scenario.now });
  expect(problems.length).toBeLessThan(20);
  expect(found.decisions?.length).toBeGreaterThan(150);
  const [a, b] = [reports(found), reports(made)];
  expect(b.map((one) => one.identifier)).toEqual(a.map((one) => one.identifier));
  for (const [i, report] of a.entries())
    expect(b[i], report.identifier?.[0]?.value).toEqual(report);
});
