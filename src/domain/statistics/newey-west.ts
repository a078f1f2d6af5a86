import { dot, type Fit } from './least-squares.ts';

/**
 * Standard errors that hold with correlated neighbours in time: Bartlett's weights up to `lag`
 * (Newey and West 1987, Econometrica 55:703), times n/(n−k) for short series.
 */
export function neweyWest(
  x: readonly (readonly number[])[],
  { residuals, inverse }: Fit,
  lag: number,
): readonly number[] {
  const scores = x.map((row, t) => row.map((each) => each * (residuals[t] ?? 0)));
  const width = inverse.length;
  const meat = Array.from({ length: width }, () => new Array<number>(width).fill(0));
  const add = (t: number, s: number, weight: number): void => {
    for (const [i, row] of meat.entries())
      for (let j = 0; j < width; j++)
        row[j] = (row[j] ?? 0) + weight * (scores[t]?.[i] ?? 0) * (scores[s]?.[j] ?? 0);
  };
  for (let t = 0; t < x.length; t++) {
    add(t, t, 1);
    for (let back = 1; back <= Math.min(lag, t); back++) {
      const weight = 1 - back / (lag + 1);
      add(t, t - back, weight);
      add(t - back, t, weight);
    }
  }
  const correction = x.length / (x.length - width);
  return inverse.map((row) =>
    Math.sqrt(
      Math.max(
        0,
        correction *
          dot(
            row,
            meat.map((each) => dot(each, row)),
          ),
      ),
    ),
  );
}

/** A common rule for the lag: ⌊4(n/100)^(2/9)⌋ (Newey and West 1994, Rev Econ Stud 61:631). */
export const usualLag = (n: number): number => Math.floor(4 * (n / 100) ** (2 / 9));
