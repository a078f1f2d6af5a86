import type { Measured } from './shift-scan.ts';

/**
 * x of n on the arcsine scale, where the sampling variance does not depend on the share: asin √p with
 * Anscombe's (1948) (x + 3/8)/(n + 3/4), variance 1/(4n + 2). Unit: radian; 0.1 is ten points around one
 * half, six around 90 % (Cohen's h = 0.2).
 */
export const angleOf = (x: number, n: number): Measured =>
  n > 0 ? { y: angle((x + 0.375) / (n + 0.75)), v: 1 / (4 * n + 2) } : { y: 0, v: Infinity };

/** A share as an angle, from 0 to π/2. */
export const angle = (share: number): number => Math.asin(Math.sqrt(share));

/** The share of an angle; beyond either end it is 0 or 1. */
export const shareOf = (at: number): number =>
  Math.sin(Math.min(Math.PI / 2, Math.max(0, at))) ** 2;

/** What one stratum saw of a group and of the others. */
export interface Versus {
  readonly x: number;
  readonly n: number;
  readonly otherX: number;
  readonly otherN: number;
}

/**
 * Difference of two shares inside strata (units), on the arcsine scale: Mantel–Haenszel's risk difference
 * divided by 2√(pq), p that of both together. Right for strata of two or three rows, where an arcsine of
 * its own is not. Source: Greenland and Robins 1985, Biometrics 41:55; variance under no difference.
 */
export function angleBetween(strata: readonly Versus[]): Measured {
  let above = 0;
  let below = 0;
  let x = 0;
  let n = 0;
  for (const each of strata) {
    const all = each.n + each.otherN;
    if (each.n === 0 || each.otherN === 0) continue;
    above += (each.x * each.otherN - each.otherX * each.n) / all;
    below += (each.n * each.otherN) / all;
    x += each.x + each.otherX;
    n += all;
  }
  if (below === 0) return { y: 0, v: Infinity };
  const p = (x + 0.375) / (n + 0.75);
  return { y: above / below / (2 * Math.sqrt(p * (1 - p))), v: 1 / (4 * below) };
}
