export interface Fit {
  readonly coefficients: readonly number[];
  readonly residuals: readonly number[];
  /** (XᵀX)⁻¹: what any error of the coefficients is made from. */
  readonly inverse: readonly (readonly number[])[];
}

/**
 * Ordinary least squares by Householder reflections, which keeps the digits that the normal
 * equations lose (Golub and Van Loan, *Matrix Computations*, §5.3). Undefined where columns of X
 * depend on one another or rows are too few.
 */
export function leastSquares(
  x: readonly (readonly number[])[],
  y: readonly number[],
): Fit | undefined {
  const width = x[0]?.length ?? 0;
  if (x.length < width || width === 0) return undefined;
  const work = x.map((row, i) => [...row, y[i] ?? 0]);
  const size = Math.max(...x.flat().map(Math.abs));
  for (let k = 0; k < width; k++) {
    reflect(work, k, width);
    if (!(Math.abs(work[k]?.[k] ?? 0) > 1e-10 * size)) return undefined;
  }
  const r = work.slice(0, width).map((row) => row.slice(0, width));
  const coefficients = backward(
    r,
    work.slice(0, width).map((row) => row[width] ?? 0),
  );
  const fitted = x.map((row) => dot(row, coefficients));
  const columns = r.map((_, k) =>
    backward(
      r,
      r.map((_row, i) => (i === k ? 1 : 0)),
    ),
  );
  const inverse = r.map((_, i) =>
    r.map((_row, j) => columns.reduce((sum, c) => sum + (c[i] ?? 0) * (c[j] ?? 0), 0)),
  );
  return { coefficients, residuals: y.map((each, i) => each - (fitted[i] ?? 0)), inverse };
}

export const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, each, i) => sum + each * (b[i] ?? 0), 0);

/** Makes column k zero below its diagonal, in all columns to the right and in y. */
function reflect(work: readonly number[][], k: number, width: number): void {
  const below = work.slice(k);
  const column = below.map((row) => row[k] ?? 0);
  const length = Math.sqrt(dot(column, column));
  const first = column[0] ?? 0;
  const mirror = column.with(0, first + (first < 0 ? -length : length));
  const square = dot(mirror, mirror);
  if (square === 0) return;
  for (let j = k; j <= width; j++) {
    const factor = (2 * mirror.reduce((sum, m, i) => sum + m * (below[i]?.[j] ?? 0), 0)) / square;
    for (const [i, row] of below.entries()) row[j] = (row[j] ?? 0) - factor * (mirror[i] ?? 0);
  }
}

/** Solves R b = right for an upper triangle R. */
function backward(r: readonly (readonly number[])[], right: readonly number[]): number[] {
  const b = new Array<number>(right.length).fill(0);
  for (let i = right.length - 1; i >= 0; i--) {
    const row = r[i] ?? [];
    b[i] = ((right[i] ?? 0) - dot(row.slice(i + 1), b.slice(i + 1))) / (row[i] ?? 1);
  }
  return b;
}
