import { describe, expect, test } from 'vitest';
import type { Answer } from '#src/domain/feedback.ts';
import { recordedShare } from '#src/domain/tables/derive/implied-exposures.ts';
import { responseUnits } from '#src/domain/tables/derive/response-units.ts';
import { answer, given, id, risk, shown, tablesOf } from './feedback.ts';

const at = (hour: number, minute = 0) =>
  `2026-10-02T${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}:00Z`;
const over = (n: number): Partial<Answer> => ({ response: 'overridden', replaces: { id: id(n) } });

const first = given(answer(1, at(10)));
const amended = given(answer(2, at(11), over(1)));
const seen = shown(9, at(9, 30));

interface Case {
  readonly title: string;
  readonly resources: readonly unknown[];
  /** Decision number, response, status, head. */
  readonly decisions: ReadonlyArray<readonly [number, string, string, boolean]>;
  readonly response: string | null;
}

const CASES: readonly Case[] = [
  {
    title: 'an amendment: both rows stay, the later one is the head',
    resources: [seen, first, amended],
    decisions: [
      [1, 'accepted', 'final', false],
      [2, 'overridden', 'final', true],
    ],
    response: 'overridden',
  },
  {
    title: 'out of order: the amendment arrived before what it replaces',
    resources: [amended, first, seen],
    decisions: [
      [1, 'accepted', 'final', false],
      [2, 'overridden', 'final', true],
    ],
    response: 'overridden',
  },
  {
    title: 'late arrival: the amendment is there, the first answer is not yet',
    resources: [seen, amended],
    decisions: [[2, 'overridden', 'final', true]],
    response: 'overridden',
  },
  {
    title: 'an amendment that names only the place of what it replaces',
    resources: [
      seen,
      first,
      given(
        answer(2, at(11), {
          response: 'overridden',
          replaces: { id: 'Observation/o1', reference: 'Observation/o1' },
        }),
      ),
    ],
    decisions: [
      [1, 'accepted', 'final', false],
      [2, 'overridden', 'final', true],
    ],
    response: 'overridden',
  },
  {
    title: 'a retraction: the server marked it, by a later version',
    resources: [
      seen,
      given(answer(1, at(10)), { version: '1' }),
      given(answer(1, at(10)), { version: '2', status: 'entered-in-error' }),
    ],
    decisions: [[1, 'accepted', 'entered-in-error', false]],
    response: null,
  },
  {
    title: 'a retraction after an amendment revives nothing',
    resources: [seen, first, given(answer(2, at(11), over(1)), { status: 'entered-in-error' })],
    decisions: [
      [1, 'accepted', 'final', false],
      [2, 'overridden', 'entered-in-error', false],
    ],
    response: null,
  },
  {
    title: 'a retraction where the server cannot mark: a withdrawal, two days later',
    resources: [
      seen,
      first,
      given(answer(2, '2026-10-04T10:00:00Z', { response: 'withdrawn', replaces: { id: id(1) } })),
    ],
    decisions: [
      [1, 'accepted', 'final', false],
      [2, 'withdrawn', 'final', false],
    ],
    response: null,
  },
  {
    title: 'a duplicate: delivered twice, two resources',
    resources: [seen, first, given(answer(1, at(10)), { place: 'copy' })],
    decisions: [[1, 'accepted', 'final', true]],
    response: 'accepted',
  },
  {
    title: 'a duplicate of which one copy was cleared away as an error',
    resources: [
      seen,
      first,
      given(answer(1, at(10)), { place: 'copy', status: 'entered-in-error' }),
    ],
    decisions: [[1, 'accepted', 'final', true]],
    response: 'accepted',
  },
  {
    title: 'an answer that cannot be read still replaces',
    resources: [
      seen,
      first,
      {
        ...amended,
        valueCodeableConcept: { coding: [{ system: 'urn:later', code: 'escalated' }] },
      },
    ],
    decisions: [
      [1, 'accepted', 'final', false],
      [2, 'unknown', 'final', false],
    ],
    response: null,
  },
  {
    title: 'a missing exposure: the answer proves it',
    resources: [first],
    decisions: [[1, 'accepted', 'final', true]],
    response: 'accepted',
  },
];

