import { describe, expect, it } from 'vitest';
import { rng } from '#mocks/scenarios/ward/rng.ts';
import type { Aggregates } from '#src/domain/aggregates/aggregates.ts';
import { monitor } from '#src/domain/monitoring/monitor.ts';
import { FALSE_ALARMS_PER_MODEL_YEAR, limitOf, SHARES } from '#src/domain/monitoring/settings.ts';
import { SIGNALS, type Signal } from '#src/domain/monitoring/signal.ts';
import { SIGNAL_TEXTS } from '#src/domain/monitoring/texts.ts';
import { asOfWeeks, monday, type Written, written } from './counts.ts';

const WEEKS = 24;
const ONSET = 12;
/** `before` until the onset, `after` from then on. */
const step = (before: number, after: number) => (week: number) => (week < ONSET ? before : after);
/** Weeks that differ a little, by turns: as much as 100 rows do by chance. */
const wave = (week: number): number => (week % 2 === 0 ? 4 : -4);

const reach = (seen: (week: number) => number): Written => ({
  view: 'monitor-reach',
  slice: ['m'],
  cells: (week) => ({ fired: 200, displayed: seen(week) + wave(week) }),
});
const adoption = (
  unit: string,
  followed: (week: number) => number,
  version: (week: number) => string = () => '1',
): readonly Written[] =>
  ['1', '2'].map((one) => ({
    view: 'monitor-adoption',
    slice: ['m', one, unit],
    cells: (week) =>
      version(week) === one
        ? { accepted: followed(week) + wave(week), overridden: 100 - followed(week) - wave(week) }
        : {},
  }));
const labelled = (
  site: string,
  cells: (week: number) => Readonly<Record<string, number>>,
): Written => ({
  view: 'monitor-labelled',
  slice: ['m', site],
  cells,
});
const units = (own: (unit: number) => (week: number) => number) =>
  Array.from({ length: 6 }, (_, i) => adoption(`u${i}`, own(i))).flat();
const equity = (share: (week: number) => number): Written => ({
  view: 'monitor-equity',
  slice: ['m', 'u1'],
  cells: (week) => ({
    'sex female\u001fdecided': 80,
    'sex female\u001ffollowed': share(week) + wave(week) / 2,
    'sex male\u001fdecided': 320,
    'sex male\u001ffollowed': 224 + wave(week),
  }),
});
const reasons = (done: (week: number) => number): Written => ({
  view: 'monitor-reasons',
  slice: ['m'],
  cells: (week) => ({
    overridden: 100,
    'reason action-completed': done(week) + wave(week) / 2,
    'reason patient-refuses': 30 - wave(week) / 2,
  }),
});
/** Thirty clinicians, ten of whom stop reading. */
const hurried = (fast: (week: number) => number): Written => ({
  view: 'monitor-response-time',
  slice: ['m'],
  cells: (week) =>
    new Map(
      Array.from({ length: 30 }, (_, i) => {
        const quick = i < 10 ? fast(week) : week % 2;
        const followed = i < 10 && quick > 3 ? 6 : 4;
        return [
          `c${i}`,
          {
            timed: 6,
            decided: 6,
            followed,
            fast: quick,
            'fast-followed': Math.min(quick, followed),
          },
        ];
      }),
    ),
});
/** Twelve clinicians see two alerts a week and twelve see forty; those follow less by and by, or all do. */
const seen = (followed: (exposures: number, week: number) => number): Written => ({
  view: 'monitor-fatigue',
  slice: ['m'],
  cells: (week) =>
    new Map(
      Array.from({ length: 24 }, (_, i) => {
        const rate = i < 12 ? 2 : 40;
        const exposures = rate * week;
        const cell = `${monday(week)} @${Math.floor(4 * Math.log2(1 + exposures))}`;
        return [
          `c${i}`,
          { [`n ${cell}`]: 20, [`y ${cell}`]: Math.round(20 * followed(exposures, week)) },
        ];
      }),
    ),
});

