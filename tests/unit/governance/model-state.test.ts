import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  CLOCK_TOLERANCE_MS,
  type ModelStateRecord,
  type PlaceOfUse,
  standingState,
} from '#src/domain/governance/model-state.ts';
import { adviceDecision, mayRely } from '#src/domain/governance/model-state-advice.ts';
import { MODEL_STATES, type ModelState } from '#src/domain/recommendation.ts';

const NOW = Date.parse('2026-10-01T12:00:00Z');
const MINUTE = 60_000;
/** ISO 8601 so many minutes after now. */
const at = (minutes: number): string => new Date(NOW + minutes * MINUTE).toISOString();
const ICU: PlaceOfUse = { site: 'Main', units: ['Location/icu'], clinicians: ['Practitioner/1'] };
const DAY = 24 * 60;

let next = 0;
function record(state: ModelState, from: number, more: Partial<ModelStateRecord> = {}) {
  next += 1;
  return {
    id: `urn:uuid:${next}`,
    model: { identifiers: [] },
    state,
    from: at(from),
    recordedAt: NOW + from * MINUTE,
    units: [],
    clinicians: [],
    ...more,
  } satisfies ModelStateRecord;
}

const codeAt = (records: readonly ModelStateRecord[], place = ICU, now = NOW) =>
  standingState(records, place, now).code;

describe('which record counts', () => {
  test.each<[string, readonly ModelStateRecord[], string]>([
    ['no record', [], 'unknown'],
    ['the newest that has begun', [record('pilot', -DAY), record('active', -5)], 'active'],
    ['not one that is to come', [record('pilot', -DAY), record('active', 5)], 'pilot'],
    ['none has begun', [record('active', 5)], 'silent'],
    [
      'its own unit before an older one for everywhere',
      [record('active', -DAY), record('restricted', -5, { units: ['Location/icu'] })],
      'restricted',
    ],
    [
      'a newer one for everywhere before its own unit',
      [record('pilot', -DAY, { units: ['Location/icu'] }), record('active', -5)],
      'active',
    ],
    ['another unit’s', [record('active', -5, { units: ['Location/er'] })], 'silent'],
    ['another site’s', [record('active', -5, { site: 'North' })], 'silent'],
    ['a pilot with this clinician', [record('pilot', -5, { clinicians: ICU.clinicians })], 'pilot'],
    [
      'a pilot without this clinician, whatever held before',
      [record('active', -DAY), record('pilot', -5, { clinicians: ['Practitioner/2'] })],
      'silent',
    ],
    ['an approval that has ended', [record('active', -DAY, { until: at(-1) })], 'expired'],
    [
      'one that has ended, over an older one without end',
      [record('active', -2 * DAY), record('pilot', -DAY, { until: at(-1) })],
      'expired',
    ],
    [
      'one after the one that has ended',
      [record('pilot', -DAY, { until: at(-1) }), record('active', -1)],
      'active',
    ],
    ['an end that cannot be read', [record('active', -5, { unreadableEnd: true })], 'expired'],
    ['a state of which this app has no notion', [record('unknown', -5)], 'unread'],
  ])('%s', (_what, records, expected) => {
    expect(codeAt(records)).toBe(expected);
    expect(codeAt(records.toReversed())).toBe(expected);
  });
});

describe('a stop', () => {
  const stop = record('suspended', -10);

  test('is not undone by a step that was planned before it', () => {
    const planned = record('active', -5, { recordedAt: NOW - DAY * MINUTE });
    expect(codeAt([planned, stop])).toBe('suspended');
  });

  test('that is dated back is not outlived by what began in between', () => {
    const between = record('active', -60);
    const back = record('suspended', -DAY, { recordedAt: NOW - MINUTE });
    expect(codeAt([between, back])).toBe('suspended');
  });

  test('is lifted by what was decided after it and begins after it', () => {
    expect(codeAt([stop, record('active', -5)])).toBe('active');
    expect(codeAt([stop, record('active', -20, { recordedAt: NOW })])).toBe('suspended');
  });

  test('of one unit leaves the others alone', () => {
    const records = [record('active', -DAY), record('suspended', -5, { units: ['Location/er'] })];
    expect(codeAt(records)).toBe('active');
    expect(codeAt(records, { ...ICU, units: ['Location/er'] })).toBe('suspended');
  });

  test('whose end has passed stays one: nobody decided anything newer', () => {
    expect(codeAt([record('active', -DAY), record('suspended', -60, { until: at(-1) })])).toBe(
      'expired',
    );
  });

  test('counts where the other clock is a little ahead; an approval does not', () => {
    const ahead = CLOCK_TOLERANCE_MS / MINUTE;
    const active = record('active', -DAY);
    expect(codeAt([active, record('suspended', ahead)])).toBe('suspended');
    expect(codeAt([active, record('suspended', ahead + 1)])).toBe('active');
    expect(codeAt([record('silent', -DAY), record('active', 1)])).toBe('silent');
  });

  test('counts on a device whose clock is hours behind the registry’s', () => {
    const told = record('suspended', 180, { storedAt: NOW + 180 * MINUTE });
    expect(codeAt([record('active', -DAY), told])).toBe('suspended');
  });
});

