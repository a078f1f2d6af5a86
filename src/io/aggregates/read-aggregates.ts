import { type Aggregates, mergeAggregates } from '#src/domain/aggregates/aggregates.ts';
import { blocksBetween } from '#src/domain/aggregates/blocks.ts';
import type { View } from '#src/domain/aggregates/view.ts';
import type { Problem } from '#src/domain/problem.ts';
import {
  fromMeasureReport,
  type ReadReport,
} from '#src/fhir/measure-report/from-measure-report.ts';
import { REPORT_SYSTEM, reportId } from '#src/fhir/measure-report/report-names.ts';
import type { FhirGateway } from '../gateway.ts';

export interface AggregatesQuery {
  readonly views: readonly View[];
  /** First and last day, `YYYY-MM-DD`. Whole blocks of four weeks that hold them are read. */
  readonly from: string;
  readonly to: string;
}

export interface PublishedAggregates {
  /** A view of which nothing was published is there and empty. */
  readonly aggregates: Aggregates;
  /**
   * What the oldest and the newest of these reports know of, epoch ms; undefined: there is none. A
   * report in which nothing changed is not written again, so that `newest` holds for the whole.
   */
  readonly asOf: { readonly oldest: number; readonly newest: number } | undefined;
  /** Reports that could not be read and are not in the counts. */
  readonly problems: readonly Problem[];
}

/** So many reports in one answer; searches run beside each other. */
const AT_ONCE = 24;

/** The published counts of some views and weeks: what the dashboard opens with. Throws `FhirError`. */
export async function readAggregates(
  gateway: FhirGateway,
  { views, from, to }: AggregatesQuery,
  options: { readonly signal?: AbortSignal } = {},
): Promise<PublishedAggregates> {
  const ids = views.flatMap(({ name }) =>
    blocksBetween(from, to).map((block) => reportId(name, block)),
  );
  const pages = await Promise.all(
    chunks(ids).map((some) =>
      gateway.search(
        {
          type: 'MeasureReport',
          params: [
            ['identifier', some.map((id) => `${REPORT_SYSTEM}|${id}`).join(',')],
            ['_count', String(AT_ONCE)],
          ],
        },
        { ...options, cap: 4 * AT_ONCE },
      ),
    ),
  );
  return collected(
    pages.flatMap(({ matches }) => matches),
    views,
  );
}

/** Reports of one view and block twice (two that published at once): the later one counts. */
function collected(resources: readonly unknown[], views: readonly View[]): PublishedAggregates {
  const reports = new Map<string, ReadReport>();
  const problems: Problem[] = [];
  for (const resource of resources) {
    const found = fromMeasureReport(resource, views);
    if (!found.ok) {
      problems.push(found.problem);
      continue;
    }
    const id = reportId(found.value.view, found.value.block);
    const known = reports.get(id);
    if (!known || known.asOf < found.value.asOf) reports.set(id, found.value);
  }
  const empty: Aggregates = new Map(views.map(({ name }) => [name, new Map()]));
  const times = [...reports.values()].map(({ asOf }) => asOf);
  return {
    aggregates: mergeAggregates(
      empty,
      ...[...reports.values()].map(({ view, counts }) => new Map([[view, counts]])),
    ),
    asOf:
      times.length === 0 ? undefined : { oldest: Math.min(...times), newest: Math.max(...times) },
    problems,
  };
}

const chunks = (ids: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(ids.length / AT_ONCE) }, (_, i) =>
    ids.slice(i * AT_ONCE, (i + 1) * AT_ONCE),
  );
