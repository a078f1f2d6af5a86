/** The integer sums that one cluster (a clinician, a unit) brings; all clusters have the same ones. */
export type Sums = readonly number[];

export interface Jackknifed {
  readonly estimate: number;
  readonly se: number;
  /** Degrees of freedom: Kish's effective number of clusters less one. */
  readonly df: number;
}

/**
 * Standard error by leaving out one cluster at a time (JK1 in Lumley's R package survey): any smooth
 * function of sums, any correlation inside a cluster. Degrees of freedom follow the sizes, as a few
 * large clusters tell less than their number suggests (Kish 1965, §11.7); with J − 1 simulated
 * coverage at 10 unequal clusters falls below 92 %.
 * @param of the estimate from the sums of all clusters together.
 * @param size what a cluster weighs: its denominator.
 */
export function jackknife(
  clusters: readonly Sums[],
  of: (sums: Sums) => number,
  size: (sums: Sums) => number,
): Jackknifed {
  const all = totals(clusters);
  const estimate = of(all);
  const without = clusters.map((left) => of(all.map((sum, i) => sum - (left[i] ?? 0))));
  const count = clusters.length;
  const squares = without.reduce((sum, each) => sum + (each - estimate) ** 2, 0);
  return {
    estimate,
    se: Math.sqrt((squares * (count - 1)) / count),
    df: effectiveCount(clusters.map(size)) - 1,
  };
}

/** Sums of every column. */
export function totals(clusters: readonly Sums[]): Sums {
  const width = clusters[0]?.length ?? 0;
  return Array.from({ length: width }, (_, i) =>
    clusters.reduce((sum, each) => sum + (each[i] ?? 0), 0),
  );
}

/** (Σw)²/Σw²: how many equal clusters would weigh as these do. */
export function effectiveCount(weights: readonly number[]): number {
  const sum = weights.reduce((total, w) => total + w, 0);
  return (sum * sum) / weights.reduce((total, w) => total + w * w, 0);
}
