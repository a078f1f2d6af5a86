import { binOf } from '#src/domain/statistics/histogram-quantile.ts';
import { lifeTable, medianTime, type Survival } from '#src/domain/statistics/life-table.ts';
import { follows } from './adoption.ts';
import { type Counts, total } from './counts.ts';
import type { Treatment } from './facts/treatment.ts';
import { absent, count, estimate, type Figure, LEAST_ROWS } from './figure.ts';
import type { Metric } from './metric.ts';

/** Edges in hours, fixed for ever. The last bin is open and counts as not treated in time. */
const HOURS = [
  0, 0.25, 0.5, 0.75, 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10, 12, 18, 24, 36, 48, 72,
] as const;

const GROUPS = ['followed', 'not followed'] as const;
type Group = (typeof GROUPS)[number];

/**
 * From recommendation to the first real qualifying order or procedure, never from an Accept: median
 * (product-limit, the end of its interval) for recommendations that were followed and for the others.
 * Numerator: actions found; denominator: recommendations; who left before is censored. Unit: h. The
 * groups differ in more than the answer: this is no effect (clinical-evidence §2, TREWS).
 */
export const timeToTreatment: Metric<Treatment> = {
  name: 'time-to-treatment',
  cluster: () => '',
  cells: ({ response, treated, hours }) => {
    const group: Group = follows(response) ? 'followed' : 'not followed';
    const from = HOURS[binOf(HOURS, hours) ?? 0] ?? 0;
    const late = from === HOURS.at(-1);
    return { [`${group} ${treated && !late ? 'treated' : 'censored'} ${from}`]: 1 };
  },
  figures: (counts) => GROUPS.flatMap((group) => figuresOf(counts, group)),
};

function figuresOf(counts: Counts, group: Group): readonly Figure[] {
  const of = (what: string): number =>
    HOURS.reduce<number>((sum, from) => sum + total(counts, `${group} ${what} ${from}`), 0);
  const n = of('treated') + of('censored');
  const name = `median time to treatment, ${group}`;
  return [
    count(`treated, ${group}`, of('treated')),
    n < LEAST_ROWS
      ? absent(name, n === 0 ? 'no-rows' : 'below-floor', n)
      : estimate(name, 'h', n, { value: medianTime(treatmentCurve(counts, group)) }),
  ];
}

/** Share not yet treated, at the end of each interval. */
export const treatmentCurve = (counts: Counts, group: Group): readonly Survival[] =>
  lifeTable(
    HOURS.map((from, i) => ({
      to: HOURS[i + 1] ?? Number.POSITIVE_INFINITY,
      events: total(counts, `${group} treated ${from}`),
      censored: total(counts, `${group} censored ${from}`),
    })),
  );
