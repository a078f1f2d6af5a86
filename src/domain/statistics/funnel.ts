import { normalQuantile } from './normal.ts';
import { quantile } from './quantile.ts';

/** One clinician, unit or site. */
export interface FunnelPoint {
  readonly numerator: number;
  readonly denominator: number;
}

export interface Funnel {
  /** Σx/Σn, the line in the middle. */
  readonly centre: number;
  /** φ: mean of the squared winsorised z; 1 where all differ only by chance. */
  readonly dispersion: number;
  /** τ²: variance between them on the arcsine scale. */
  readonly between: number;
}

/** Share of points, at each end, that are drawn in before φ is taken: outliers must not widen it. */
const WINSORISED = 0.1;

const angle = (share: number): number => Math.asin(Math.sqrt(share));
const squaredError = (denominator: number): number => 1 / (4 * denominator);

/**
 * Funnel for proportions with additive overdispersion (Spiegelhalter 2005, Stat Med 24:1185: arcsine
 * scale, z winsorised at 10 % and 90 %, τ² by moments). Undefined without rows.
 */
export function funnel(points: readonly FunnelPoint[]): Funnel | undefined {
  const seen = points.filter((point) => point.denominator > 0);
  const n = seen.reduce((sum, point) => sum + point.denominator, 0);
  if (n === 0) return undefined;
  const centre = seen.reduce((sum, point) => sum + point.numerator, 0) / n;
  const z = winsorised(seen.map((point) => rawZ(point, centre)));
  const count = seen.length;
  const dispersion = z.reduce((sum, each) => sum + each * each, 0) / count;
  const weights = seen.map((point) => 1 / squaredError(point.denominator));
  const sum = weights.reduce((total, w) => total + w, 0);
  const squares = weights.reduce((total, w) => total + w * w, 0);
  const spread = sum - squares / sum;
  const between = spread > 0 ? Math.max(0, (count * dispersion - (count - 1)) / spread) : 0;
  return { centre, dispersion, between };
}

const rawZ = ({ numerator, denominator }: FunnelPoint, centre: number): number =>
  (angle(numerator / denominator) - angle(centre)) / Math.sqrt(squaredError(denominator));

function winsorised(z: readonly number[]): readonly number[] {
  const low = quantile(z, WINSORISED) ?? 0;
  const high = quantile(z, 1 - WINSORISED) ?? 0;
  return z.map((each) => Math.min(high, Math.max(low, each)));
}

/** How far a point lies from the centre, in errors that include the spread between points. */
export function funnelZ(point: FunnelPoint, { centre, between }: Funnel): number {
  const error = Math.sqrt(squaredError(point.denominator) + between);
  return (angle(point.numerator / point.denominator) - angle(centre)) / error;
}

/**
 * Limits at a denominator; `level` 0.95 gives ±1.960, 0.998 gives ±3.090. The angle is held within
 * [0, π/2]: beyond, sin² turns back and the funnel would close again at small n.
 */
export function funnelLimits(
  denominator: number,
  { centre, between }: Funnel,
  level: number,
): { readonly low: number; readonly high: number } {
  const half = normalQuantile((1 + level) / 2) * Math.sqrt(squaredError(denominator) + between);
  return {
    low: Math.sin(Math.max(0, angle(centre) - half)) ** 2,
    high: Math.sin(Math.min(Math.PI / 2, angle(centre) + half)) ** 2,
  };
}
