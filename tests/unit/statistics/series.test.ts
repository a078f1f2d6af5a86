import { describe, expect, it } from 'vitest';
import { calibration } from '#src/domain/statistics/calibration.ts';
import { binOf, histogramQuantile } from '#src/domain/statistics/histogram-quantile.ts';
import { interruptedTimeSeries } from '#src/domain/statistics/interrupted-time-series.ts';
import { leastSquares } from '#src/domain/statistics/least-squares.ts';
import { lifeTable, medianTime } from '#src/domain/statistics/life-table.ts';
import { logisticFit } from '#src/domain/statistics/logistic.ts';
import { usualLag } from '#src/domain/statistics/newey-west.ts';
import { psi, psiByChance } from '#src/domain/statistics/psi.ts';
import { expectClose, fromPython, fromR } from './reference.ts';

describe('interrupted time series, against R sandwich', () => {
  const { series, change, lag, coefficients, se, p } = fromR.its;

  it('has its coefficients, errors and p values', () => {
    const found = interruptedTimeSeries(series, change, { lag });
    const effects = found && [found.level, found.trend, found.levelChange, found.trendChange];
    expectClose(effects?.map((each) => each.value) ?? [], coefficients);
    expectClose(effects?.map((each) => each.se) ?? [], se);
    expectClose(effects?.map((each) => each.p) ?? [], p);
  });

  it('needs twelve points on either side', () => {
    expect(interruptedTimeSeries(series.slice(4), change - 4)).toBeUndefined();
    expect(interruptedTimeSeries(series.slice(0, 26), change)).toBeUndefined();
    expect(usualLag(100)).toBe(4);
  });

  it('least squares tells columns that depend on one another', () => {
    expect(
      leastSquares(
        [
          [1, 2],
          [2, 4],
          [3, 6],
        ],
        [1, 2, 3],
      ),
    ).toBeUndefined();
    expect(leastSquares([[1, 2]], [1])).toBeUndefined();
    expect(leastSquares([], [])).toBeUndefined();
  });
});

describe('calibration, against R', () => {
  const { predicted, n, events, intercept, slope } = fromR.calibration;
  const bins = predicted.map((each, i) => ({
    predicted: each,
    n: n[i] ?? 0,
    events: events[i] ?? 0,
  }));

  it('has the intercept and slope of the logistic recalibration', () => {
    const found = calibration(bins);
    expectClose([found.intercept?.value ?? -9, found.intercept?.se ?? -9], intercept);
    expectClose([found.slope?.value ?? -9, found.slope?.se ?? -9], slope);
  });

  it('expects what was predicted', () => {
    expectClose(calibration([{ predicted: 0.3, n: 100, events: 30 }]).expectedToObserved, 1);
    expect(calibration([{ predicted: 0.3, n: 100, events: 0 }])).toMatchObject({
      expectedToObserved: undefined,
      slope: undefined,
    });
  });

  it('does not settle where events and predictor separate', () => {
    const apart = [
      { x: [1, 0], n: 5, y: 0 },
      { x: [1, 1], n: 5, y: 5 },
    ];
    expect(logisticFit(apart)).toBeUndefined();
  });
});

describe('shift of a distribution', () => {
  it.each(fromPython.psi)('PSI of %j', ({ actual, expected, value }) => {
    expectClose(psi(actual, expected), value);
  });
  it('is zero for the same shares, and unknown without rows', () => {
    expectClose(psi([10, 20, 30], [10, 20, 30]), 0);
    expect(psi([0, 0], [1, 2])).toBeUndefined();
    expectClose(psiByChance(11, 1_000, 1_000), 0.02);
  });
});

describe('times', () => {
  const edges = [0, 1, 3, 10];

  it('finds the bin of a time; the last one is open', () => {
    expect([-1, 0, 0.9, 1, 9.9, 10, 500].map((x) => binOf(edges, x))).toEqual([
      undefined,
      0,
      0,
      1,
      2,
      3,
      3,
    ]);
  });

  it('gives a quantile with the bin that holds it for certain', () => {
    const counted = { edges, counts: [2, 6, 0, 2] };
    expect(histogramQuantile(counted, 0.5)).toEqual({ from: 1, to: 3, value: 2 });
    expect(histogramQuantile(counted, 0.95)).toEqual({
      from: 10,
      to: Number.POSITIVE_INFINITY,
      value: undefined,
    });
    expect(histogramQuantile({ edges, counts: [0, 0, 0, 0] }, 0.5)).toBeUndefined();
  });

  it('follows statsmodels’ product-limit estimate and Greenwood’s error', () => {
    const spans = fromPython.survival.spans.map(([to = 0, events = 0, censored = 0]) => ({
      to,
      events,
      censored,
    }));
    const curve = lifeTable(spans);
    for (const [to = 0, share = 0, se = 0] of fromPython.survival.at) {
      const found = curve.find((each) => each.to === to);
      expectClose(found?.share, share);
      expectClose(found?.se, se);
    }
    expect(medianTime(curve)).toBe(6);
    expect(medianTime(lifeTable([{ to: 1, events: 1, censored: 9 }]))).toBeUndefined();
    expect(lifeTable([])).toEqual([]);
  });
});
