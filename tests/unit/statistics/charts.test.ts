import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cusumArl,
  cusumDesign,
  cusumStep,
  cusumThreshold,
} from '#src/domain/statistics/bernoulli-cusum.ts';
import { laneyChart, pChart, uChart } from '#src/domain/statistics/control-chart.ts';
import { funnel, funnelLimits, funnelZ } from '#src/domain/statistics/funnel.ts';
import { expectClose, fromPython } from './reference.ts';

const points = ({ x, n }: { x: readonly number[]; n: readonly number[] }) =>
  x.map((numerator, i) => ({ numerator, denominator: n[i] ?? 0 }));

describe('funnel plot', () => {
  const reference = fromPython.funnel;
  const found = funnel(points(reference));

  it('has the dispersion and limits of Spiegelhalter’s formulae', () => {
    if (!found) throw new Error('no funnel');
    expectClose(
      [found.centre, found.dispersion, found.between],
      [reference.centre, reference.dispersion, reference.between],
    );
    expectClose(
      points(reference).map((point) => funnelZ(point, found)),
      reference.z,
    );
    for (const [size = 0, level = 0, ...wanted] of reference.limits) {
      const { low, high } = funnelLimits(size, found, level);
      expectClose([low, high], wanted);
    }
  });

  it('closes as n grows, and never opens again', () => {
    if (!found) throw new Error('no funnel');
    const widths = [1, 2, 5, 20, 100, 1_000].map((n) => {
      const { low, high } = funnelLimits(n, found, 0.998);
      return high - low;
    });
    expect(widths.toSorted((a, b) => b - a)).toEqual(widths);
  });

  it('without spread has no overdispersion; without rows there is none', () => {
    const same = Array.from({ length: 8 }, () => ({ numerator: 5, denominator: 10 }));
    expect(funnel(same)).toEqual({ centre: 0.5, dispersion: 0, between: 0 });
    expect(funnel(same.slice(0, 1))?.between).toBe(0);
    expect(funnel([])).toBeUndefined();
  });
});

describe('control charts', () => {
  it('Laney’s limits', () => {
    const { sigma_z, centre, low, high, ...data } = fromPython.laney;
    const found = laneyChart(points(data));
    expectClose([found?.centre ?? 0, found?.sigmaZ ?? 0], [centre, sigma_z]);
    expectClose(found?.points.map((point) => point.low) ?? [], low);
    expectClose(found?.points.map((point) => point.high) ?? [], high);
  });

  // Montgomery, Statistical Quality Control, 6th ed., exercise 6-1 (20 samples of 100; sum 117) and
  // after the removal of sample 12: limits as printed in the solutions manual.
  it.each([
    { sum: 117, samples: 20, centre: '0.0585', upper: '0.1289' },
    { sum: 102, samples: 19, centre: '0.0537', upper: '0.1213' },
  ])(
    'p chart of Montgomery’s exercise 6-1 with $samples samples',
    ({ sum, samples, centre, upper }) => {
      const each = Math.floor(sum / samples);
      const found = pChart(
        Array.from({ length: samples }, (_, i) => ({
          numerator: each + (i < sum - each * samples ? 1 : 0),
          denominator: 100,
        })),
      );
      expect(found?.centre.toFixed(4)).toBe(centre);
      expect(found?.points[0]?.high.toFixed(4)).toBe(upper);
      expect(found?.points[0]?.low).toBe(0);
    },
  );

  it('a p chart calls a week of another share, and Laney’s only where weeks vary little', () => {
    const quiet = [50, 52, 49, 51, 50, 48, 51, 50].map((x) => ({ numerator: x, denominator: 100 }));
    const outside = (chart: ReturnType<typeof pChart>) =>
      chart?.points.map((point) => point.outside);
    const shifted = [...quiet, { numerator: 75, denominator: 100 }];
    expect(outside(pChart(quiet))).not.toContain(true);
    expect(outside(pChart(shifted))?.at(-1)).toBe(true);
    expect(pChart(quiet.slice(0, 1))).toBeUndefined();
  });

  it('a u chart has the limits of a Poisson count and no upper end at one', () => {
    const found = uChart([
      { numerator: 30, denominator: 10 },
      { numerator: 50, denominator: 10 },
    ]);
    expect(found?.centre).toBe(4);
    expectClose(found?.points[0]?.high, 4 + 3 * Math.sqrt(0.4));
  });
});

describe('Bernoulli CUSUM', () => {
  it.each(fromPython.arl)(
    'run length of %s/%s to %s at %s',
    (event = 0, none = 0, h = 0, p = 0, wanted = 0) => {
      expectClose(cusumArl({ p0: p, p1: p, event, none }, h, p), wanted);
    },
  );

  it('has scores in the ratio of the likelihoods, up or down', () => {
    for (const [p0, p1] of [
      [0.3, 0.45],
      [0.85, 0.7],
      [0.02, 0.04],
      [0.5, 0.6],
      [0.9, 0.75],
    ] as const) {
      const { event, none } = cusumDesign(p0, p1);
      const exact = Math.log(p1 / p0) / Math.log((1 - p1) / (1 - p0));
      expect(Math.abs(event / none / exact - 1)).toBeLessThanOrEqual(0.01);
      expect(Math.sign(event)).toBe(Math.sign(p1 - p0));
    }
  });

  it('takes the lowest threshold that runs as long as was asked', () => {
    const design = cusumDesign(0.3, 0.45);
    const h = cusumThreshold(design, 5_000);
    expect(cusumArl(design, h, 0.3)).toBeGreaterThanOrEqual(5_000);
    expect(cusumArl(design, h - 1, 0.3)).toBeLessThan(5_000);
    expect(cusumArl(design, h, 0.45)).toBeLessThan(100);
    // A rare event and a long wait are still solved at once.
    const rare = cusumDesign(0.02, 0.04);
    expect(cusumArl(rare, cusumThreshold(rare, 100_000), 0.02)).toBeGreaterThanOrEqual(100_000);
  });

  it('never falls below zero', () => {
    const design = cusumDesign(0.3, 0.45);
    fc.assert(
      fc.property(fc.array(fc.boolean()), (events) => {
        expect(events.reduce((s, event) => cusumStep(s, event, design), 0)).toBeGreaterThanOrEqual(
          0,
        );
      }),
    );
  });
});
