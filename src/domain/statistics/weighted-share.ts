import { type Interval, LEVEL, withinShare, zOf } from './interval.ts';

/** A stratum of a sampled review: what there was, what was drawn at random, what was found. */
export interface Stratum {
  readonly population: number;
  readonly sampled: number;
  readonly positive: number;
}

export interface WeightedShare {
  readonly value: number;
  readonly se: number;
  /** Absent where every sampled stratum was all of one kind: Wald's error is then zero and wrong. */
  readonly interval: Interval | undefined;
}

/**
 * Share in the population from a stratified sample, each stratum by its weight N_h/N, with Wald's
 * interval and finite-population correction: a stratum that was reviewed whole adds no error
 * (Cochran 1977, *Sampling Techniques*, 5.6 and 5.53). Undefined where a stratum that has rows was
 * not sampled, or only once and not whole.
 */
export function weightedShare(
  strata: readonly Stratum[],
  level = LEVEL,
): WeightedShare | undefined {
  const filled = strata.filter((one) => one.population > 0);
  const total = filled.reduce((sum, one) => sum + one.population, 0);
  const known = filled.every(
    ({ population, sampled }) => sampled > 1 || (sampled === 1 && population === 1),
  );
  if (total === 0 || !known) return undefined;
  const weighted = (of: (one: Stratum) => number, power: number) =>
    filled.reduce((sum, one) => sum + (one.population / total) ** power * of(one), 0);
  const value = weighted(({ positive, sampled }) => positive / sampled, 1);
  const se = Math.sqrt(weighted(variance, 2));
  const half = zOf(level) * se;
  const whole = filled.every((one) => one.sampled >= one.population);
  const interval =
    se > 0 || whole ? withinShare({ low: value - half, high: value + half }) : undefined;
  return { value, se, interval };
}

function variance({ population, sampled, positive }: Stratum): number {
  if (sampled >= population) return 0;
  const p = positive / sampled;
  return ((1 - sampled / population) * p * (1 - p)) / (sampled - 1);
}
