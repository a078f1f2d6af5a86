/** Rows of one cluster in one period with about the same x; clusters and periods are numbers from 0. */
export interface MixedCell {
  readonly cluster: number;
  readonly period: number;
  readonly x: number;
  readonly n: number;
  readonly y: number;
}

/** How far clusters and periods lie apart, as variances of the log odds. */
export interface Spreads {
  readonly cluster: number;
  readonly period: number;
}

export interface MixedTrend {
  /** Change of the log odds per unit of x. */
  readonly slope: number;
  /** With what cells vary beyond chance. */
  readonly se: number;
}

/** Wide enough that every cluster and every period has whatever level its rows say. */
export const FREE_LEVELS: Spreads = { cluster: 4, period: 1 };

/**
 * Trend of a share with x where clusters (clinicians) and periods (weeks) have levels of their own, drawn
 * around a common one: logit P = μ + u + w + βx. One step of weighted least squares from the mean share,
 * by Henderson's equations (1975, Biometrics 31:423) with the clusters eliminated one by one; φ is
 * Pearson's. With free levels it says what `stratifiedTrend` says, at a small part of its cost, for whoever
 * looks every week. Undefined where all rows agree, or where x, clusters and periods cannot be told apart.
 */
export function mixedTrend(
  cells: readonly MixedCell[],
  spreads: Spreads = FREE_LEVELS,
): MixedTrend | undefined {
  const rows = cells.reduce((sum, { n }) => sum + n, 0);
  const p = cells.reduce((sum, { y }) => sum + y, 0) / rows;
  const scale = p * (1 - p);
  if (!(scale > 0)) return undefined;
  const periods = Math.max(...cells.map(({ period }) => period)) + 1;
  // Unknown: the level, the slope, then the periods.
  const size = 2 + periods;
  const left = Array.from({ length: size }, () => new Float64Array(size));
  const right = new Float64Array(size);
  for (let k = 2; k < size; k++) put(left, k, k, 1 / spreads.period);
  const clusters = Map.groupBy(cells, ({ cluster }) => cluster);
  let rest = 0;
  for (const own of clusters.values())
    rest += addCluster(own, { p, scale, size, prior: 1 / spreads.cluster }, left, right);
  return solved(left, right, rest, cells.length - clusters.size - periods - 1);
}

interface Scale {
  readonly p: number;
  readonly scale: number;
  readonly size: number;
  readonly prior: number;
}

/** The equations of one cluster, its own level already taken out. @returns its squares about that level. */
function addCluster(
  own: readonly MixedCell[],
  { p, scale, size, prior }: Scale,
  left: readonly Float64Array[],
  right: Float64Array,
): number {
  const with_ = new Float64Array(size);
  let weight = prior;
  let mass = 0;
  let squares = 0;
  for (const { period, x, n, y } of own) {
    const w = n * scale;
    const z = w * ((y / n - p) / scale);
    const at = 2 + period;
    weight += w;
    mass += z;
    squares += (z * z) / w;
    bump(with_, 0, w);
    bump(with_, 1, w * x);
    bump(with_, at, w);
    bump(right, 0, z);
    bump(right, 1, z * x);
    bump(right, at, z);
    put(left, 0, 0, w);
    put(left, 1, 1, w * x * x);
    put(left, at, at, w);
    for (const [i, j, by] of [
      [0, 1, w * x],
      [0, at, w],
      [1, at, w * x],
    ] as const) {
      put(left, i, j, by);
      put(left, j, i, by);
    }
  }
  for (let i = 0; i < size; i++) {
    const share = (with_[i] ?? 0) / weight;
    if (share === 0) continue;
    bump(right, i, -share * mass);
    for (let j = 0; j < size; j++) put(left, i, j, -share * (with_[j] ?? 0));
  }
  return squares - (mass * mass) / weight;
}

const bump = (into: Float64Array, i: number, by: number): void => {
  into[i] = (into[i] ?? 0) + by;
};
const put = (into: readonly Float64Array[], i: number, j: number, by: number): void => {
  const row = into[i];
  if (row) row[j] = (row[j] ?? 0) + by;
};

const SMALL = 1e-9;

/**
 * Everything but the slope is eliminated, the level last; what is left is its information.
 * @param rest squares that the clusters leave. @param df cells less what was fitted.
 */
function solved(
  left: readonly Float64Array[],
  right: Float64Array,
  rest: number,
  df: number,
): MixedTrend | undefined {
  const start = left[1]?.[1] ?? 0;
  let squares = rest;
  const order = [...Array.from({ length: right.length - 2 }, (_, i) => i + 2), 0];
  for (const k of order) {
    const pivot = left[k];
    const diagonal = pivot?.[k] ?? 0;
    if (!pivot || !(diagonal > 0)) continue;
    squares -= (right[k] ?? 0) ** 2 / diagonal;
    for (const [i, row] of left.entries()) {
      const factor = (row[k] ?? 0) / diagonal;
      if (i === k || factor === 0) continue;
      for (let j = 0; j < row.length; j++) bump(row, j, -factor * (pivot[j] ?? 0));
      bump(right, i, -factor * (right[k] ?? 0));
    }
  }
  const information = left[1]?.[1] ?? 0;
  if (!(information > SMALL * start) || df < 1) return undefined;
  const slope = (right[1] ?? 0) / information;
  const dispersion = Math.max(1, (squares - slope * slope * information) / df);
  return { slope, se: Math.sqrt(dispersion / information) };
}
