import { angleOf } from '#src/domain/statistics/angle.ts';
import { funnel } from '#src/domain/statistics/funnel.ts';
import { zOf } from '#src/domain/statistics/interval.ts';
import { type MixedTrend, mixedTrend, type Spreads } from '#src/domain/statistics/mixed-trend.ts';
import { FATIGUE, LEAST_ROWS, limitOnce } from '../settings.ts';
import type { Signal } from '../signal.ts';
import { NOWHERE } from '../watch.ts';
import type { Reading, WeeklyCounts } from '../weeks.ts';
import { type ExposureCell, exposureCells } from './exposure-cells.ts';

/**
 * Clinicians follow less the more of it they have seen, each around a level of their own, and weeks
 * around theirs. The trend has no week of change: all rows so far are looked at again and again, which a
 * likelihood ratio with a fixed beginning allows (`limitOnce`).
 */
export const fatigueSignal = (reading: Reading): readonly Signal[] =>
  reading.of('monitor-fatigue', ['model']).flatMap((slice) => looked(reading, slice));

function looked({ weeks }: Reading, { slice, weeks: counts }: WeeklyCounts): readonly Signal[] {
  const limit = limitOnce('fatigue');
  const byWeek = exposureCells(counts);
  const start = byWeek.findIndex((cells) => cells.length > 0);
  const looks = byWeek.map((_, t) => {
    if (t < start + FATIGUE.leastWeeks - 1) return undefined;
    const cells = byWeek.slice(start, t + 1).flat();
    return mixedTrend(
      cells.map((cell) => ({ ...cell, period: cell.period - start })),
      spreadsOf(byWeek.slice(start, t + 1)),
    );
  });
  const statistics = looks.map((trend) => (trend ? ratio(trend) : -Infinity));
  const at = statistics.findIndex((each) => each >= limit);
  const trend = looks[at];
  const n = rowsOf(byWeek.slice(0, at + 1).flat()).n;
  if (!trend || n < LEAST_ROWS) return [];
  const half = zOf(0.95) * trend.se;
  return [
    {
      ...NOWHERE,
      model_id: slice[0] ?? null,
      name: 'fatigue',
      since: weeks[start] ?? '',
      raisedAt: weeks[at] ?? '',
      current: (statistics.at(-1) ?? 0) >= limit,
      statistic: statistics[at] ?? 0,
      limit,
      effect: {
        what: `odds of following after ${FATIGUE.novelty} exposures, to those at the first`,
        kind: 'odds-ratio',
        now: Math.exp(trend.slope),
        interval: { low: Math.exp(trend.slope - half), high: Math.exp(trend.slope + half) },
        before: 1,
      },
      n,
      series: chart(weeks, byWeek),
    },
  ];
}

/** Of a fall by `FATIGUE.shift` against none. */
function ratio({ slope, se }: MixedTrend): number {
  const { shift } = FATIGUE;
  return (-shift * slope - (shift * shift) / 2) / se ** 2;
}

const rowsOf = (cells: readonly ExposureCell[]) => ({
  n: cells.reduce((sum, cell) => sum + cell.n, 0),
  y: cells.reduce((sum, cell) => sum + cell.y, 0),
});

/**
 * How far this hospital's clinicians and weeks lie apart, from the same rows and not below what can hide in
 * them. Both are found on the arcsine scale, where an angle is log odds × √(pq) / 2.
 */
function spreadsOf(weeks: readonly (readonly ExposureCell[])[]): Spreads {
  const all = rowsOf(weeks.flat());
  const p = all.y / all.n;
  const toLogit = 4 / (p * (1 - p));
  const clinicians = [...Map.groupBy(weeks.flat(), ({ clinician }) => clinician).values()]
    .map(rowsOf)
    .map(({ n, y }) => ({ numerator: y, denominator: n }));
  const seen = weeks.map(rowsOf).filter(({ n }) => n > 0);
  const angles = seen.map(({ n, y }) => angleOf(y, n));
  const between = angles
    .slice(1)
    .map(({ y, v }, i) => ((y - (angles[i]?.y ?? y)) ** 2 - v - (angles[i]?.v ?? v)) / 2);
  const weekly = between.reduce((sum, each) => sum + each, 0) / Math.max(1, between.length);
  return {
    cluster: Math.max(
      FATIGUE.leastSpread.clinician ** 2,
      (funnel(clinicians)?.between ?? 0) * toLogit,
    ),
    period: Math.max(FATIGUE.leastSpread.week ** 2, weekly * toLogit),
  };
}

/** Following by week; the trend itself runs along exposures and has no centre line in time. */
function chart(
  weeks: readonly string[],
  byWeek: readonly (readonly ExposureCell[])[],
): Signal['series'] {
  const all = rowsOf(byWeek.flat());
  return byWeek.map((cells, t) => {
    const { n, y } = rowsOf(cells);
    return {
      week: weeks[t] ?? '',
      numerator: y,
      denominator: n,
      value: n > 0 ? y / n : null,
      centre: all.y / all.n,
      low: null,
      high: null,
    };
  });
}
