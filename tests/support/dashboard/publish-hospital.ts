import type { Sandbox } from '#mocks/sandbox.ts';
import { type Aggregates, aggregate, mergeAggregates } from '#src/domain/aggregates/aggregates.ts';
import { DASHBOARD_VIEWS } from '#src/domain/aggregates/views.ts';
import { factsOf } from '#src/domain/metrics/facts/facts.ts';
import { monitor } from '#src/domain/monitoring/monitor.ts';
import { MONITORING_VIEWS } from '#src/domain/monitoring/views.ts';
import { simulate } from '#src/domain/simulate/simulate.ts';
import { toMeasureReports } from '#src/fhir/measure-report/to-measure-reports.ts';
import { toSignalsLibrary } from '#src/fhir/published-signals.fhir.ts';

const DAY_MS = 86_400_000;
const VIEWS = [...DASHBOARD_VIEWS, ...MONITORING_VIEWS];

export interface HospitalOptions {
  /** Epoch ms: the weeks end with the one before it, and the counts know of all until then. */
  readonly now: number;
  readonly weeks: number;
  readonly perWeek: number;
}

/** Counts of a simulated hospital, as publishing would leave them on a server. */
export function hospitalAggregates({ now, weeks, perWeek }: HospitalOptions): Aggregates {
  const monday = now - ((new Date(now).getUTCDay() + 6) % 7) * DAY_MS;
  const start = new Date(monday - weeks * 7 * DAY_MS).toISOString().slice(0, 10);
  const simulation = simulate({ scenario: 'hospital', seed: 11, weeks, perWeek, start });
  let all: Aggregates = new Map();
  for (const { tables } of simulation.weeks())
    all = mergeAggregates(all, aggregate(factsOf(tables), VIEWS));
  return all;
}

/** Puts the published reports into a sandbox. */
export function publish(sandbox: Sandbox, aggregates: Aggregates, asOf: string): void {
  const reports = toMeasureReports(aggregates, { views: VIEWS, asOf });
  for (const [at, report] of reports.entries()) sandbox.put({ ...report, id: `published-${at}` });
  const signals = monitor(aggregates, { asOf: asOf.slice(0, 10) });
  sandbox.put({ ...toSignalsLibrary({ asOf, signals }), id: 'signals' });
}
