import { continuedFraction } from './continued-fraction.ts';
import { logGamma } from './log-gamma.ts';

/**
 * Upper regularised incomplete gamma function Q(a, x), a ≥ 0.5, x ≥ 0: the series below the hump,
 * the continued fraction above it (DLMF 8.7.1, 8.9.2).
 */
export function upperGamma(a: number, x: number): number {
  if (!(x >= 0)) return Number.NaN;
  if (x === 0) return 1;
  if (x === Number.POSITIVE_INFINITY) return 0;
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) return 1 - front * series(a, x);
  const fraction = continuedFraction(
    (i) => -(i - 1) * (i - 1 - a) || 1,
    (i) => (i === 0 ? 0 : x + 2 * i - 1 - a),
  );
  return front * fraction;
}

/** Σ xⁿ / (a(a+1)…(a+n)). */
function series(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return sum;
}
