import { type Interval, LEVEL, zOf } from './interval.ts';
import { wilson } from './wilson.ts';

export interface Comparison {
  readonly value: number;
  readonly interval: Interval;
}

/**
 * (x₁/n₁)/(x₂/n₂) of independent rows with the interval of its logarithm (Katz et al. 1978,
 * Biometrics 34:469). Undefined where either count is zero: the logarithm has no error then.
 */
export function rateRatio(
  x1: number,
  n1: number,
  x2: number,
  n2: number,
  level = LEVEL,
): Comparison | undefined {
  if (!(x1 > 0 && x2 > 0 && n1 > 0 && n2 > 0)) return undefined;
  const value = x1 / n1 / (x2 / n2);
  const factor = Math.exp(zOf(level) * Math.sqrt(1 / x1 - 1 / n1 + 1 / x2 - 1 / n2));
  return { value, interval: { low: value / factor, high: value * factor } };
}

/**
 * x₁/n₁ − x₂/n₂ of independent rows with Newcombe's interval from two of Wilson's (Newcombe 1998,
 * Stat Med 17:873, method 10).
 */
export function rateDifference(
  x1: number,
  n1: number,
  x2: number,
  n2: number,
  level = LEVEL,
): Comparison | undefined {
  const one = wilson(x1, n1, level);
  const two = wilson(x2, n2, level);
  if (!(one && two)) return undefined;
  const [p1, p2] = [x1 / n1, x2 / n2];
  const value = p1 - p2;
  return {
    value,
    interval: {
      low: value - Math.hypot(p1 - one.low, two.high - p2),
      high: value + Math.hypot(one.high - p1, p2 - two.low),
    },
  };
}
