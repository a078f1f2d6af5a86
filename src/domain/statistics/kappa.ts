import { type Interval, LEVEL, zOf } from './interval.ts';

export interface Kappa {
  /** (p_o − p_e)/(1 − p_e). */
  readonly value: number;
  readonly observed: number;
  readonly expected: number;
  readonly se: number;
  readonly interval: Interval;
}

/**
 * Cohen's kappa of two raters over the same items; `table[i][j]` counts items that one called i and
 * the other j. Large-sample error by Fleiss, Cohen and Everitt 1969, Psychol Bull 72:323. Undefined
 * without items, and where chance alone agrees always.
 */
export function cohenKappa(
  table: readonly (readonly number[])[],
  level = LEVEL,
): Kappa | undefined {
  const n = table.flat().reduce((sum, each) => sum + each, 0);
  if (!(n > 0)) return undefined;
  const at = (i: number, j: number): number => (table[i]?.[j] ?? 0) / n;
  const codes = [...table.keys()];
  const sum = (of: (k: number) => number): number => codes.reduce((total, k) => total + of(k), 0);
  const rows = codes.map((i) => sum((j) => at(i, j)));
  const columns = codes.map((j) => sum((i) => at(i, j)));
  const row = (i: number): number => rows[i] ?? 0;
  const column = (j: number): number => columns[j] ?? 0;
  const observed = sum((k) => at(k, k));
  const expected = sum((k) => row(k) * column(k));
  if (expected >= 1) return undefined;
  const value = (observed - expected) / (1 - expected);
  const agree = sum((k) => at(k, k) * (1 - (row(k) + column(k)) * (1 - value)) ** 2);
  const differ = sum((i) => sum((j) => (i === j ? 0 : at(i, j) * (column(i) + row(j)) ** 2)));
  const variance =
    (agree + (1 - value) ** 2 * differ - (value - expected * (1 - value)) ** 2) /
    ((1 - expected) ** 2 * n);
  const se = Math.sqrt(Math.max(0, variance));
  const half = zOf(level) * se;
  return { value, observed, expected, se, interval: { low: value - half, high: value + half } };
}
