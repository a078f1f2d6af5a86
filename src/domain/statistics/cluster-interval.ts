import { type Interval, LEVEL } from './interval.ts';
import { effectiveCount, type Jackknifed, jackknife, type Sums } from './jackknife.ts';
import { tQuantile } from './student-t.ts';
import { scoreInterval } from './wilson.ts';

/** Below this, variation between clusters cannot be estimated, and there is no interval. */
export const LEAST_CLUSTERS = 10;

/** One cluster's part of a share or ratio. */
export interface Part {
  readonly numerator: number;
  readonly denominator: number;
}

const used = (parts: readonly Part[]): readonly Sums[] =>
  parts.filter((part) => part.denominator > 0).map((part) => [part.numerator, part.denominator]);

const quotient: (sums: Sums) => number = ([above = 0, below = 0]) => above / below;
const denominator = (sums: Sums): number => sums[1] ?? 0;
const logit = (p: number): number => Math.log(p / (1 - p));
const expit = (x: number): number => 1 / (1 + Math.exp(-x));

/**
 * Cluster-robust t interval for a share Σx/Σn: jackknife error, on the logit scale, so that it stays
 * inside 0–1 and is right near both ends. Undefined below ten clusters. Where every row of every
 * cluster agrees, nothing can be said of clustering: Wilson's with the t quantile.
 */
export function clusterShareInterval(parts: readonly Part[], level = LEVEL): Interval | undefined {
  const clusters = used(parts);
  if (clusters.length < LEAST_CLUSTERS) return undefined;
  const { estimate: p, se, df } = jackknife(clusters, quotient, denominator);
  const t = critical(df, level);
  if (p <= 0 || p >= 1 || se === 0) {
    const rows = clusters.reduce((sum, each) => sum + denominator(each), 0);
    return scoreInterval(p, rows, t);
  }
  const half = (t * se) / (p * (1 - p));
  return { low: expit(logit(p) - half), high: expit(logit(p) + half) };
}

/**
 * Cluster-robust t interval for a ratio Σx/Σn that may exceed one (alerts per encounter), on the log
 * scale. Undefined below ten clusters, and at zero.
 */
export function clusterRatioInterval(parts: readonly Part[], level = LEVEL): Interval | undefined {
  const clusters = used(parts);
  if (clusters.length < LEAST_CLUSTERS) return undefined;
  const { estimate, se, df } = jackknife(clusters, quotient, denominator);
  if (!(estimate > 0)) return undefined;
  const factor = Math.exp((critical(df, level) * se) / estimate);
  return { low: estimate / factor, high: estimate * factor };
}

/** The two-sided t of a jackknife; below one degree of freedom the t of one. */
export const critical = (df: number, level: number): number =>
  tQuantile((1 + level) / 2, Math.max(1, df));

/** Two groups seen by the same clusters, e.g. what one clinician answered for either group. */
export interface Pair {
  readonly group: Part;
  readonly reference: Part;
}

export interface Contrast {
  readonly value: number;
  readonly interval: Interval;
}

const pairSums = (pairs: readonly Pair[]): readonly Sums[] =>
  pairs
    .map(({ group, reference }) => [
      group.numerator,
      group.denominator,
      reference.numerator,
      reference.denominator,
    ])
    .filter(([, n = 0, , m = 0]) => n + m > 0);

/** The fewer of both effective numbers of clusters: the comparison is as good as its weaker side. */
const pairDf = (clusters: readonly Sums[]): number =>
  Math.min(...[1, 3].map((i) => effectiveCount(clusters.map((sums) => sums[i] ?? 0)))) - 1;

const each = (pairs: readonly Pair[], side: keyof Pair): number =>
  pairs.filter((pair) => pair[side].denominator > 0).length;

function contrast(pairs: readonly Pair[], of: (sums: Sums) => number): Jackknifed | undefined {
  if (each(pairs, 'group') < LEAST_CLUSTERS || each(pairs, 'reference') < LEAST_CLUSTERS)
    return undefined;
  const clusters = pairSums(pairs);
  const found = jackknife(clusters, of, denominator);
  return Number.isFinite(found.estimate) && Number.isFinite(found.se)
    ? { ...found, df: pairDf(clusters) }
    : undefined;
}

/** (x₁/n₁)/(x₂/n₂) over clusters that may hold rows of both; t interval of its logarithm. */
export function clusterRateRatio(pairs: readonly Pair[], level = LEVEL): Contrast | undefined {
  const found = contrast(pairs, ([x1 = 0, n1 = 0, x2 = 0, n2 = 0]) =>
    Math.log(x1 / n1 / (x2 / n2)),
  );
  if (!found) return undefined;
  const half = critical(found.df, level) * found.se;
  return {
    value: Math.exp(found.estimate),
    interval: { low: Math.exp(found.estimate - half), high: Math.exp(found.estimate + half) },
  };
}

/** x₁/n₁ − x₂/n₂ over clusters that may hold rows of both; t interval. */
export function clusterDifference(pairs: readonly Pair[], level = LEVEL): Contrast | undefined {
  const found = contrast(pairs, ([x1 = 0, n1 = 0, x2 = 0, n2 = 0]) => x1 / n1 - x2 / n2);
  if (!found) return undefined;
  const half = critical(found.df, level) * found.se;
  const { estimate: value } = found;
  return { value, interval: { low: value - half, high: value + half } };
}
