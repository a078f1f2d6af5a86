import { EMPTY, merge, total } from '#src/domain/metrics/counts.ts';
import { fatigueTrend } from '#src/domain/metrics/fatigue.ts';
import { zOf } from '#src/domain/statistics/interval.ts';
import { FATIGUE, limitOnce } from '../settings.ts';
import type { Signal } from '../signal.ts';
import { NOWHERE } from '../watch.ts';
import type { Reading, WeeklyCounts } from '../weeks.ts';

/**
 * Clinicians follow less the more of it they have seen, each compared with themself and apart from the
 * calendar. The trend has no week of change: all rows so far are looked at again and again, which
 * a likelihood ratio with a fixed beginning allows (`limitOnce`).
 */
export const fatigueSignal = (reading: Reading): readonly Signal[] =>
  reading.of('monitor-fatigue', ['model']).flatMap((slice) => looked(reading, slice));

function looked(
  { weeks }: Reading,
  { slice: [model_id = null], weeks: counts }: WeeklyCounts,
): readonly Signal[] {
  const limit = limitOnce('fatigue');
  const start = counts.findIndex((week) => week.size > 0);
  let all = EMPTY;
  let raised: Signal | undefined;
  let statistic = -Infinity;
  for (const [t, week] of counts.entries()) {
    all = merge(all, week);
    if (t < start || (t - start + 1) % FATIGUE.everyWeeks !== 0) continue;
    const trend = fatigueTrend(all);
    if (!trend) continue;
    const { shift } = FATIGUE;
    statistic = (-shift * trend.slope - (shift * shift) / 2) / trend.se ** 2;
    if (raised || statistic < limit) continue;
    const half = zOf(0.95) * trend.se;
    raised = {
      ...NOWHERE,
      model_id,
      name: 'fatigue',
      since: weeks[start] ?? '',
      raisedAt: weeks[t] ?? '',
      current: true,
      statistic,
      limit,
      effect: {
        what: 'odds of following, for each doubling of earlier exposures',
        kind: 'odds-ratio',
        now: Math.exp(trend.slope),
        interval: { low: Math.exp(trend.slope - half), high: Math.exp(trend.slope + half) },
        before: 1,
      },
      n: decided(all),
      series: [],
    };
  }
  return raised ? [{ ...raised, current: statistic >= limit, series: chart(weeks, counts) }] : [];
}

const decided = (counts: typeof EMPTY): number => total(counts, ...cellsOf(counts, 'n '));

const cellsOf = (counts: typeof EMPTY, prefix: string): readonly string[] =>
  [...new Set([...counts.values()].flatMap((cells) => [...cells.keys()]))].filter((cell) =>
    cell.startsWith(prefix),
  );

/** Following by week; the trend itself runs along exposures and has no centre line in time. */
function chart(weeks: readonly string[], counts: readonly (typeof EMPTY)[]): Signal['series'] {
  const points = counts.map((week) => ({
    numerator: total(week, ...cellsOf(week, 'y ')),
    denominator: decided(week),
  }));
  const rows = points.reduce((sum, point) => sum + point.denominator, 0);
  const centre = points.reduce((sum, point) => sum + point.numerator, 0) / rows;
  return points.map((point, t) => ({
    ...point,
    week: weeks[t] ?? '',
    value: point.denominator > 0 ? point.numerator / point.denominator : null,
    centre,
    low: null,
    high: null,
  }));
}
