import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chiSquareTail } from '#src/domain/statistics/chi-square.ts';
import { incompleteBeta } from '#src/domain/statistics/incomplete-beta.ts';
import { upperGamma } from '#src/domain/statistics/incomplete-gamma.ts';
import { logGamma } from '#src/domain/statistics/log-gamma.ts';
import { normalCdf, normalQuantile, twoSided } from '#src/domain/statistics/normal.ts';
import { quantile } from '#src/domain/statistics/quantile.ts';
import { tCdf, tQuantile, twoSidedT } from '#src/domain/statistics/student-t.ts';
import { expectClose, fromR } from './reference.ts';

describe('distributions, against R', () => {
  it.each(fromR.normal_quantile)('normal quantile at %s', (p = 0, wanted = 0) => {
    expectClose(normalQuantile(p), wanted);
  });
  it.each(fromR.normal_cdf)('normal distribution at %s', (z = 0, wanted = 0) => {
    expectClose(normalCdf(z), wanted);
    // Far out the tail itself must be right, not only close to zero.
    if (z < 0) expectClose(normalCdf(z) / wanted, 1);
  });
  it.each(fromR.t_quantile)('t quantile at %s with %s degrees', (p = 0, df = 0, wanted = 0) => {
    expectClose(tQuantile(p, df), wanted);
  });
  it.each(fromR.t_cdf)('t distribution at %s with %s degrees', (t = 0, df = 0, wanted = 0) => {
    expectClose(tCdf(t, df), wanted);
  });
  it.each(fromR.chi_square_tail)('χ² tail at %s with %s', (x = 0, df = 0, wanted = 0) => {
    expectClose(chiSquareTail(x, df) / wanted, 1);
  });
  it.each(fromR.quantile_type_7)('sample quantile at %s', (p = 0, wanted = 0) => {
    expectClose(quantile([9, 2, 4, 4, 11, 1, 7], p), wanted);
  });
});

describe('distributions, by their own laws', () => {
  const share = fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true });
  const degrees = fc.double({ min: 1, max: 5_000, noNaN: true });

  it('a quantile is where the distribution says so', () => {
    fc.assert(
      fc.property(share, degrees, (p, df) => {
        expectClose(normalCdf(normalQuantile(p)), p);
        expectClose(tCdf(tQuantile(p, df), df), p);
      }),
    );
  });

  it('both tails together are the two-sided p', () => {
    expectClose(twoSided(-1.7), 2 * normalCdf(-1.7));
    expectClose(twoSidedT(2.3, 11), 2 * tCdf(-2.3, 11));
  });

  it('ends are exact, and what is no argument is NaN', () => {
    expect([normalQuantile(0), normalQuantile(0.5), normalQuantile(1)]).toEqual([
      Number.NEGATIVE_INFINITY,
      0,
      Number.POSITIVE_INFINITY,
    ]);
    expect([incompleteBeta(0, 2, 3), incompleteBeta(1, 2, 3)]).toEqual([0, 1]);
    expect([upperGamma(2, 0), upperGamma(2, Number.POSITIVE_INFINITY)]).toEqual([1, 0]);
    for (const wrong of [
      normalQuantile(-0.1),
      tQuantile(0, 9),
      tQuantile(0.5, 0.2),
      upperGamma(1, -1),
      incompleteBeta(2, 1, 1),
      logGamma(0.1),
    ])
      expect(wrong).toBeNaN();
    expect(quantile([], 0.5)).toBeUndefined();
  });
});
