import { incompleteBeta } from './incomplete-beta.ts';
import { logGamma } from './log-gamma.ts';
import { normalQuantile } from './normal.ts';

/** P(T ≥ |t|) with `df` degrees of freedom, df ≥ 1. */
function tail(t: number, df: number): number {
  return incompleteBeta(df / (df + t * t), df / 2, 0.5) / 2;
}

/** P(T ≤ t) of Student's distribution with `df` degrees of freedom, df ≥ 1. */
export const tCdf = (t: number, df: number): number => (t < 0 ? tail(t, df) : 1 - tail(t, df));

/** P(|T| ≥ |t|): the two-sided p value. */
export const twoSidedT = (t: number, df: number): number => 2 * tail(t, df);

function density(t: number, df: number): number {
  const front = logGamma((df + 1) / 2) - logGamma(df / 2) - Math.log(df * Math.PI) / 2;
  return Math.exp(front - ((df + 1) / 2) * Math.log1p((t * t) / df));
}

/** The t with P(T ≤ t) = p; df ≥ 1. Newton's steps, kept inside a bracket that always halves. */
export function tQuantile(p: number, df: number): number {
  if (!(p > 0 && p < 1 && df >= 1)) return Number.NaN;
  if (p < 0.5) return -tQuantile(1 - p, df);
  const above = 1 - p;
  let low = 0;
  let high = Math.max(1, normalQuantile(p));
  while (tail(high, df) > above) {
    low = high;
    high *= 2;
  }
  let t = (low + high) / 2;
  for (let i = 0; i < 200; i++) {
    const error = tail(t, df) - above;
    if (error > 0) low = t;
    else high = t;
    const newton = t + error / density(t, df);
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - t) <= 1e-15 * Math.max(1, t)) return next;
    t = next;
  }
  return t;
}
