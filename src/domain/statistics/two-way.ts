/** Rows, each of one clinician and one period, with a weight. */
export interface Strata {
  /** Numbers from 0; each occurs. */
  readonly clinician: readonly number[];
  readonly period: readonly number[];
}

/**
 * What is left of a column when weighted levels of clinicians and of periods are taken out. Clinicians
 * are eliminated by hand, so that only a matrix of periods is solved. Weights are those of the maker.
 */
export function twoWayResiduals(
  { clinician, period }: Strata,
  weights: readonly number[],
): (column: readonly number[]) => readonly number[] {
  const byClinician = sums(clinician, weights);
  const periods = sums(period, weights).length;
  const share = Array.from({ length: periods }, () => new Float64Array(byClinician.length));
  for (const [i, w] of weights.entries()) {
    const row = share[period[i] ?? 0];
    const c = clinician[i] ?? 0;
    if (row) row[c] = (row[c] ?? 0) + w;
  }
  const matrix = share.map((row, a) =>
    share.map((other, b) => {
      const own = a === b ? row.reduce((sum, each) => sum + each, 0) : 0;
      return row.reduce((sum, w, c) => sum - (w * (other[c] ?? 0)) / (byClinician[c] ?? 1), own);
    }),
  );
  const solve = solver(matrix);
  const centred = (column: readonly number[]): readonly number[] => {
    const total = sums(
      clinician,
      column.map((each, i) => each * (weights[i] ?? 0)),
    );
    return column.map((each, i) => {
      const c = clinician[i] ?? 0;
      return each - (total[c] ?? 0) / (byClinician[c] ?? 1);
    });
  };
  return (column) => {
    const left = centred(column);
    const levels = solve([
      ...sums(
        period,
        left.map((each, i) => each * (weights[i] ?? 0)),
      ),
    ]);
    const ofPeriods = centred(period.map((p) => levels[p] ?? 0));
    return left.map((each, i) => each - (ofPeriods[i] ?? 0));
  };
}

function sums(key: readonly number[], values: readonly number[]): Float64Array {
  const all = new Float64Array(Math.max(-1, ...key) + 1);
  for (const [i, k] of key.entries()) all[k] = (all[k] ?? 0) + (values[i] ?? 0);
  return all;
}

const NOTHING = 1e-11;

/**
 * Solves A b = right for a symmetric A without negative eigenvalues. Directions of which A says nothing
 * (a common shift of all periods) stay at zero.
 */
function solver(matrix: readonly (readonly number[])[]): (right: readonly number[]) => number[] {
  const size = matrix.length;
  const a = matrix.map((row) => Float64Array.from(row));
  const largest = Math.max(0, ...matrix.map((row, i) => row[i] ?? 0));
  const at = (i: number, j: number): number => a[i]?.[j] ?? 0;
  const told = a.map((pivot, k) => {
    if (!(at(k, k) > NOTHING * largest)) return false;
    for (let i = k + 1; i < size; i++) {
      const factor = at(i, k) / at(k, k);
      const row = a[i];
      if (row) for (let j = k; j < size; j++) row[j] = (row[j] ?? 0) - factor * (pivot[j] ?? 0);
      // What it was multiplied with is kept in the place that became zero.
      if (row) row[k] = factor;
    }
    return true;
  });
  return (right) => {
    const b = [...right];
    for (let k = 0; k < size; k++)
      if (told[k]) for (let i = k + 1; i < size; i++) b[i] = (b[i] ?? 0) - at(i, k) * (b[k] ?? 0);
    for (let k = size - 1; k >= 0; k--) {
      let sum = b[k] ?? 0;
      for (let j = k + 1; j < size; j++) sum -= at(k, j) * (b[j] ?? 0);
      b[k] = told[k] ? sum / at(k, k) : 0;
    }
    return b;
  };
}
