import { normalQuantile } from './normal.ts';

/** Both limits of a confidence interval, in the unit of what was estimated. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** What is claimed unless somebody asks for another level. */
export const LEVEL = 0.95;

/** The z of a two-sided interval: 1.96 at 0.95. */
export const zOf = (level: number): number => normalQuantile((1 + level) / 2);

/** Limits of a share can lie nowhere else. */
export const withinShare = ({ low, high }: Interval): Interval => ({
  low: Math.max(0, low),
  high: Math.min(1, high),
});
