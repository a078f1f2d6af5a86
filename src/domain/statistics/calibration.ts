import { type Interval, LEVEL, zOf } from './interval.ts';
import { logisticFit } from './logistic.ts';

/** Rows with about the same predicted probability: a bin of scores, or one score. */
export interface CalibrationBin {
  /** Mean predicted probability of the bin, 0–1. */
  readonly predicted: number;
  readonly n: number;
  readonly events: number;
}

export interface Calibration {
  /** Expected ÷ observed events; above 1 the model says too much. Absent without events. */
  readonly expectedToObserved: number | undefined;
  /** Calibration-in-the-large: intercept with slope held at 1; 0 is perfect. */
  readonly intercept: Estimated | undefined;
  /** Slope of the logistic recalibration; 1 is perfect, below 1 the model is too extreme. */
  readonly slope: Estimated | undefined;
}

export interface Estimated {
  readonly value: number;
  readonly se: number;
  readonly interval: Interval;
}

// A predicted 0 or 1 has no logit; a millionth away it has one, and stays what it was.
const CLOSEST = 1e-6;
const logit = (p: number): number => {
  const inside = Math.min(1 - CLOSEST, Math.max(CLOSEST, p));
  return Math.log(inside / (1 - inside));
};

/** Weak calibration (Cox 1958; Van Calster et al. 2016, J Clin Epidemiol 74:167). */
export function calibration(bins: readonly CalibrationBin[], level = LEVEL): Calibration {
  const z = zOf(level);
  const sum = (of: (bin: CalibrationBin) => number) => bins.reduce((all, bin) => all + of(bin), 0);
  const events = sum((bin) => bin.events);
  const expected = sum((bin) => bin.n * bin.predicted);
  const rows = bins.map(({ predicted, n, events: y }) => ({ l: logit(predicted), n, y }));
  const large = logisticFit(rows.map(({ l, n, y }) => ({ x: [1], n, y, offset: l })));
  const recalibrated = logisticFit(rows.map(({ l, n, y }) => ({ x: [1, l], n, y })));
  const estimated = (fit: typeof large, k: number): Estimated | undefined => {
    const [value, se] = [fit?.coefficients[k], fit?.errors[k]];
    if (value === undefined || se === undefined) return undefined;
    return { value, se, interval: { low: value - z * se, high: value + z * se } };
  };
  return {
    expectedToObserved: events > 0 ? expected / events : undefined,
    intercept: estimated(large, 0),
    slope: estimated(recalibrated, 1),
  };
}