const number = (decisionId: string) => Number(decisionId.slice(-12));

describe('defined behaviour', () => {
  test.each(CASES)('$title', ({ resources, decisions, response }) => {
    const tables = tablesOf([risk(), ...resources]);
    expect(
      tables.decisions.map((row) => [
        number(row.decision_id),
        row.response,
        row.status,
        row.is_head,
      ]),
    ).toEqual(decisions);
    const units = responseUnits(tables.exposures, tables.decisions);
    expect(units.map((unit) => unit.response)).toEqual([response]);
  });
});

describe('what was displayed', () => {
  test('an implied exposure says so, and stands when the app began to measure', () => {
    const measured = answer(1, at(10), {
      context: { appVersion: '0.1.0', timeToResponseMs: 40_000 },
    });
    const { exposures } = tablesOf([risk(), given(measured)]);
    expect(exposures).toMatchObject([
      {
        implied: true,
        displayed_at: Date.parse(at(10)) - 40_000,
        exposure_id: `implied:${id(1)}`,
        clinician_id: 'Practitioner/a',
      },
    ]);
    expect(recordedShare(exposures)).toBe(0);
  });

  test.each([
    ['an exposure before it explains an answer', at(9, 59), 1],
    ['one a minute after, by another clock, does too', at(10, 1), 1],
    ['one an hour after does not', at(11), 2],
  ])('%s', (_, displayed, rows) => {
    const { exposures } = tablesOf([risk(), shown(9, displayed), first]);
    expect(exposures).toHaveLength(rows);
  });

  test('a retracted answer proves nothing', () => {
    const retracted = given(answer(1, at(10)), { status: 'entered-in-error' });
    expect(tablesOf([risk(), retracted]).exposures).toEqual([]);
  });

  test('the same launch in two tabs is one exposure', () => {
    const tables = tablesOf([risk(), seen, { ...seen, id: 'other' }]);
    expect(tables.exposures).toHaveLength(1);
  });

  test('exposures to date and alerts in the encounter are counted by time, not by arrival', () => {
    const { exposures } = tablesOf([
      shown(3, at(12)),
      shown(1, at(10)),
      shown(2, at(11), { encounter: 'Encounter/e2' }),
    ]);
    expect(exposures.map((row) => [row.exposures_to_date, row.alerts_this_encounter])).toEqual([
      [0, 0],
      [1, 0],
      [2, 1],
    ]);
  });
});

test('several clinicians: one unit each, a colleague’s answer replaces nobody’s', () => {
  const colleague = { performer: { reference: 'Practitioner/b' } };
  const tables = tablesOf([
    risk(),
    seen,
    shown(8, at(9, 40), colleague),
    first,
    given(answer(2, at(10, 30), { response: 'overridden', ...colleague })),
  ]);
  const units = responseUnits(tables.exposures, tables.decisions);
  expect(units.map((one) => [one.clinician_id, one.response])).toEqual([
    ['Practitioner/a', 'accepted'],
    ['Practitioner/b', 'overridden'],
  ]);
});

describe('clocks', () => {
  const ahead = given(answer(1, '2027-10-02T10:00:00Z'), { updated: at(10, 1) });

  test('a device a year ahead: the time stays as sent, its week is the server’s', () => {
    const [row] = tablesOf([risk(), seen, ahead]).decisions;
    expect(row).toMatchObject({
      time_quality: 'ahead-of-server',
      decided_at: Date.parse('2027-10-02T10:00:00Z'),
      decided_week: '2026-09-28',
      decided_hour: 10,
    });
  });

  test('a device a year ahead counts within the window, and gives no elapsed time', () => {
    const tables = tablesOf([risk(), seen, ahead]);
    expect(responseUnits(tables.exposures, tables.decisions)).toMatchObject([
      { response: 'accepted', elapsed_ms: null },
    ]);
  });

  test.each([
    ['stored days later, as an outbox does', at(10), '2026-10-05T10:00:00Z', 'ok'],
    ['two minutes ahead', at(10, 2), at(10), 'ok'],
    ['more than two minutes ahead', '2026-10-02T10:02:00.001Z', at(10), 'ahead-of-server'],
    ['more than two minutes before the recommendation', at(8, 57), at(10), 'before-recommendation'],
    ['only a day', '2026-10-02', at(10), 'imprecise'],
    ['no offset', '2026-10-02T10:00:00', at(10), 'imprecise'],
  ])('%s', (_, decided, updated, quality) => {
    const sent = { ...given(answer(1, at(10)), { updated }), effectiveDateTime: decided };
    expect(tablesOf([risk(), sent]).decisions[0]?.time_quality).toBe(quality);
  });

  test('the offset that was sent is kept beside the instant', () => {
    const [row] = tablesOf([given(answer(1, '2026-10-02T05:30:00-04:30'))]).decisions;
    expect(row).toMatchObject({ decided_at: Date.parse(at(10)), decided_offset_min: -270 });
  });
});

