import {
  type ControlChart,
  laneyChart,
  pChart,
  type Subgroup,
} from '#src/domain/statistics/control-chart.ts';
import {
  type Interruption,
  interruptedTimeSeries,
} from '#src/domain/statistics/interrupted-time-series.ts';
import { follows } from './adoption.ts';
import { byCell, type Counts } from './counts.ts';
import type { Presentation } from './facts/presentation.ts';
import { count, estimate, type Figure } from './figure.ts';
import type { Metric } from './metric.ts';

/** Below this many weeks, limits follow the noise that they are to judge. */
const LEAST_WEEKS = 12;

export interface Week extends Subgroup {
  /** Monday. */
  readonly week: string;
}

/** Numerators and denominators that can be followed by week. */
export const SERIES = {
  acceptance: ['followed', 'decided'],
  'acceptance of displayed': ['followed', 'displayed'],
  'no response': ['silent', 'recorded'],
} as const;
export type SeriesName = keyof typeof SERIES;

/**
 * Weekly shares under statistical process control: p chart, and Laney's p′, whose limits allow for weeks
 * that differ more than chance; figures say how many weeks lie beyond. Numerators and denominators as in
 * `adoption`, week of the first display in the site's time zone. Unit: recommendation version ×
 * clinician. Excluded: displays without a time. Source: Laney 2002; clinical-evidence §2.
 */
export const weekly: Metric<Presentation> = {
  name: 'weekly',
  cluster: () => '',
  cells: ({ week, response, implied }) => {
    if (week === null) return {};
    const decided = response !== null && response !== 'deferred';
    return {
      [`${week} displayed`]: 1,
      ...(decided && { [`${week} decided`]: 1 }),
      ...(follows(response) && { [`${week} followed`]: 1 }),
      ...(!implied && { [`${week} recorded`]: 1 }),
      ...(!implied && response === null && { [`${week} silent`]: 1 }),
    };
  },
  figures: (counts) => {
    const names: readonly SeriesName[] = ['acceptance', 'acceptance of displayed', 'no response'];
    return names.flatMap((name) => chartFigures(name, weeksOf(counts, name)));
  },
};

/** The series, oldest first; weeks without a row of its denominator are left out. */
export function weeksOf(counts: Counts, name: SeriesName): readonly Week[] {
  const [above, below] = SERIES[name];
  const cells = byCell(counts);
  return [...cells]
    .filter(([cell]) => cell.endsWith(` ${below}`))
    .map(([cell, denominator]) => {
      const week = cell.slice(0, -below.length - 1);
      return { week, denominator, numerator: cells.get(`${week} ${above}`) ?? 0 };
    });
}

function chartFigures(name: string, weeks: readonly Week[]): readonly Figure[] {
  const enough = weeks.length >= LEAST_WEEKS;
  const laney = enough ? laneyChart(weeks) : undefined;
  const plain = enough ? pChart(weeks) : undefined;
  const beyond = (chart: ControlChart | undefined): number | undefined =>
    chart?.points.filter((point) => point.outside).length;
  const of = (what: string, value: number | undefined): Figure =>
    estimate(`${name}: ${what}`, '1', weeks.length, { value }, 'below-floor');
  return [
    count(`${name}: weeks`, weeks.length),
    of('weeks beyond p limits', beyond(plain)),
    of('weeks beyond Laney p′ limits', beyond(laney)),
    of('σ of z', laney?.sigmaZ),
  ];
}

/**
 * What changed at a known change (version, threshold, interface): segmented regression of the weekly
 * share, Newey–West errors. @param change first Monday after it. Undefined with fewer than twelve weeks
 * on a side.
 */
export function aroundChange(
  counts: Counts,
  name: SeriesName,
  change: string,
): Interruption | undefined {
  const weeks = weeksOf(counts, name);
  const at = weeks.findIndex(({ week }) => week >= change);
  return at === -1
    ? undefined
    : interruptedTimeSeries(
        weeks.map((each) => each.numerator / each.denominator),
        at,
      );
}
