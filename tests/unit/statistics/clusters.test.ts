import { describe, expect, it } from 'vitest';
import {
  clusterDifference,
  clusterRateRatio,
  clusterRatioInterval,
  clusterShareInterval,
  LEAST_CLUSTERS,
} from '#src/domain/statistics/cluster-interval.ts';
import { jackknife } from '#src/domain/statistics/jackknife.ts';
import { stratifiedTrend } from '#src/domain/statistics/stratified-trend.ts';
import { expectClose, fromPython, fromR } from './reference.ts';

const { x, n, se, df, share, ratio } = fromR.cluster;
const parts = x.map((numerator, i) => ({ numerator, denominator: n[i] ?? 0 }));
const { x1, n1, x2, n2, rate_ratio, difference } = fromR.pairs;
const pairs = x1.map((numerator, i) => ({
  group: { numerator, denominator: n1[i] ?? 0 },
  reference: { numerator: x2[i] ?? 0, denominator: n2[i] ?? 0 },
}));
const ends = (interval: { low: number; high: number } | undefined) => [
  interval?.low ?? -1,
  interval?.high ?? -1,
];

describe('clusters, against R survey', () => {
  it('error of a share by leaving out one cluster at a time', () => {
    const found = jackknife(
      parts.map(({ numerator, denominator }) => [numerator, denominator]),
      ([a = 0, b = 0]) => a / b,
      ([, b = 0]) => b,
    );
    expectClose([found.se, found.df], [se, df]);
  });

  it('intervals of a share and of a ratio', () => {
    expectClose(ends(clusterShareInterval(parts)), share);
    expectClose(ends(clusterRatioInterval(parts)), ratio);
  });

  it('ratio and difference of two groups that the same clusters answered', () => {
    const [quotient, less] = [clusterRateRatio(pairs), clusterDifference(pairs)];
    expectClose([quotient?.value ?? -1, ...ends(quotient?.interval)], rate_ratio);
    expectClose([less?.value ?? -9, ...ends(less?.interval)], difference);
  });
});

describe('clusters at their edges', () => {
  it('gives no interval below ten clusters; an empty one is none', () => {
    const nine = [...parts.slice(0, LEAST_CLUSTERS - 1), { numerator: 0, denominator: 0 }];
    expect(clusterShareInterval(nine)).toBeUndefined();
    expect(clusterRatioInterval(nine)).toBeUndefined();
    expect(clusterRateRatio(pairs.slice(0, 9))).toBeUndefined();
    expect(clusterDifference(pairs.slice(0, 9))).toBeUndefined();
  });

  it('where all agree it is wider than nothing', () => {
    const all = parts.map(({ denominator }) => ({ numerator: denominator, denominator }));
    const { low, high } = clusterShareInterval(all) ?? { low: 0, high: 0 };
    expect(high).toBe(1);
    expect(low).toBeGreaterThan(0.9);
    expect(low).toBeLessThan(1);
    expect(clusterRatioInterval(all.map((part) => ({ ...part, numerator: 0 })))).toBeUndefined();
  });

  it('has no ratio where a group has no event', () => {
    const none = pairs.map((pair) => ({ ...pair, group: { ...pair.group, numerator: 0 } }));
    expect(clusterRateRatio(none)).toBeUndefined();
  });
});

describe('trend inside clinicians', () => {
  const cells = fromPython.trend.cells.map(([clinician, period, x = 0, n = 0, y = 0]) => ({
    clinician: `c${clinician}`,
    period: `w${period}`,
    x,
    n,
    y,
  }));

  it('is that of statsmodels with a dummy for each clinician and week', () => {
    const found = stratifiedTrend(cells);
    expectClose(
      [found?.slope ?? -9, found?.se ?? -9],
      [fromPython.trend.slope, fromPython.trend.se],
    );
    expect(found?.clinicians).toBe(fromPython.trend.clinicians);
  });

  it('is not moved by a clinician or a week without variation', () => {
    const more = [
      ...cells,
      { clinician: 'always', period: 'w3', x: 4, n: 30, y: 30 },
      { clinician: 'c1', period: 'empty week', x: 9, n: 12, y: 0 },
    ];
    const found = stratifiedTrend(more);
    expectClose(
      [found?.slope ?? -9, found?.se ?? -9, found?.clinicians ?? 0],
      [fromPython.trend.slope, fromPython.trend.se, 14],
    );
  });

  it('is absent where exposure is the calendar, and below ten clinicians', () => {
    const together = cells.map((cell) => ({ ...cell, x: Number(cell.period.slice(1)) }));
    expect(stratifiedTrend(together)).toBeUndefined();
    expect(stratifiedTrend(cells.filter(({ clinician }) => clinician < 'c3'))).toBeUndefined();
    expect(stratifiedTrend([])).toBeUndefined();
  });
});
