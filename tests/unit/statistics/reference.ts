import { expect } from 'vitest';
import fromPython from '#tests/golden/statistics/from-python.json';
import fromR from '#tests/golden/statistics/from-r.json';

export { fromPython, fromR };

/** Equal to 1e-9, absolute near zero and relative elsewhere. */
export function expectClose(
  found: number | readonly number[] | undefined,
  reference: number | readonly number[],
): void {
  const all = [reference].flat();
  const some = [found].flat();
  expect(some).toHaveLength(all.length);
  for (const [i, wanted] of all.entries()) {
    const error = Math.abs((some[i] ?? Number.NaN) - wanted) / Math.max(1, Math.abs(wanted));
    expect(error, `${some[i]} against ${wanted}`).toBeLessThanOrEqual(1e-9);
  }
}

/** A row of numbers whose last `width` ones are the results. */
export function split(row: readonly number[], width = 1): [number[], number[]] {
  return [row.slice(0, -width), row.slice(-width)];
}