describe('calendars', () => {
  const sites = [
    { site: 'Berlin', timeZone: 'Europe/Berlin', units: ['Location/b'] },
    { site: 'Chicago', timeZone: 'America/Chicago', units: ['Location/c'] },
    { site: 'Kathmandu', timeZone: 'Asia/Kathmandu', units: ['Location/k'] },
  ] as const;
  const placed = (when: string, location: string) =>
    tablesOf([given(answer(1, when, { location }))], { sites: [...sites] }).decisions[0];

  test.each([
    ['summer', '2026-10-02T10:00:00Z', 'Location/b', 'Berlin', '2026-09-28', 12],
    ['winter', '2026-12-02T10:00:00Z', 'Location/b', 'Berlin', '2026-11-30', 11],
    [
      'the hour that autumn has twice, first',
      '2026-10-25T00:30:00Z',
      'Location/b',
      'Berlin',
      '2026-10-19',
      2,
    ],
    [
      'the hour that autumn has twice, again',
      '2026-10-25T01:30:00Z',
      'Location/b',
      'Berlin',
      '2026-10-19',
      2,
    ],
    ['spring has no hour 2', '2026-03-29T01:00:00Z', 'Location/b', 'Berlin', '2026-03-23', 3],
    [
      'Sunday evening in one place',
      '2026-10-05T04:00:00Z',
      'Location/c',
      'Chicago',
      '2026-09-28',
      23,
    ],
    [
      'is Monday morning in another',
      '2026-10-05T04:00:00Z',
      'Location/b',
      'Berlin',
      '2026-10-05',
      6,
    ],
    ['a zone with minutes', '2026-10-02T18:20:00Z', 'Location/k', 'Kathmandu', '2026-09-28', 0],
    ['a unit that no site names', '2026-10-02T10:00:00Z', 'Location/x', 'Berlin', '2026-09-28', 12],
  ])('%s', (_, when, location, site, week, hour) => {
    expect(placed(when, location)).toMatchObject({
      site,
      decided_week: week,
      decided_hour: hour,
    });
  });

  test('an elapsed time across the end of summer is real time', () => {
    const tables = tablesOf(
      [shown(9, '2026-10-25T02:30:00+02:00'), given(answer(1, '2026-10-25T02:30:00+01:00'))],
      { sites: [...sites] },
    );
    expect(responseUnits(tables.exposures, tables.decisions)[0]?.elapsed_ms).toBe(3_600_000);
  });

  test('a zone that is none is refused before any row', () => {
    expect(() => tablesOf([], { sites: [{ site: 'X', timeZone: 'Mars/Olympus' }] })).toThrow(
      'Mars/Olympus',
    );
  });
});

test('what the server stored after the instant asked for is not known yet', () => {
  const early = given(answer(1, at(10)), { version: '1', updated: at(10) });
  const late = given(answer(1, at(10)), {
    version: '2',
    updated: at(12),
    status: 'entered-in-error',
  });
  const asOf = (hour: number) =>
    tablesOf([early, late], { asOf: Date.parse(at(hour)) }).decisions.map((row) => row.status);
  expect([asOf(9), asOf(11), asOf(12)]).toEqual([[], ['final'], ['entered-in-error']]);
});
