import type { FhirResource, Measure, MeasureReport } from 'fhir/r4';
import type { Aggregates } from '#src/domain/aggregates/aggregates.ts';
import type { View } from '#src/domain/aggregates/view.ts';
import { toMeasure } from '#src/fhir/measure-report/measure.fhir.ts';
import { measureUrl, REPORT_SYSTEM } from '#src/fhir/measure-report/report-names.ts';
import { emptyReport, toMeasureReports } from '#src/fhir/measure-report/to-measure-reports.ts';
import { FhirError, type FhirGateway } from '../gateway.ts';
import { sameContent } from './same-content.ts';

export interface Publishing {
  /** Every view of these; a view without counts is published as nothing. */
  readonly views: readonly View[];
  /** ISO 8601 with offset: what the counts know of. */
  readonly asOf: string;
  readonly reporter?: string;
}

export interface Publication {
  readonly measures: number;
  readonly created: number;
  readonly updated: number;
  /** Reports whose rows are all gone: they are written without counts. */
  readonly emptied: number;
  readonly unchanged: number;
}

type Stored = MeasureReport & { readonly id: string };

/** Most reports of one view on a server: thirty-eight years of four weeks. */
const MOST = 500;

/**
 * Writes what has changed since the last time, one whole report after the other, so that it may be
 * interrupted and run again; what is as it was is not written. A search, then create under
 * `If-None-Exist` or update under `If-Match`: a server needs no conditional update. Throws `FhirError`.
 */
export async function publishAggregates(
  gateway: FhirGateway,
  aggregates: Aggregates,
  { views, ...options }: Publishing,
  progress: (words: string) => void,
): Promise<Publication> {
  const done = { measures: 0, created: 0, updated: 0, emptied: 0, unchanged: 0 };
  for (const view of views) {
    if (await ensureMeasure(gateway, toMeasure(view))) done.measures += 1;
    const stored = await storedReports(gateway, view);
    const counts = aggregates.get(view.name) ?? new Map();
    const reports = toMeasureReports(new Map([[view.name, counts]]), { views, ...options });
    for (const report of reports) {
      const value = idOf(report);
      const known = stored.get(value);
      stored.delete(value);
      done[await write(gateway, report, known)] += 1;
    }
    for (const [value, known] of stored) {
      const empty = emptyReport(view.name, value.slice(view.name.length + 1), options);
      if ((await write(gateway, empty, known)) === 'updated') done.emptied += 1;
      else done.unchanged += 1;
    }
    progress(`${view.name}: ${reports.length} blocks`);
  }
  return done;
}

const idOf = ({ identifier }: MeasureReport): string =>
  identifier?.find(({ system }) => system === REPORT_SYSTEM)?.value ?? '';

/** True where it was not there. One that is there is left as it is: a site may have its own words in it. */
async function ensureMeasure(gateway: FhirGateway, measure: Measure): Promise<boolean> {
  const { matches } = await gateway.search({
    type: 'Measure',
    params: [['url', measure.url ?? '']],
  });
  if (matches.some((one) => one.resourceType === 'Measure' && one.url === measure.url))
    return false;
  const { id: _, ...content } = measure;
  const ifNoneExist = new URLSearchParams({ url: measure.url ?? '' }).toString();
  return !(await gateway.create(content, { ifNoneExist })).existed;
}

/** By identifier. A server that ignores `measure` answers with all; only this view's are taken. */
async function storedReports(gateway: FhirGateway, { name }: View): Promise<Map<string, Stored>> {
  const { matches } = await gateway.search(
    {
      type: 'MeasureReport',
      params: [
        ['measure', measureUrl(name)],
        ['_count', '20'],
      ],
    },
    { cap: MOST },
  );
  const own = matches
    .filter(isStored)
    .map((report) => [idOf(report), report] as const)
    .filter(([value]) => value.startsWith(`${name}/`));
  return new Map(own);
}

const isStored = (resource: FhirResource): resource is Stored =>
  resource.resourceType === 'MeasureReport' && resource.id !== undefined;

async function write(
  gateway: FhirGateway,
  report: MeasureReport,
  known: Stored | undefined,
): Promise<'created' | 'updated' | 'unchanged'> {
  if (known) return replace(gateway, report, known);
  const ifNoneExist = new URLSearchParams({ identifier: `${REPORT_SYSTEM}|${idOf(report)}` });
  const { existed, resource, reference } = await gateway.create(report, {
    ifNoneExist: ifNoneExist.toString(),
  });
  if (!existed) return 'created';
  // The search did not show it, and it is there all the same.
  const id = reference?.slice('MeasureReport/'.length);
  const there = resource ?? (id ? await gateway.read('MeasureReport', id) : undefined);
  if (there && isStored(there)) return replace(gateway, report, there);
  throw new FhirError('not-fhir', 'The server says that a report is there, and does not show it.');
}

async function replace(
  gateway: FhirGateway,
  report: MeasureReport,
  known: Stored,
): Promise<'updated' | 'unchanged'> {
  if (sameContent(report, known)) return 'unchanged';
  const { versionId } = known.meta ?? {};
  await gateway.update(
    { ...report, id: known.id },
    versionId === undefined ? {} : { ifMatch: `W/"${versionId}"` },
  );
  return 'updated';
}
