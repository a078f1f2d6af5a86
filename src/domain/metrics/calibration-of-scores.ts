import { calibration } from '#src/domain/statistics/calibration.ts';
import { byCell, type Counts } from './counts.ts';
import type { JudgedScore } from './facts/judged-score.ts';
import { count, estimate, type Figure, LEAST_ROWS } from './figure.ts';
import type { Metric } from './metric.ts';
import { MILLIONTHS, scoreBin } from './score-bins.ts';

/** Below this many events and non-events, slope and intercept are noise. */
const LEAST_EVENTS = 20;

/**
 * Whether 20 % means 20 of 100: expected over observed events, calibration-in-the-large (0 is right) and
 * slope (1 is right). Numerator: events; denominator: labelled scores that are probabilities. Unit: one
 * score, within its horizon. From fixed bins with the mean probability of each. Excluded: scores in
 * points or of unknown scale, unlabelled and censored ones. Source: Van Calster et al. 2016, J Clin
 * Epidemiol 74:167.
 */
export const scoreCalibration: Metric<JudgedScore> = {
  name: 'calibration',
  cluster: () => '',
  cells: ({ score, score_scale, label, censored }) => {
    if (score === null || score_scale !== 'probability' || label === null || censored) return {};
    const bin = String(scoreBin(score, score_scale));
    return {
      [`n ${bin}`]: 1,
      [`millionths ${bin}`]: Math.round(score * MILLIONTHS),
      ...(label && { [`events ${bin}`]: 1 }),
    };
  },
  figures: (counts) => {
    const bins = calibrationBins(counts);
    const n = bins.reduce((sum, bin) => sum + bin.n, 0);
    const events = bins.reduce((sum, bin) => sum + bin.events, 0);
    const enough = Math.min(events, n - events) >= LEAST_EVENTS;
    const found = enough ? calibration(bins) : undefined;
    const absence = n < LEAST_ROWS ? (n === 0 ? 'no-rows' : 'below-floor') : 'not-estimable';
    const of = (name: string, value: Parameters<typeof estimate>[3]): Figure =>
      estimate(name, '1', n, value, absence);
    return [
      count('labelled probabilities', n),
      count('events', events),
      of('expected over observed', { value: found?.expectedToObserved }),
      of('calibration intercept', found?.intercept ?? { value: undefined }),
      of('calibration slope', found?.slope ?? { value: undefined }),
    ];
  },
};

/** The points of a calibration plot, lowest first. */
export function calibrationBins(counts: Counts) {
  const cells = byCell(counts);
  return [...cells]
    .filter(([cell]) => cell.startsWith('n '))
    .map(([cell, n]) => {
      const bin = cell.slice(2);
      const predicted = (cells.get(`millionths ${bin}`) ?? 0) / n / MILLIONTHS;
      return { predicted, n, events: cells.get(`events ${bin}`) ?? 0 };
    })
    .toSorted((a, b) => a.predicted - b.predicted);
}
