import { type Interval, LEVEL } from './interval.ts';
import { leastSquares } from './least-squares.ts';
import { neweyWest, usualLag } from './newey-west.ts';
import { tQuantile, twoSidedT } from './student-t.ts';

export interface Effect {
  readonly value: number;
  readonly se: number;
  readonly interval: Interval;
  readonly p: number;
}

/** A change of a series at a known time, in the unit of the series. */
export interface Interruption {
  /** Level at t = 0, before any change. */
  readonly level: Effect;
  /** Per step before the change. */
  readonly trend: Effect;
  /** β₂: the jump at the change itself, not extrapolated to t = 0. */
  readonly levelChange: Effect;
  /** β₃: what the change adds to the trend, per step. */
  readonly trendChange: Effect;
}

/** With fewer points on a side, a trend there cannot be told from noise; see clinical-evidence §2. */
export const LEAST_POINTS = 12;

/**
 * Segmented regression Y_t = β₀ + β₁t + β₂D_t + β₃(t−T₀)D_t, D_t = 1 from t = T₀ on, with Newey–West
 * errors and t quantiles. In this form β₂ is the jump at T₀; where the last term is t·D_t instead, it
 * is not (BMC Med Res Methodol 2025, 12874-025-02556-8).
 * @param change index T₀ of the first point after the change.
 * @param lag of Newey and West; by default their usual rule.
 */
export function interruptedTimeSeries(
  y: readonly number[],
  change: number,
  { lag = usualLag(y.length), level = LEVEL } = {},
): Interruption | undefined {
  if (change < LEAST_POINTS || y.length - change < LEAST_POINTS) return undefined;
  const x = y.map((_, t) => [1, t, t >= change ? 1 : 0, t >= change ? t - change : 0]);
  const fit = leastSquares(x, y);
  if (!fit) return undefined;
  const errors = neweyWest(x, fit, lag);
  const df = y.length - 4;
  const t = tQuantile((1 + level) / 2, df);
  const effect = (i: number): Effect => {
    const value = fit.coefficients[i] ?? 0;
    const se = errors[i] ?? 0;
    const interval = { low: value - t * se, high: value + t * se };
    return { value, se, interval, p: se > 0 ? twoSidedT(value / se, df) : 1 };
  };
  return { level: effect(0), trend: effect(1), levelChange: effect(2), trendChange: effect(3) };
}
