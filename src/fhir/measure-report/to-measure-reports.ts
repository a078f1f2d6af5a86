import type {
  MeasureReport,
  MeasureReportGroup,
  MeasureReportGroupPopulation,
  MeasureReportGroupStratifierStratum,
} from 'fhir/r4';
import type { Aggregates } from '#src/domain/aggregates/aggregates.ts';
import { blockOf, lastDayOf } from '#src/domain/aggregates/blocks.ts';
import type { View } from '#src/domain/aggregates/view.ts';
import { clusters } from '#src/domain/metrics/counts.ts';
import type { Sliced } from '#src/domain/metrics/slices.ts';
import {
  LARGE,
  measureUrl,
  plainText,
  REPORT_SYSTEM,
  reportId,
  THOUSAND_MILLIONS,
  UNDATED,
} from './report-names.ts';

export interface PublicationOptions {
  /** All that `aggregates` may hold. */
  readonly views: readonly View[];
  /** ISO 8601 with offset: what the counts know of. */
  readonly asOf: string;
  /** Whose counts they are, in words. */
  readonly reporter?: string;
}

/** A count below zero, or a view that nobody named: such a thing must not leave the house. */
export class UnpublishableError extends Error {}

/**
 * One report for each view and block of four weeks in which anything was counted, in the order of
 * views and blocks. The same counts give the same JSON but for `date`. Throws `UnpublishableError`.
 */
export function toMeasureReports(
  aggregates: Aggregates,
  options: PublicationOptions,
): readonly MeasureReport[] {
  return [...aggregates].flatMap(([name, counts]) => {
    const view = options.views.find((one) => one.name === name);
    if (!view) throw new UnpublishableError(`No view is named “${name}”.`);
    const at = view.by.indexOf('week');
    const blocks = Map.groupBy(counts.values(), ({ slice }) => {
      const week = slice[at];
      return typeof week === 'string' ? blockOf(week) : UNDATED;
    });
    return [...blocks]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([block, slices]) => {
        const group = groupsOf(slices, at);
        return group.length === 0 ? [] : { ...emptyReport(name, block, options), group };
      });
  });
}

/** What stands in place of a report whose rows were all taken back since. */
export function emptyReport(
  view: string,
  block: string,
  { asOf, reporter }: Pick<PublicationOptions, 'asOf' | 'reporter'>,
): MeasureReport {
  return {
    resourceType: 'MeasureReport',
    identifier: [{ system: REPORT_SYSTEM, value: reportId(view, block) }],
    status: 'complete',
    type: 'summary',
    measure: measureUrl(view),
    date: asOf,
    ...(reporter !== undefined && { reporter: { display: reporter } }),
    period: block === UNDATED ? NO_PERIOD : { start: block, end: lastDayOf(block) },
  };
}

/** R4 wants a period; that there is none is said in its own way. */
const NO_PERIOD = {
  extension: [
    {
      url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason',
      valueCode: 'not-applicable',
    },
  ],
};

function groupsOf(slices: readonly Sliced[], at: number): MeasureReportGroup[] {
  const places = Map.groupBy(slices, ({ slice }) => JSON.stringify(slice.toSpliced(at, 1)));
  return [...places]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([text, weeks]) => {
      const stratum = weeks
        .toSorted((a, b) => ((a.slice[at] ?? '') < (b.slice[at] ?? '') ? -1 : 1))
        .flatMap(({ slice, counts }) => strata(slice[at] ?? UNDATED, counts));
      return stratum.length === 0 ? [] : { code: { text }, stratifier: [{ stratum }] };
    });
}

function strata(
  week: string,
  counts: Sliced['counts'],
): readonly MeasureReportGroupStratifierStratum[] {
  return clusters(counts).flatMap(([cluster, cells]) => {
    const population = [...cells]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([cell, count]) => populations(plainText(cell), count));
    const text = cluster === '' ? week : `${week} ${plainText(cluster)}`;
    return population.length === 0 ? [] : { value: { text }, population };
  });
}

function populations(name: string, count: number): readonly MeasureReportGroupPopulation[] {
  if (!Number.isSafeInteger(count) || count < 0)
    throw new UnpublishableError(
      'A count is below zero or no whole number: it is no aggregate of rows.',
    );
  const [high, low] = [Math.floor(count / LARGE), count % LARGE];
  return [
    { code: { text: name }, count: low },
    { code: { text: name + THOUSAND_MILLIONS }, count: high },
  ].filter((one) => one.count > 0);
}
