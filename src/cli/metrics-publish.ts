import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Library } from 'fhir/r4';
import { type Aggregates, aggregate, entryOf } from '#src/domain/aggregates/aggregates.ts';
import { PUBLISHED_VIEWS } from '#src/domain/aggregates/published-views.ts';
import { missing } from '#src/domain/metrics/catalogue.ts';
import { type FactOptions, factsOf } from '#src/domain/metrics/facts/facts.ts';
import { monitorTables } from '#src/domain/monitoring/monitor-tables.ts';
import type { ModelTargets } from '#src/domain/monitoring/settings.ts';
import type { Tables } from '#src/domain/tables/schema.ts';
import { toMeasure } from '#src/fhir/measure-report/measure.fhir.ts';
import {
  type PublicationOptions,
  toMeasureReports,
} from '#src/fhir/measure-report/to-measure-reports.ts';
import { toLabelsLibrary } from '#src/fhir/published-labels.fhir.ts';
import { toSignalsLibrary } from '#src/fhir/published-signals.fhir.ts';
import type { OutcomeRule } from '#src/fhir/tables/outcome-rule.ts';
import { publishAggregates } from '#src/io/aggregates/publish-aggregates.ts';
import { publishLibrary } from '#src/io/aggregates/publish-library.ts';
import { systemClock } from '#src/io/clock.ts';
import { FhirError, type FhirGateway } from '#src/io/gateway.ts';
import { HttpGateway } from '#src/io/http-gateway.ts';
import { labelsOf } from './metrics-labels.ts';
import { withServerName } from './sources/server-failure.ts';
import { tokenFor } from './sources/token.ts';

/** A server may need longer to check a report of thousands of counts than a card may wait. */
const TIMEOUT_MS = 120_000;

export interface ToPublish {
  readonly tables: Tables;
  readonly facts: FactOptions;
  /** Of the site's settings: which of them made a label is published beside the counts. */
  readonly rules: readonly OutcomeRule[];
  /** What the site has agreed for its models. */
  readonly targets: readonly ModelTargets[];
  /** Epoch ms: what the rows know of. */
  readonly asOf: number;
  /** Whose counts they are, in words; absent: nobody said. */
  readonly reporter?: string;
  /** Where the rows came from: a token for one server is not shown to another. */
  readonly source: string;
}

/**
 * Counts all views and writes them to a FHIR server, or into a folder as NDJSON. A view whose tables
 * are not there is left out: absent is not zero. Returns what was done, in words.
 */
export async function publish(rows: ToPublish, target: string): Promise<readonly string[]> {
  const views = PUBLISHED_VIEWS.filter(
    ({ metric }) => missing(entryOf(metric), rows.tables).length === 0,
  );
  const aggregates = aggregate(factsOf(rows.tables, rows.facts), views);
  const { reporter } = rows;
  const asOf = new Date(rows.asOf).toISOString();
  const publishing = { views, asOf, ...(reporter !== undefined && { reporter }) };
  const left = PUBLISHED_VIEWS.filter((one) => !views.includes(one)).map(
    ({ name, metric }) =>
      `${name}: left out, needs ${missing(entryOf(metric), rows.tables).join(', ')}`,
  );
  const libraries = [
    // Found once here, so that who opens the dashboard need not fetch what they are found from.
    toSignalsLibrary({
      asOf,
      signals: monitorTables(rows.tables, rows.facts, {
        asOf: asOf.slice(0, 10),
        targets: rows.targets,
      }).signals,
    }),
    toLabelsLibrary({ asOf, labels: labelsOf(rows.tables, rows.rules) }),
  ];
  const done = /^https?:/i.test(target)
    ? await toServer(target, { aggregates, libraries }, publishing, rows.source)
    : await toFolder(target, { aggregates, libraries }, publishing);
  return [...left, ...done];
}

interface Counted {
  readonly aggregates: Aggregates;
  /** What stands beside the counts. */
  readonly libraries: readonly Library[];
}

/** Who may write counts and no Library has published all the same: the dashboard finds signals itself. */
async function tellLibraries(
  gateway: FhirGateway,
  libraries: readonly Library[],
  tell: (words: string) => void,
): Promise<void> {
  try {
    for (const library of libraries) {
      await publishLibrary(gateway, library);
      tell(library.title ?? '');
    }
  } catch (cause) {
    if (!(cause instanceof FhirError && cause.kind === 'forbidden')) throw cause;
    tell('Signals and rules of labels: not published, the token may not write a Library');
  }
}

async function toServer(
  baseUrl: string,
  { aggregates, libraries }: Counted,
  publishing: PublicationOptions,
  source: string,
): Promise<readonly string[]> {
  const token = tokenFor(baseUrl, source);
  const gateway = new HttpGateway({
    baseUrl,
    authorization: async () => (token === undefined ? {} : { authorization: `Bearer ${token}` }),
    fetch: globalThis.fetch,
    clock: systemClock,
    timeoutMs: TIMEOUT_MS,
  });
  const tell = (words: string) => process.stderr.write(`${words}\n`);
  const done = await withServerName(baseUrl, () =>
    publishAggregates(gateway, aggregates, publishing, tell),
  );
  await tellLibraries(gateway, libraries, tell);
  return [
    `${baseUrl}: ${done.created} reports new, ${done.updated} changed, ${done.unchanged} as they were` +
      `${done.emptied > 0 ? `; ${done.emptied} of the changed have no rows any more` : ''}` +
      `${done.measures > 0 ? `; ${done.measures} measures new` : ''}.`,
  ];
}

/** Each file is whole or not there: it is written beside its place and then put into it. */
async function toFolder(
  folder: string,
  { aggregates, libraries }: Counted,
  publishing: PublicationOptions,
): Promise<readonly string[]> {
  const reports = toMeasureReports(aggregates, publishing);
  const measures = publishing.views.map(toMeasure);
  await mkdir(folder, { recursive: true });
  for (const [name, resources] of [
    ['Measure', measures],
    ['MeasureReport', reports],
    ['Library', libraries],
  ] as const) {
    const path = join(folder, `${name}.ndjson`);
    await writeFile(`${path}.part`, resources.map((one) => `${JSON.stringify(one)}\n`).join(''));
    await rename(`${path}.part`, path);
  }
  return [`${folder}: ${reports.length} reports of ${measures.length} measures.`];
}
