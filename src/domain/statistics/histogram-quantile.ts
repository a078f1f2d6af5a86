/** Counts between fixed edges: `counts[i]` holds edges[i] ≤ x < edges[i+1]; the last bin is open. */
export interface Histogram {
  readonly edges: readonly number[];
  readonly counts: readonly number[];
}

export interface BinnedQuantile {
  /** Straight between both edges of its bin; absent in the open bin. */
  readonly value: number | undefined;
  /** The bin: the sample quantile lies in it for certain. */
  readonly from: number;
  /** Infinity in the open bin. */
  readonly to: number;
}

/** The bin of x; undefined below the first edge. */
export function binOf(edges: readonly number[], x: number): number | undefined {
  const above = edges.findIndex((edge) => x < edge);
  const bin = (above === -1 ? edges.length : above) - 1;
  return bin < 0 ? undefined : bin;
}

/** The p quantile of what was counted, to within its bin. Undefined without rows. */
export function histogramQuantile(
  { edges, counts }: Histogram,
  p: number,
): BinnedQuantile | undefined {
  const n = counts.reduce((sum, each) => sum + each, 0);
  if (n === 0) return undefined;
  const rank = p * n;
  let before = 0;
  for (const [i, count] of counts.entries()) {
    if (count > 0 && before + count >= rank) {
      const from = edges[i] ?? 0;
      const to = edges[i + 1] ?? Number.POSITIVE_INFINITY;
      const inside = (rank - before) / count;
      return {
        from,
        to,
        value: to === Number.POSITIVE_INFINITY ? undefined : from + (to - from) * inside,
      };
    }
    before += count;
  }
  return undefined;
}