const told = ({ name, model_id, model_version, site, unit, group, reason }: Signal) =>
  [name, model_id, model_version, site, unit, group?.value, reason]
    .filter((part) => part ?? false)
    .join(' ');

type Case = readonly [told: string, written: readonly Written[]];
const a = (told: string, ...all: readonly Written[]): Case => [told, all];

const FAILURES: readonly Case[] = [
  a('usage-collapse m', reach(step(180, 120))),
  a(
    'low-sensitivity m',
    labelled('s', () => ({ tp: 30, fn: 60, tn: 0, fp: 0 })),
  ),
  a(
    'alert-burden m',
    labelled('s', () => ({ tp: 10, fp: 90, tn: 0, fn: 0 })),
  ),
  a('alert-burden m', {
    view: 'monitor-alert-rate',
    slice: ['m'],
    cells: (week) => ({ fired: step(100, 190)(week) + wave(week), silent: 900 }),
  }),
  a(
    'missed-critical m',
    labelled('s', () => ({ critical: 50, 'critical missed': 15 })),
  ),
  a(
    'performance-drop m s',
    labelled('s', (week) => ({ tp: step(90, 65)(week) + wave(week) / 4, fp: step(10, 35)(week) })),
  ),
  a('reason-concentration m action-completed', reasons(step(10, 50))),
  a(
    'fatigue m',
    seen((exposures) => 0.7 * 0.5 ** (exposures / 400)),
  ),
  a('override-shift m', ...adoption('u', step(70, 50))),
  a('override-shift m 2', ...adoption('u', step(70, 50), (week) => (week < ONSET ? '1' : '2'))),
  a('uncritical-acceptance m', hurried(step(0, 6))),
  a('response-disparity m female', equity(step(56, 44))),
  a('outlier m u3', ...units((unit) => (unit === 3 ? step(66, 44) : () => 66))),
];

/** What looks like it and is not, or is too little to speak of. */
const NOTHING: readonly Case[] = [
  a(
    'reach that stays',
    reach(() => 180),
  ),
  a(
    'one bad week',
    reach((week) => (week === ONSET ? 120 : 180)),
  ),
  a('a drift of three points', ...adoption('u', step(70, 67))),
  a(
    'a new version that is as good',
    ...adoption(
      'u',
      () => 70,
      (week) => (week < ONSET ? '1' : '2'),
    ),
  ),
  a(
    'sensitivity of a usual model',
    labelled('s', () => ({ tp: 75, fn: 25, tn: 300, fp: 60 })),
  ),
  a('a unit that was always a little lower', ...units((unit) => () => (unit === 3 ? 62 : 66))),
  a(
    'groups that are followed alike',
    equity(() => 56),
  ),
  a(
    'everybody follows less in the same weeks',
    seen((_, week) => (week < ONSET ? 0.7 : 0.6)),
  ),
  a(
    'quick answers of people who also override',
    hurried(() => 0),
  ),
  a('three rows a week', {
    view: 'monitor-labelled',
    slice: ['m', 's'],
    cells: () => ({ tp: 0, fn: 1 }),
  }),
];

