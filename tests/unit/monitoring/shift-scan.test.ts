import { describe, expect, it } from 'vitest';
import { rng } from '#mocks/scenarios/ward/rng.ts';
import { LEAST_WEEKS, RUN_ABOVE_BOUND } from '#src/domain/monitoring/settings.ts';
import { type Measured, type ShiftQuestion, shiftScan } from '#src/domain/statistics/shift-scan.ts';

const flat = (...ys: readonly number[]): readonly Measured[] => ys.map((y) => ({ y, v: 1 }));
const question = (over: Partial<ShiftQuestion> = {}): ShiftQuestion => ({
  direction: 1,
  shift: 2,
  expected: 0,
  spread: Infinity,
  past: 4,
  ...over,
});
/** So many quiet differences that φ is 1. */
const quiet = (weeks: number) => Array.from({ length: weeks }, () => ({ sum: 600, count: 1_000 }));

describe('the scan for a shift', () => {
  it('is the likelihood ratio of the mean since the change against the mean before it', () => {
    const states = shiftScan(flat(0, 0, 0, 0, 3, 3), question(), quiet(6));
    // Mean 3 of two weeks (variance 1/2) against mean 0 of four (1/4): (2·3 − 2²/2) / (3/4).
    expect(states[5]?.statistic).toBeCloseTo(4 / 0.75, 12);
    expect(states[5]).toMatchObject({ since: 4, before: 0, now: { y: 3, v: 0.5 } });
    // A level that is certain has no variance of its own.
    const known = shiftScan(flat(0, 0, 0, 0, 3, 3), question({ spread: 0, past: 0 }), quiet(6));
    expect(known[5]?.statistic).toBeCloseTo(4 / 0.5, 12);
  });

  it('weighs what is expected against its own past', () => {
    const states = shiftScan(flat(1, 1, 1, 5), question({ spread: 0.5, past: 0 }), quiet(4));
    // Prior 0 with precision 2, past 1 with precision 3: level 0.6 with variance 1/5.
    expect(states[3]?.before).toBeCloseTo(0.6, 12);
    expect(states[3]?.statistic).toBeCloseTo((2 * 4.4 - 2) / 1.2, 12);
  });

  it.each([
    ['too little past', flat(0, 0, 0, 9), question(), quiet(4)],
    ['noise that nobody knows yet', flat(0, 9), question({ spread: 0, past: 0 }), undefined],
    ['a fall where a rise is asked for', flat(0, 0, 0, 0, -9, -9), question(), quiet(6)],
  ])('says nothing of %s', (_, series, asked, noise) => {
    const last = shiftScan(series, asked, noise).at(-1);
    expect(last?.statistic ?? -Infinity).toBeLessThanOrEqual(0);
  });

  it('is never raised by less than half of the shift that matters, however many rows', () => {
    const series = Array.from({ length: 60 }, (_, t) => ({ y: t < 20 ? 0 : 0.99, v: 1e-9 }));
    for (const { statistic } of shiftScan(series, question(), quiet(60)))
      expect(statistic).toBeLessThan(0);
  });

  it('judges a week from itself and earlier ones', () => {
    const { next } = rng(3, 'causal');
    const series = Array.from({ length: 40 }, () => ({ y: 6 * next(), v: 1 + next() }));
    const whole = shiftScan(series, question());
    expect(shiftScan(series.slice(0, 25), question())).toEqual(whole.slice(0, 25));
  });

  it('finds twice the noise in twice the variance', () => {
    const { next } = rng(5, 'noise');
    const series = Array.from({ length: 400 }, () => ({ y: 2 * normal(next), v: 1 }));
    expect(shiftScan(series, question()).at(-1)?.dispersion).toBeCloseTo(4, 0);
  });

  it.each([
    ['its own past', question({ shift: 1.5, past: 6 })],
    ['a level', question({ shift: 1, spread: 0, past: 0 })],
    ['its peers', question({ shift: 1, spread: 0.3, past: 0 })],
  ])('runs at least so long as is counted on before it cries wolf, against %s', (_, asked) => {
    const { next } = rng(7, 'run length');
    const [limit, weeks, runs] = [3, 80, 500];
    let seen = 0;
    let alarms = 0;
    for (let i = 0; i < runs; i++) {
      const level = Math.sqrt(asked.spread === 0.3 ? 0.3 : 0) * normal(next);
      const series = Array.from({ length: weeks }, () => ({ y: level + normal(next), v: 1 }));
      const at = shiftScan(series, asked, quiet(weeks)).findIndex(
        ({ statistic, since }, t) => statistic >= limit && t - since + 1 >= LEAST_WEEKS,
      );
      seen += at === -1 ? weeks : at + 1;
      if (at !== -1) alarms++;
    }
    expect(seen / alarms).toBeGreaterThan(RUN_ABOVE_BOUND * Math.exp(limit));
  });
});

const normal = (next: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
