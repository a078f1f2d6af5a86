import { zOf } from '#src/domain/statistics/interval.ts';
import { type MixedTrend, mixedTrend } from '#src/domain/statistics/mixed-trend.ts';
import { FATIGUE, LEAST_ROWS, limitOnce } from '../settings.ts';
import type { Signal } from '../signal.ts';
import { NOWHERE } from '../watch.ts';
import type { Reading, WeeklyCounts } from '../weeks.ts';
import { type ExposureCell, exposureCells } from './exposure-cells.ts';

/**
 * Clinicians follow less the more of it they have seen, each compared with themself, and apart from what
 * befalls everybody in the same week: only that some see much more than others tells one from the other. The trend has no week of change: all rows so far are looked at again and again, which a
 * likelihood ratio with a fixed beginning allows (`limitOnce`).
 */
export const fatigueSignal = (reading: Reading): readonly Signal[] =>
  reading.of('monitor-fatigue', ['model']).flatMap((slice) => looked(reading, slice));

function looked({ weeks }: Reading, { slice, weeks: counts }: WeeklyCounts): readonly Signal[] {
  const limit = limitOnce('fatigue');
  const byWeek = exposureCells(counts);
  const start = byWeek.findIndex((cells) => cells.length > 0);
  const looks = byWeek.map((_, t) => {
    if (!isLook(t - start + 1)) return undefined;
    const cells = byWeek.slice(start, t + 1).flat();
    return mixedTrend(cells.map((cell) => ({ ...cell, period: cell.period - start })));
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
      current: (statistics.findLast((each) => each > -Infinity) ?? 0) >= limit,
      statistic: statistics[at] ?? 0,
      limit,
      effect: {
        what: `odds of following after ${FATIGUE.exposures} exposures, to those at the first`,
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

/** Every week of a new model, every fourth later: the novelty is over, and every look costs. */
const isLook = (weeks: number): boolean =>
  weeks >= FATIGUE.leastWeeks && (weeks <= FATIGUE.newWeeks || weeks % 4 === 0);

/** Of a fall by `FATIGUE.shift` against none. */
function ratio({ slope, se }: MixedTrend): number {
  const { shift } = FATIGUE;
  return (-shift * slope - (shift * shift) / 2) / se ** 2;
}

const rowsOf = (cells: readonly ExposureCell[]) => ({
  n: cells.reduce((sum, cell) => sum + cell.n, 0),
  y: cells.reduce((sum, cell) => sum + cell.y, 0),
});

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