describe('where the unit is not known', () => {
  const nowhere: PlaceOfUse = { site: 'Main', units: [], clinicians: [] };
  test.each<[string, readonly ModelStateRecord[], string]>([
    ['a state for everywhere counts', [record('active', -5)], 'active'],
    ['a pilot in named units is not shown', [record('pilot', -5, { units: ['a'] })], 'silent'],
    [
      'a suspension of one unit counts',
      [record('active', -DAY), record('suspended', -5, { units: ['a'] })],
      'suspended',
    ],
    [
      'a suspension of one unit counts though another went on',
      [
        record('active', -DAY),
        record('suspended', -9, { units: ['a'] }),
        record('active', -5, { units: ['b'] }),
      ],
      'suspended',
    ],
    [
      'the banner of one unit is shown',
      [record('active', -DAY), record('restricted', -5, { units: ['a'] })],
      'restricted',
    ],
  ])('%s', (_what, records, expected) => {
    expect(codeAt(records, nowhere)).toBe(expected);
  });

  test('and so with the site', () => {
    const records = [record('active', -DAY), record('suspended', -5, { site: 'North' })];
    expect(codeAt(records, { units: [], clinicians: [] })).toBe('suspended');
    expect(codeAt(records, ICU)).toBe('active');
  });
});

const anyRecord = fc.record({
  state: fc.constantFrom<ModelState>('silent', 'pilot', 'active', 'restricted', 'suspended'),
  from: fc.integer({ min: -5_000, max: 5_000 }),
  lag: fc.integer({ min: -5_000, max: 60 }),
  ends: fc.option(fc.integer({ min: -5_000, max: 5_000 }), { nil: undefined }),
  unit: fc.constantFrom(undefined, 'Location/icu', 'Location/er'),
});
const made = fc.array(
  anyRecord.map(({ state, from, lag, ends, unit }) =>
    record(state, from, {
      recordedAt: NOW + Math.min(from + lag, 0) * MINUTE,
      units: unit === undefined ? [] : [unit],
      ...(ends !== undefined && { until: at(ends) }),
    }),
  ),
  { minLength: 1, maxLength: 8 },
);

describe('whatever is on record', () => {
  test('a suspension of everywhere that is pressed now hides it, everywhere and at once', () => {
    fc.assert(
      fc.property(made, fc.integer({ min: -5, max: 0 }), (records, skew) => {
        const pressed = record('suspended', 0, { recordedAt: NOW });
        const all = [...records, pressed];
        for (const place of [ICU, { units: [], clinicians: [] }])
          expect(['suspended', 'silent', 'expired']).toContain(
            codeAt(all, place, NOW + skew * MINUTE),
          );
        // Nor does the day of anything that was planned before lift it.
        expect(['suspended', 'expired']).toContain(codeAt(all, ICU, NOW + 10_000 * MINUTE));
      }),
    );
  });

  test('the order in which records arrive does not matter', () => {
    fc.assert(
      fc.property(made, fc.gen(), (records, pick) => {
        const other = pick(fc.shuffledSubarray, records, { minLength: records.length });
        expect(standingState(other, ICU, NOW)).toEqual(standingState(records, ICU, NOW));
      }),
    );
  });

  test('nothing is shown without a record for the place that has begun and not ended', () => {
    fc.assert(
      fc.property(made, (records) => {
        const { code, record: by } = standingState(records, ICU, NOW);
        if (adviceDecision(code, 'show') !== 'shown') return;
        expect(by?.units.length === 0 || by?.units.includes('Location/icu')).toBe(true);
        expect(Date.parse(by?.from ?? '')).toBeLessThanOrEqual(NOW);
        expect(by?.until === undefined || Date.parse(by.until) >= NOW).toBe(true);
      }),
    );
  });

  test('not to know the unit never shows more', () => {
    fc.assert(
      fc.property(made, (records) => {
        const somewhere = adviceDecision(codeAt(records, { ...ICU, units: [] }), 'show');
        if (somewhere !== 'shown') return;
        expect(adviceDecision(codeAt(records), 'show')).toBe('shown');
      }),
    );
  });
});

describe('what the screen does', () => {
  test('with each state', () => {
    const decided = Object.fromEntries(
      [...MODEL_STATES, 'expired' as const, 'unread' as const].map((state) => [
        state,
        adviceDecision(state, 'show'),
      ]),
    );
    expect(decided).toEqual({
      proposed: 'absent',
      validated: 'absent',
      silent: 'absent',
      pilot: 'shown',
      active: 'shown',
      restricted: 'shown',
      suspended: 'hidden',
      retired: 'hidden',
      expired: 'hidden',
      unread: 'hidden',
      unknown: 'shown',
    });
    expect(adviceDecision('unknown', 'hide')).toBe('hidden');
  });

  const patience = { graceMinutes: 10, recheckSeconds: 60 };
  test.each<[string, number | undefined, boolean, boolean]>([
    ['never answered', undefined, true, false],
    ['answered just now', 0, false, true],
    ['silent within the grace', 10, true, true],
    ['silent beyond the grace', 10.1, true, false],
    ['a page that slept', 11, false, false],
  ])('with a registry: %s', (_what, minutes, failing, expected) => {
    const answers = {
      failing,
      ...(minutes !== undefined && { answeredAt: NOW - minutes * MINUTE }),
    };
    expect(mayRely(answers, patience, NOW)).toBe(expected);
  });

  test('without grace: off with the first silence, on between two checks', () => {
    const none = { graceMinutes: 0, recheckSeconds: 60 };
    expect(mayRely({ answeredAt: NOW - 1, failing: true }, none, NOW)).toBe(false);
    expect(mayRely({ answeredAt: NOW - 90_000, failing: false }, none, NOW)).toBe(true);
  });
});
