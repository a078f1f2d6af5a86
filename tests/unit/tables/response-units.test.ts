import { describe, expect, test } from 'vitest';
import { heads } from '#src/domain/tables/derive/heads.ts';
import { recommendationAnswers } from '#src/domain/tables/derive/recommendation-answers.ts';
import { responseUnits } from '#src/domain/tables/derive/response-units.ts';
import { decision, exposure, HOUR, T0 } from './rows.ts';

const unit = (rows: readonly ReturnType<typeof decision>[], at = T0) =>
  responseUnits([exposure({ displayed_at: at })], rows)[0];

const first = decision({ decision_id: 'a', decided_at: T0 + HOUR });
const second = decision({
  decision_id: 'b',
  replaces_id: 'a',
  response: 'overridden',
  decided_at: T0 + 2 * HOUR,
});
const late = { decided_at: T0 + 30 * HOUR };

describe('the answer that counts for one version and clinician', () => {
  test.each([
    ['no answer', [], null, null],
    ['one in time', [first], 'accepted', 'accepted'],
    [
      'at the last millisecond of the window',
      [{ ...first, decided_at: T0 + 24 * HOUR }],
      'accepted',
      'accepted',
    ],
    ['one after the window', [{ ...first, ...late }], null, 'accepted'],
    ['an answer with only a day', [{ ...first, decided_at: null }], 'accepted', 'accepted'],
    ['an amendment in time', [first, second], 'overridden', 'overridden'],
    ['an amendment too late', [first, { ...second, ...late }], 'accepted', 'overridden'],
    ['a retraction', [{ ...first, status: 'entered-in-error' as const }], null, null],
    [
      'an amendment that is retracted: nothing is revived',
      [first, { ...second, status: 'entered-in-error' as const }],
      null,
      null,
    ],
    [
      'a withdrawal, however late',
      [first, { ...second, response: 'withdrawn' as const, ...late }],
      null,
      null,
    ],
    [
      'something unreadable in its place, however late',
      [first, { ...second, response: 'unknown' as const, decided_at: null }],
      null,
      null,
    ],
    [
      'a circle: the last answer stands',
      [{ ...first, replaces_id: 'b' }, second],
      'overridden',
      'overridden',
    ],
    ['one that replaces itself', [{ ...first, replaces_id: 'a' }], 'accepted', 'accepted'],
    [
      'one that replaces what never arrived',
      [{ ...second, replaces_id: 'gone' }],
      'overridden',
      'overridden',
    ],
    [
      'an answer to a later version in its place: this version was answered',
      [first, { ...second, recommendation_version: '2' }],
      'accepted',
      'accepted',
    ],
    [
      'a clock that the server contradicts: the server’s time decides',
      [
        {
          ...first,
          decided_at: T0 + 9000 * HOUR,
          recorded_at: T0 + HOUR,
          time_quality: 'ahead-of-server' as const,
        },
      ],
      'accepted',
      'accepted',
    ],
  ])('%s', (_, rows, response, final) => {
    for (const order of [rows, rows.toReversed()]) {
      expect(unit(order)).toMatchObject({ response, final_response: final });
    }
  });

  test('two heads of one clinician are a conflict, and the later one is taken', () => {
    const fork = decision({ decision_id: 'c', response: 'deferred', decided_at: T0 + 3 * HOUR });
    expect(unit([first, fork])).toMatchObject({ conflict: true, response: 'deferred' });
  });

  test('a deferral stays known when it is converted', () => {
    const deferred = { ...first, response: 'deferred' as const };
    expect(unit([deferred, { ...second, response: 'accepted', ...late }])).toMatchObject({
      response: 'deferred',
      was_deferred: true,
      final_response: 'accepted',
    });
  });

  test.each([
    ['clocks agree', {}, HOUR],
    ['the answer is a minute before the display', { decided_at: T0 - 60_000 }, 0],
    ['the answer is an hour before the display', { decided_at: T0 - HOUR }, null],
    ['the server contradicts', { time_quality: 'ahead-of-server' as const }, null],
    ['only a day is known', { decided_at: null, time_quality: 'imprecise' as const }, null],
  ])('elapsed time where %s', (_, more, elapsed) => {
    expect(unit([{ ...first, ...more }])?.elapsed_ms).toBe(elapsed);
  });
});

describe('what was displayed', () => {
  test('counts once for each clinician and version, from its first display', () => {
    const units = responseUnits(
      [
        exposure({ exposure_id: 'x2', displayed_at: T0 + HOUR }),
        exposure({ exposure_id: 'x1', displayed_at: T0 }),
        exposure({ exposure_id: 'x3', clinician_id: 'Practitioner/b' }),
        exposure({ exposure_id: 'x4', recommendation_version: '2' }),
        exposure({ exposure_id: 'x5', clinician_id: 'Practitioner/c', status: 'entered-in-error' }),
      ],
      [],
    );
    expect(
      units.map((one) => [one.clinician_id, one.recommendation_version, one.displays]),
    ).toEqual([
      ['Practitioner/a', '1', 2],
      ['Practitioner/b', '1', 1],
      ['Practitioner/a', '2', 1],
    ]);
    expect(units[0]?.displayed_at).toBe(T0);
  });

  test('by several clinicians becomes one answer: the first that is no deferral, and whether they disagree', () => {
    const by = (letter: string) => ({ clinician_id: `Practitioner/${letter}` });
    const units = responseUnits(
      ['a', 'b', 'c', 'd'].map((one) => exposure({ exposure_id: one, ...by(one) })),
      [
        decision({ decision_id: '1', ...by('a'), response: 'deferred', decided_at: T0 + 1 }),
        decision({ decision_id: '2', ...by('b'), response: 'overridden', decided_at: T0 + 3 }),
        decision({ decision_id: '3', ...by('c'), response: 'accepted', decided_at: T0 + 2 }),
      ],
    );
    expect(recommendationAnswers(units)).toEqual([
      {
        recommendation_id: 'RiskAssessment/r1',
        recommendation_version: '1',
        displayed: 4,
        responded: 3,
        response: 'accepted',
        decided_at: T0 + 2,
        disagreement: true,
      },
    ]);
  });
});

test('heads of a chain that ends in a circle are the open ones', () => {
  const tail = decision({ decision_id: 'z', replaces_id: 'a', decided_at: T0 });
  const circle = [{ ...first, replaces_id: 'b' }, second];
  expect(heads([...circle, tail]).map((row) => row.decision_id)).toEqual(['z']);
});
