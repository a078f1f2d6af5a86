import { upperGamma } from './incomplete-gamma.ts';

/** P(X ≥ x) of the χ² distribution with `df` degrees of freedom. */
export const chiSquareTail = (x: number, df: number): number => upperGamma(df / 2, x / 2);

export interface ChiSquareTest {
  readonly statistic: number;
  readonly p: number;
}

/**
 * Pearson's χ² of two proportions x₁/n₁ and x₂/n₂, one degree of freedom, without continuity
 * correction. Undefined where a margin is zero: there is nothing to compare.
 */
export function chiSquareOfTwo(
  x1: number,
  n1: number,
  x2: number,
  n2: number,
): ChiSquareTest | undefined {
  const yes = x1 + x2;
  const no = n1 + n2 - yes;
  if (!(n1 > 0 && n2 > 0 && yes > 0 && no > 0)) return undefined;
  const cross = x1 * (n2 - x2) - x2 * (n1 - x1);
  const statistic = (cross * cross * (n1 + n2)) / (n1 * n2 * yes * no);
  return { statistic, p: chiSquareTail(statistic, 1) };
}
