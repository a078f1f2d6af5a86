import { type Interval, LEVEL, zOf } from './interval.ts';

/**
 * Wilson's score interval for x of n independent rows (Wilson 1927, JASA 22:209). Undefined for
 * n = 0. `n` may be an effective sample size.
 */
export function wilson(x: number, n: number, level = LEVEL): Interval | undefined {
  return n > 0 ? scoreInterval(x / n, n, zOf(level)) : undefined;
}

/** The same with any critical value: a t quantile where n was estimated from clusters. */
export function scoreInterval(p: number, n: number, z: number): Interval {
  const z2n = (z * z) / n;
  const middle = p + z2n / 2;
  const half = z * Math.sqrt((p * (1 - p)) / n + z2n / (4 * n));
  // At 0 and n rounding would leave a limit a hair away from where it is exactly.
  return {
    low: p === 0 ? 0 : (middle - half) / (1 + z2n),
    high: p === 1 ? 1 : (middle + half) / (1 + z2n),
  };
}
