import { leastSquares } from './least-squares.ts';

/** Rows that share their predictors: y events of n. */
export interface Grouped {
  readonly x: readonly number[];
  readonly n: number;
  readonly y: number;
  /** Added to the linear predictor with coefficient 1. */
  readonly offset?: number;
}

export interface LogisticFit {
  readonly coefficients: readonly number[];
  readonly errors: readonly number[];
}

const MOST_STEPS = 50;
const expit = (x: number): number => 1 / (1 + Math.exp(-x));

/**
 * Maximum likelihood by iteratively reweighted least squares (McCullagh and Nelder 1989, §2.5), on
 * grouped rows. Undefined where it does not settle: events and predictors separate.
 */
export function logisticFit(rows: readonly Grouped[]): LogisticFit | undefined {
  const seen = rows.filter(({ n }) => n > 0);
  let b = new Array<number>(seen[0]?.x.length ?? 0).fill(0);
  for (let i = 0; i < MOST_STEPS; i++) {
    const fit = step(seen, b);
    if (!fit?.coefficients.every(Number.isFinite)) return undefined;
    const moved = Math.max(...fit.coefficients.map((c, k) => Math.abs(c - (b[k] ?? 0))));
    b = [...fit.coefficients];
    // Beyond e³⁰ there is no maximum: the likelihood only creeps towards one.
    if (b.some((c) => Math.abs(c) > 1e3)) return undefined;
    if (moved < 1e-12)
      return { coefficients: b, errors: fit.inverse.map((row, k) => Math.sqrt(row[k] ?? 0)) };
  }
  return undefined;
}

function step(rows: readonly Grouped[], b: readonly number[]) {
  const weighted = rows.map(({ x, n, y, offset = 0 }) => {
    const linear = x.reduce((sum, each, k) => sum + each * (b[k] ?? 0), 0);
    const mean = expit(linear + offset);
    const weight = Math.sqrt(n * mean * (1 - mean));
    return { x: x.map((each) => each * weight), z: linear * weight + (y - n * mean) / weight };
  });
  return leastSquares(
    weighted.map((row) => row.x),
    weighted.map((row) => row.z),
  );
}
