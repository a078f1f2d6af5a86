import { parentPort, workerData } from 'node:worker_threads';
import { PUBLISHED_VIEWS } from '#src/domain/aggregates/published-views.ts';
import { monitorTables } from '#src/domain/monitoring/monitor-tables.ts';
import { toMeasureReports } from '#src/fhir/measure-report/to-measure-reports.ts';
import { toLabelsLibrary } from '#src/fhir/published-labels.fhir.ts';
import { toSignalsLibrary } from '#src/fhir/published-signals.fhir.ts';
import { labelsOf } from './metrics-labels.ts';
import { countAll, tablesWithPast } from './stage-past.ts';
import type { PastCounted, PastJob } from './stage-past-job.ts';

// A night's job of a hospital: on a thread of its own, so that the server answers meanwhile.
const { makePast } = await import('#mocks/scenarios/hospital/past.ts');
const job: PastJob = workerData;
const { aiDevices, probabilityScales, server } = job;
const past = makePast(job.past);
const context = {
  server,
  sink: 'hospital-store',
  source: { aiDevices, probabilityScales },
  outcomes: past.settings.outcomes,
} as const;
const tables = tablesWithPast(job.held, context, past.settings, past);
const aggregates = countAll(tables, past.settings);
const counted: PastCounted = {
  libraries: [
    toSignalsLibrary({
      asOf: job.asOf,
      signals: monitorTables(
        tables,
        { timeZone: past.settings.sites[0].timeZone },
        { asOf: job.asOf.slice(0, 10) },
      ).signals,
    }),
    toLabelsLibrary({ asOf: job.asOf, labels: labelsOf(tables, past.settings.outcomes) }),
  ],
  reports: toMeasureReports(aggregates, { views: PUBLISHED_VIEWS, asOf: job.asOf }),
  decisions: tables.decisions?.length ?? 0,
};
parentPort?.postMessage(counted);
