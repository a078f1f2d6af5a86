import type { Measure } from 'fhir/r4';
import type { View } from '#src/domain/aggregates/view.ts';
import { published } from '../artifacts/published.ts';
import { measureUrl } from './report-names.ts';

const CLUSTERS: Readonly<Record<View['cluster'], string>> = {
  own: 'Counts of each cluster of the metric (a clinician, where answers are counted) stand apart.',
  unit: 'Counts of each hospital unit stand apart.',
  none: 'Counts are sums over all clinicians.',
};

/** “adoption-weekly” → “AdoptionWeekly”: R4 wants a name that a program could use. */
const nameOf = (view: string): string =>
  view
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

/** What the MeasureReports of one view are reports of. Statistics are computed from them, never in them. */
export function toMeasure({ name, metric, by, weeks, cluster }: View): Measure {
  const time = weeks === 1 ? 'week (its Monday)' : 'four weeks (their first Monday)';
  const dimensions = by.filter((one) => one !== 'week');
  return {
    resourceType: 'Measure',
    ...published(
      nameOf(name),
      `Counts of ${metric}, ${weeks === 1 ? 'by week' : 'by four weeks'}`,
      measureUrl(name),
      `Whole numbers behind the metric “${metric}” (docs/metrics.md). A group is one combination of ${dimensions.join(', ')}, its code.text their values as a JSON list, null where a row has none; a stratum is one ${time}${cluster === 'none' ? '' : ' and one cluster'}; a population is one cell, whose thousands of millions stand under its name with \\e9 at the end. ${CLUSTERS[cluster]} Exact counts, without suppression: for an access-controlled store.`,
    ),
    group: [
      {
        stratifier: [
          ...dimensions.map((one) => ({ code: { text: one } })),
          { code: { text: 'week' } },
          ...(cluster === 'none' ? [] : [{ code: { text: 'cluster' } }]),
        ],
      },
    ],
  };
}
