/** One subgroup of a control chart, usually a week. */
export interface Subgroup {
  readonly numerator: number;
  /** Rows (p charts) or exposure such as encounters (u chart); more than 0. */
  readonly denominator: number;
}

export interface ChartPoint {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Beyond a limit, at three sigma. */
  readonly outside: boolean;
}

export interface ControlChart {
  readonly centre: number;
  /** Factor on the limits: 1 except on Laney's chart. */
  readonly sigmaZ: number;
  readonly points: readonly ChartPoint[];
}

const SIGMAS = 3;
/** d₂ of moving ranges of two. */
const D2 = 1.128;

/** p chart: p̄ ± 3√(p̄(1−p̄)/nᵢ) (Shewhart; Montgomery, *Statistical Quality Control*, §7.2). */
export const pChart = (subgroups: readonly Subgroup[]): ControlChart | undefined =>
  chart(subgroups, binomial, 1, () => 1);

/**
 * Laney's p′ chart: p̄ ± 3σᵢσ_z, σ_z from the moving range of zᵢ = (pᵢ−p̄)/σᵢ. For large and
 * overdispersed subgroups, where a p chart alarms every week (Laney 2002, Qual Eng 14:531).
 */
export const laneyChart = (subgroups: readonly Subgroup[]): ControlChart | undefined =>
  chart(subgroups, binomial, 1, movingRangeSigma);

/** u chart: ū ± 3√(ū/nᵢ), for counts per exposure. */
export const uChart = (subgroups: readonly Subgroup[]): ControlChart | undefined =>
  chart(subgroups, poisson, Number.POSITIVE_INFINITY, () => 1);

type Sigma = (centre: number, denominator: number) => number;

const binomial: Sigma = (centre, n) => Math.sqrt((centre * (1 - centre)) / n);
const poisson: Sigma = (centre, n) => Math.sqrt(centre / n);

function movingRangeSigma(z: readonly number[]): number {
  const ranges = z.slice(1).map((each, i) => Math.abs(each - (z[i] ?? each)));
  return ranges.reduce((sum, each) => sum + each, 0) / ranges.length / D2;
}

function chart(
  subgroups: readonly Subgroup[],
  sigmaOf: Sigma,
  most: number,
  factorOf: (z: readonly number[]) => number,
): ControlChart | undefined {
  const seen = subgroups.filter((one) => one.denominator > 0);
  if (seen.length < 2) return undefined;
  const sum = (of: (one: Subgroup) => number) => seen.reduce((total, one) => total + of(one), 0);
  const centre = sum((one) => one.numerator) / sum((one) => one.denominator);
  const sigmas = seen.map((one) => sigmaOf(centre, one.denominator));
  const values = seen.map((one) => one.numerator / one.denominator);
  const sigmaZ = factorOf(values.map((value, i) => (sigmas[i] ? (value - centre) / sigmas[i] : 0)));
  const points = values.map((value, i) => {
    const half = SIGMAS * (sigmas[i] ?? 0) * sigmaZ;
    const low = Math.max(0, centre - half);
    const high = Math.min(most, centre + half);
    return { value, low, high, outside: value < low || value > high };
  });
  return { centre, sigmaZ, points };
}