describe('each signal', () => {
  it.each(FAILURES)('%s is raised, and nothing else', (expected, all) => {
    const signals = monitor(written(WEEKS, ...all), { asOf: asOfWeeks(WEEKS) });
    expect(signals.map(told)).toEqual([expected]);
    const [signal] = signals;
    expect(signal?.current).toBe(true);
    expect(signal?.statistic).toBeGreaterThanOrEqual(signal?.limit ?? Infinity);
    const { now, before, interval } = signal?.effect ?? {
      now: 0,
      before: 0,
      interval: { low: 1, high: 1 },
    };
    expect(interval.low).toBeLessThanOrEqual(now);
    expect(interval.high).toBeGreaterThanOrEqual(now);
    // The level before is outside of the interval: that is what the signal says.
    expect(before < interval.low || before > interval.high).toBe(true);
  });

  it.each(NOTHING)('is not raised by %s', (_, all) => {
    expect(monitor(written(WEEKS, ...all), { asOf: asOfWeeks(WEEKS) }).map(told)).toEqual([]);
  });

  it('says since when: a step is dated to its week, or the one beside', () => {
    const [signal] = monitor(written(WEEKS, reach(step(180, 120))), { asOf: asOfWeeks(WEEKS) });
    expect(signal?.since).toBe(monday(ONSET));
    expect(signal?.raisedAt).toBe(monday(ONSET + 1));
    expect(signal?.series).toHaveLength(WEEKS);
    expect(signal?.series[ONSET - 1]).toMatchObject({
      numerator: 176,
      denominator: 200,
      value: 0.88,
    });
  });

  it('is no longer current when things are as before', () => {
    const mended = reach((week) => (week >= ONSET && week < ONSET + 4 ? 120 : 180));
    const [signal] = monitor(written(40, mended), { asOf: asOfWeeks(40) });
    expect([signal?.name, signal?.current]).toEqual(['usage-collapse', false]);
  });

  it('holds a model against what its site has agreed', () => {
    const rows = written(
      WEEKS,
      labelled('s', () => ({ tp: 75, fn: 25, tn: 300, fp: 60 })),
    );
    const strict = { sensitivity: { acceptable: 0.9, unacceptable: 0.8 } };
    const signals = monitor(rows, {
      asOf: asOfWeeks(WEEKS),
      targets: [{ model_id: 'm', ...strict }],
    });
    expect(signals.map(told)).toEqual(['low-sensitivity m']);
  });
});

describe('monitor', () => {
  const everything = written(
    WEEKS,
    reach(step(180, 120)),
    reasons(step(10, 50)),
    ...units((unit) => (unit === 3 ? step(66, 44) : () => 66)),
    equity(step(56, 44)),
    hurried(step(0, 6)),
  );

  it('gives the same whatever the order of the counts', () => {
    const { next } = rng(1, 'order');
    const shuffled: Aggregates = new Map(
      [...everything]
        .toSorted(() => next() - 0.5)
        .map(([name, sliced]) => [name, new Map([...sliced].toSorted(() => next() - 0.5))]),
    );
    expect(monitor(shuffled, { asOf: asOfWeeks(WEEKS) })).toEqual(
      monitor(everything, { asOf: asOfWeeks(WEEKS) }),
    );
  });

  it('looks at each week once: a look every week raises what one look at the end raises', () => {
    const end = monitor(everything, { asOf: asOfWeeks(WEEKS) });
    expect(end.length).toBeGreaterThanOrEqual(5);
    for (let weeks = 1; weeks < WEEKS; weeks++) {
      const raised = monitor(everything, { asOf: asOfWeeks(weeks) });
      const then = (signal: Signal) =>
        `${told(signal)} ${signal.since} ${signal.raisedAt} ${signal.statistic}`;
      expect(raised.map(then).toSorted()).toEqual(
        end
          .filter(({ raisedAt }) => raisedAt < monday(weeks))
          .map(then)
          .toSorted(),
      );
    }
  });

  it('says nothing of nothing', () => {
    expect(monitor(new Map(), { asOf: asOfWeeks(WEEKS) })).toEqual([]);
    expect(monitor(everything, { asOf: '2020-01-01' })).toEqual([]);
  });
});

describe('the budget of false alarms', () => {
  it('is divided, and not more than there is', () => {
    expect(SIGNALS.reduce((sum, name) => sum + SHARES[name], 0)).toBeCloseTo(1, 12);
    expect(FALSE_ALARMS_PER_MODEL_YEAR).toBe(0.5);
  });

  it('asks more of each of many', () => {
    expect(limitOf('outlier', 24) - limitOf('outlier', 12)).toBeCloseTo(Math.log(2), 12);
  });

  it('has words for every signal', () => {
    for (const name of SIGNALS)
      for (const text of Object.values(SIGNAL_TEXTS[name])) expect(text.length).toBeGreaterThan(10);
  });
});
