import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Aggregates, aggregate, entryOf } from '#src/domain/aggregates/aggregates.ts';
import { PUBLISHED_VIEWS } from '#src/domain/aggregates/published-views.ts';
import { missing } from '#src/domain/metrics/catalogue.ts';
import { type FactOptions, factsOf } from '#src/domain/metrics/facts/facts.ts';
import { monitor } from '#src/domain/monitoring/monitor.ts';
import type { Tables } from '#src/domain/tables/schema.ts';
import { toMeasure } from '#src/fhir/measure-report/measure.fhir.ts';
import {
  type PublicationOptions,
  toMeasureReports,
} from '#src/fhir/measure-report/to-measure-reports.ts';
import { type PublishedSignals, toSignalsLibrary } from '#src/fhir/published-signals.fhir.ts';
import { publishAggregates } from '#src/io/aggregates/publish-aggregates.ts';
import { publishSignals } from '#src/io/aggregates/publish-signals.ts';
import { systemClock } from '#src/io/clock.ts';
import { FhirError, type FhirGateway } from '#src/io/gateway.ts';
import { HttpGateway } from '#src/io/http-gateway.ts';
import { withServerName } from './sources/server-failure.ts';
import { tokenFor } from './sources/token.ts';

/** A server may need longer to check a report of thousands of counts than a card may wait. */
const TIMEOUT_MS = 120_000;

export interface ToPublish {
  readonly tables: Tables;
  readonly facts: FactOptions;
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
  const done = /^https?:/i.test(target)
    ? await toServer(target, aggregates, publishing, rows.source)
    : await toFolder(target, aggregates, publishing);
  return [...left, ...done];
}

/** Found once here, so that who opens the dashboard need not fetch what they are found from. */
const signalsOf = (aggregates: Aggregates, { asOf }: PublicationOptions): PublishedSignals => ({
  asOf,
  signals: monitor(aggregates, { asOf: asOf.slice(0, 10) }),
});

/** Who may write counts and no Library has published all the same: the dashboard finds signals itself. */
async function tellSignals(
  gateway: FhirGateway,
  found: PublishedSignals,
  tell: (words: string) => void,
): Promise<void> {
  try {
    await publishSignals(gateway, found);
    tell(`signals: ${found.signals.length}`);
  } catch (cause) {
    if (!(cause instanceof FhirError && cause.kind === 'forbidden')) throw cause;
    tell('signals: not published, the token may not write a Library');
  }
}

async function toServer(
  baseUrl: string,
  aggregates: Aggregates,
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
  await tellSignals(gateway, signalsOf(aggregates, publishing), tell);
  return [
    `${baseUrl}: ${done.created} reports new, ${done.updated} changed, ${done.unchanged} as they were` +
      `${done.emptied > 0 ? `; ${done.emptied} of the changed have no rows any more` : ''}` +
      `${done.measures > 0 ? `; ${done.measures} measures new` : ''}.`,
  ];
}

/** Each file is whole or not there: it is written beside its place and then put into it. */
async function toFolder(
  folder: string,
  aggregates: Aggregates,
  publishing: PublicationOptions,
): Promise<readonly string[]> {
  const reports = toMeasureReports(aggregates, publishing);
  const measures = publishing.views.map(toMeasure);
  await mkdir(folder, { recursive: true });
  for (const [name, resources] of [
    ['Measure', measures],
    ['MeasureReport', reports],
    ['Library', [toSignalsLibrary(signalsOf(aggregates, publishing))]],
  ] as const) {
    const path = join(folder, `${name}.ndjson`);
    await writeFile(`${path}.part`, resources.map((one) => `${JSON.stringify(one)}\n`).join(''));
    await rename(`${path}.part`, path);
  }
  return [`${folder}: ${reports.length} reports of ${measures.length} measures.`];
}
