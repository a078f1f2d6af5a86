import { continuedFraction } from './continued-fraction.ts';
import { logGamma } from './log-gamma.ts';

/** Regularised incomplete beta function I_x(a, b), a, b ≥ 0.5, 0 ≤ x ≤ 1 (DLMF 8.17.22). */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (!(x >= 0 && x <= 1)) return Number.NaN;
  if (x === 0 || x === 1) return x;
  // The fraction settles fast on this side of the mean only.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = Math.exp(
    logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x),
  );
  const fraction = continuedFraction(
    (i) => (i === 1 ? 1 : step(i - 1, x, a, b)),
    (i) => (i === 0 ? 0 : 1),
  );
  return (front * fraction) / a;
}

function step(i: number, x: number, a: number, b: number): number {
  const m = Math.floor(i / 2);
  return i % 2 === 0
    ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    : (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
}
