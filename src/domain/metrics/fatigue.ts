import {
  stratifiedTrend,
  type Trend,
  type TrendCell,
} from '#src/domain/statistics/stratified-trend.ts';
import { follows } from './adoption.ts';
import { type Counts, clusters } from './counts.ts';
import type { Presentation } from './facts/presentation.ts';
import { count, estimate } from './figure.ts';
import type { Metric } from './metric.ts';

/** Exposures fall into steps of a quarter of a doubling: fixed, so that aggregates merge. */
const STEPS = 4;
const SEPARATOR = ' @';

/**
 * Whether a clinician follows less the more of it they have seen: the odds ratio of following for each
 * doubling of earlier exposures, inside clinicians and apart from calendar weeks (a bad month is not
 * fatigue). Numerator: A+M; denominator: A+M+O, with a known week and exposure count. Unit:
 * recommendation version × clinician; below 1 is fatigue. Excluded: clinicians and weeks without
 * variation. Model: logit P = clinician + week + β·log₂(1 + exposures) (clinical-evidence §2). The
 * logarithm is not only custom: counted plainly, the exposures of people who see equally many a week are
 * clinician plus week, and nothing could tell fatigue from the calendar. Source: Ancker et al. 2017,
 * who found decay with repeats and none with new reminders: so it is tested and not assumed.
 */
export const fatigue: Metric<Presentation> = {
  name: 'fatigue',
  cluster: ({ clinician_id }) => clinician_id,
  cells: ({ response, week, exposures_to_date }) => {
    if (response === null || response === 'deferred' || week === null) return {};
    if (exposures_to_date === null) return {};
    const step = Math.floor(STEPS * Math.log2(1 + exposures_to_date));
    const cell = `${week}${SEPARATOR}${step}`;
    return { [`n ${cell}`]: 1, ...(follows(response) && { [`y ${cell}`]: 1 }) };
  },
  figures: (counts) => {
    const cells = trendCells(counts);
    const n = cells.reduce((sum, cell) => sum + cell.n, 0);
    const found = stratifiedTrend(cells);
    return [
      count('decided with known exposure', n),
      estimate('odds ratio of following per doubling of exposures', '1', n, oddsRatio(found)),
      estimate('p of no trend', '1', n, { value: found?.p }),
    ];
  },
};

/** The trend itself, for whoever monitors it. */
export const fatigueTrend = (counts: Counts): Trend | undefined =>
  stratifiedTrend(trendCells(counts));

function oddsRatio(trend: Trend | undefined) {
  if (!trend) return { value: undefined };
  const { slope, interval } = trend;
  return {
    value: Math.exp(slope),
    interval: { low: Math.exp(interval.low), high: Math.exp(interval.high) },
  };
}

/** x in doublings, at the middle of its step. */
function trendCells(counts: Counts): readonly TrendCell[] {
  return clusters(counts).flatMap(([clinician, cells]) =>
    [...cells]
      .filter(([cell]) => cell.startsWith('n '))
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([cell, n]) => {
        const [period = '', step = ''] = cell.slice(2).split(SEPARATOR);
        const x = (Number(step) + 0.5) / STEPS;
        return { clinician, period, x, n, y: cells.get(`y ${cell.slice(2)}`) ?? 0 };
      }),
  );
}
