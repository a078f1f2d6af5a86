import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chiSquareOfTwo } from '#src/domain/statistics/chi-square.ts';
import { cohenKappa } from '#src/domain/statistics/kappa.ts';
import { rateDifference, rateRatio } from '#src/domain/statistics/two-proportions.ts';
import { weightedShare } from '#src/domain/statistics/weighted-share.ts';
import { wilson } from '#src/domain/statistics/wilson.ts';
import { expectClose, fromPython, fromR } from './reference.ts';

describe('proportions, against R and Python', () => {
  it.each(fromR.wilson)('Wilson %s of %s', (x = 0, n = 0, low = 0, high = 0) => {
    const found = wilson(x, n);
    expectClose([found?.low ?? -1, found?.high ?? -1], [low, high]);
  });
  it.each(fromR.chi_square)(
    'χ² %s/%s against %s/%s',
    (x1 = 0, n1 = 0, x2 = 0, n2 = 0, s = 0, p = 0) => {
      const found = chiSquareOfTwo(x1, n1, x2, n2);
      expectClose([found?.statistic ?? -1, found?.p ?? -1], [s, p]);
    },
  );
  it.each(fromPython.rate_ratio)('ratio %s/%s over %s/%s', (x1, n1, x2, n2, ...wanted) => {
    const found = rateRatio(x1 ?? 0, n1 ?? 0, x2 ?? 0, n2 ?? 0);
    expectClose(
      [found?.value ?? -1, found?.interval.low ?? -1, found?.interval.high ?? -1],
      wanted,
    );
  });
  it.each(fromPython.rate_difference)(
    'difference %s/%s less %s/%s',
    (x1, n1, x2, n2, ...wanted) => {
      const found = rateDifference(x1 ?? 0, n1 ?? 0, x2 ?? 0, n2 ?? 0);
      expectClose(
        [found?.value ?? -1, found?.interval.low ?? -1, found?.interval.high ?? -1],
        wanted,
      );
    },
  );
  it.each(fromPython.kappa)('kappa of %j', ({ table, value, se }) => {
    const found = cohenKappa(table);
    expectClose([found?.value ?? -1, found?.se ?? -1], [value, se]);
  });
  it('a stratified sample, weighted, with finite-population correction', () => {
    const found = weightedShare([
      { population: 193, sampled: 193, positive: 1 },
      { population: 15_125, sampled: 371, positive: 255 },
    ]);
    const { value, se, interval } = fromR.weighted_share;
    expectClose(
      [
        found?.value ?? -1,
        found?.se ?? -1,
        found?.interval?.low ?? -1,
        found?.interval?.high ?? -1,
      ],
      [value, se, ...interval],
    );
  });
});

describe('proportions at their edges', () => {
  it('Wilson holds the share and stays inside 0–1', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (n, f) => {
          const x = Math.round(n * f);
          const { low, high } = wilson(x, n) ?? { low: -1, high: -1 };
          expect(low >= 0 && low <= x / n && x / n <= high && high <= 1).toBe(true);
        },
      ),
    );
    expect(wilson(0, 0)).toBeUndefined();
  });

  it('says nothing where there is nothing to compare', () => {
    expect(chiSquareOfTwo(0, 10, 0, 10)).toBeUndefined();
    expect(chiSquareOfTwo(0, 0, 3, 10)).toBeUndefined();
    expect(rateRatio(0, 10, 3, 10)).toBeUndefined();
    expect(rateDifference(0, 0, 3, 10)).toBeUndefined();
    expect(
      cohenKappa([
        [0, 0],
        [0, 0],
      ]),
    ).toBeUndefined();
    expect(
      cohenKappa([
        [5, 0],
        [0, 0],
      ]),
    ).toBeUndefined();
  });

  it('a sample that is all of one kind has no Wald interval, unless it is the whole', () => {
    const all = { population: 300, sampled: 30, positive: 30 };
    expect(weightedShare([all])).toMatchObject({ value: 1, interval: undefined });
    expect(weightedShare([{ ...all, population: 30 }])?.interval).toEqual({ low: 1, high: 1 });
  });

  it('a stratum that was not sampled leaves the whole unknown; an empty one does not', () => {
    const sampled = { population: 10, sampled: 5, positive: 2 };
    expect(weightedShare([])).toBeUndefined();
    expect(weightedShare([sampled, { population: 3, sampled: 0, positive: 0 }])).toBeUndefined();
    expect(weightedShare([sampled, { population: 3, sampled: 1, positive: 0 }])).toBeUndefined();
    expect(weightedShare([sampled, { population: 0, sampled: 0, positive: 0 }])?.value).toBe(0.4);
    expect(weightedShare([{ population: 1, sampled: 1, positive: 1 }])?.interval).toEqual({
      low: 1,
      high: 1,
    });
  });
});
