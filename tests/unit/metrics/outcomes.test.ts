import { describe, expect, it } from 'vitest';
import { accuracy } from '#src/domain/metrics/accuracy.ts';
import { appropriateness } from '#src/domain/metrics/appropriateness.ts';
import { burden } from '#src/domain/metrics/burden.ts';
import { scoreCalibration } from '#src/domain/metrics/calibration-of-scores.ts';
import { CATALOGUE } from '#src/domain/metrics/catalogue.ts';
import { drift } from '#src/domain/metrics/drift.ts';
import { completed } from '#src/domain/metrics/facts/complete.ts';
import { factsOf } from '#src/domain/metrics/facts/facts.ts';
import { judgedScores } from '#src/domain/metrics/facts/judged-score.ts';
import { judgements } from '#src/domain/metrics/facts/judgement.ts';
import { wardLoads } from '#src/domain/metrics/facts/load.ts';
import { reached } from '#src/domain/metrics/facts/reach.ts';
import { treatments } from '#src/domain/metrics/facts/treatment.ts';
import { reach } from '#src/domain/metrics/reach.ts';
import { timeToTreatment } from '#src/domain/metrics/time-to-treatment.ts';
import { makeRow } from '#src/domain/tables/column.ts';
import { DECISIONS } from '#src/domain/tables/decisions.ts';
import { ENCOUNTERS } from '#src/domain/tables/encounters.ts';
import { RECOMMENDATIONS } from '#src/domain/tables/recommendations.ts';
import { REVIEWS } from '#src/domain/tables/reviews.ts';
import { figuresOf, fraction, HOUR, label, presentation, presentations, score } from './rows.ts';

describe('a score and its label', () => {
  const judged = (own: Parameters<typeof score>[0], labels: ReturnType<typeof label>[]) =>
    judgedScores([score(own)], labels, 'alert')[0];

  it.each([
    ['event within the horizon', {}, [label()], true],
    ['event after the horizon', {}, [label({ happened_at: 30 * HOUR })], false],
    ['event before the score', {}, [label({ happened_at: -HOUR })], false],
    ['no horizon: ever after', { horizon_h: null }, [label({ happened_at: 900 * HOUR })], true],
    ['looked for and not found', {}, [label({ label: false, happened_at: null })], false],
    ['nobody can know', {}, [label({ label: null })], null],
    ['no label yet', {}, [], null],
    ['event without a time', {}, [label({ happened_at: null })], null],
    ['another outcome', {}, [label({ outcome_code: 'fall' })], null],
    [
      'a score that names no outcome',
      { outcome_code: null },
      [label({ outcome_code: 'fall' })],
      true,
    ],
    [
      'label of this recommendation, without a time',
      {},
      [label({ recommendation_id: 's1', happened_at: null })],
      true,
    ],
    ['a retracted label', {}, [label({ status: 'entered-in-error' })], null],
    [
      'label of the patient, score without encounter',
      { encounter_id: null, patient_id: 'p' },
      [label({ encounter_id: null, patient_id: 'p' })],
      true,
    ],
  ] as const)('%s', (_, own, labels, wanted) => {
    expect(judged(own, [...labels])?.label).toBe(wanted);
  });

  it('together by encounter: fired in time or not at all', () => {
    const scores = [
      score({ score_id: 'a', score: 0.2, fired: false, scored_at: 0 }),
      score({ score_id: 'b', score: 0.9, fired: true, scored_at: 5 * HOUR }),
    ];
    const late = judgedScores(scores, [label()], 'encounter');
    expect(late.map(({ fired, label: event }) => [fired, event])).toEqual([[false, true]]);
    const inTime = judgedScores(scores, [label({ happened_at: 6 * HOUR })], 'encounter');
    expect(inTime.map(({ fired, score_id }) => [fired, score_id])).toEqual([[true, 'b']]);
    expect(judgedScores([score({ encounter_id: null })], [], 'encounter')).toEqual([]);
  });
});

describe('accuracy', () => {
  const rows = (
    count: number,
    own: Parameters<typeof score>[0],
    labels: Parameters<typeof label>[0],
  ) =>
    judgedScores(
      Array.from({ length: count }, (_, i) =>
        score({ score_id: `${i}`, encounter_id: `${i}`, ...own }),
      ),
      Array.from({ length: count }, (_, i) =>
        label({ outcome_id: `${i}`, encounter_id: `${i}`, ...labels }),
      ),
      'alert',
    );

  it('counts what was missed among the critical', () => {
    const figure = figuresOf(accuracy('alert'), [
      ...rows(30, {}, { critical: true }),
      ...rows(20, { fired: false, score: 0.1 }, { critical: true }),
      ...rows(50, { fired: false, score: 0.1 }, { label: false }),
    ]);
    expect(fraction(figure('missed of critical'))).toEqual([20, 50]);
    expect(fraction(figure('sensitivity'))).toEqual([30, 50]);
    expect(fraction(figure('specificity'))).toEqual([50, 50]);
  });

  it('has only PPV where only what fired is stored', () => {
    const figure = figuresOf(accuracy('alert'), rows(40, {}, {}));
    expect(figure('positive predictive value').value).toBe(1);
    for (const name of ['sensitivity', 'specificity', 'negative predictive value', 'alert rate'])
      expect(figure(name).absence, name).toBe('only-fired-stored');
  });

  it('says nothing where events have no time: only the harmless rows would be judged', () => {
    const figure = figuresOf(accuracy('alert'), [
      ...rows(30, {}, { happened_at: null }),
      ...rows(70, {}, { label: false, happened_at: null }),
    ]);
    expect(figure('positive predictive value')).toMatchObject({
      value: undefined,
      absence: 'not-estimable',
    });
    expect(figure('unlabelled').value).toBe(30);
  });

  it('says so where no label has the outcome that the scores name', () => {
    const figure = figuresOf(accuracy('alert'), rows(40, {}, { outcome_code: 'sepsis-3' }));
    expect(figure('unlabelled').value).toBe(40);
    expect(figure('positive predictive value').absence).toBe('no-labels');
  });

  it('leaves out and counts who was lost from sight', () => {
    const figure = figuresOf(accuracy('alert'), rows(25, {}, { label: null, censored: true }));
    expect(figure('censored').value).toBe(25);
    expect(figure('positive predictive value').absence).toBe('no-rows');
  });

  it('calibration: expected over observed, from probabilities alone', () => {
    const hundred = [
      ...rows(25, { score: 0.5 }, {}),
      ...rows(75, { score: 0.5 }, { label: false }),
    ];
    const figure = figuresOf(scoreCalibration, hundred);
    expect(figure('expected over observed').value).toBeCloseTo(2, 9);
    const points = hundred.map((row) => ({ ...row, score_scale: 'points' as const }));
    expect(figuresOf(scoreCalibration, points)('labelled probabilities').value).toBe(0);
  });
});

const recommendation = (own: object = {}) =>
  ({
    ...makeRow(RECOMMENDATIONS, {
      recommendation_id: 'r1',
      recommendation_version: '1',
      carrier: 'RiskAssessment',
      encounter_id: 'e1',
      fired_at: 0,
      status: 'current',
    }),
    ...own,
  }) as ReturnType<typeof reached>[number];

describe('reach', () => {
  it('counts what fired, the first answer and where clinicians disagree; what was cancelled nowhere', () => {
    const rows = reached(
      [
        recommendation(),
        recommendation({ recommendation_id: 'r2' }),
        recommendation({ recommendation_id: 'r3', status: 'cancelled' }),
      ],
      [
        presentation({ response: 'deferred', decided_at: 1, clinician_id: 'a' }),
        presentation({ response: 'overridden', decided_at: 2, clinician_id: 'b' }),
        presentation({ response: 'accepted', decided_at: 3, clinician_id: 'c' }),
      ],
    );
    expect(
      rows.map(({ displayed, response, disagreement, clinicians_decided }) => [
        displayed,
        response,
        disagreement,
        clinicians_decided,
      ]),
    ).toEqual([
      [true, 'overridden', true, 2],
      [false, null, false, 0],
    ]);
    expect(fraction(figuresOf(reach, rows)('displayed of fired'))).toEqual([1, 2]);
  });
});

describe('time to treatment', () => {
  it('begins at the recommendation, and who left before is censored', () => {
    const action = (own: Parameters<typeof label>[0]) => label({ kind: 'action', ...own });
    const stay = makeRow(ENCOUNTERS, {
      encounter_id: 'e2',
      stay: 0,
      encounter_end: 5 * HOUR,
      status: 'final',
    });
    const rows = treatments(
      [
        recommendation(),
        recommendation({ recommendation_id: 'r2', encounter_id: 'e2' }),
        recommendation({ fired_at: null }),
      ],
      [
        action({ happened_at: -HOUR }),
        action({ happened_at: 3 * HOUR }),
        action({ happened_at: 2 * HOUR }),
      ],
      [stay],
      { until: 100 * HOUR },
    );
    expect(rows.map(({ hours, treated }) => [hours, treated])).toEqual([
      [2, true],
      [5, false],
    ]);
    const many = Array.from({ length: 30 }, (_, i) => ({
      ...rows[0],
      hours: i / 10,
      treated: true,
      response: 'accepted',
    }));
    const median = figuresOf(
      timeToTreatment,
      many as typeof rows,
    )('median time to treatment, followed');
    expect(median.value).toBe(1.5);
  });

  it('knows which actions a model advises, where it was told', () => {
    const given = label({ kind: 'action', rule: 'antibiotic', happened_at: HOUR });
    const hours = (model_id: string) =>
      treatments([recommendation({ model_id })], [given], [], {
        until: 9 * HOUR,
        qualifying: { falls: ['physiotherapy'] },
      }).map((row) => [row.hours, row.treated]);
    expect(hours('sepsis')).toEqual([[1, true]]);
    expect(hours('falls')).toEqual([[9, false]]);
  });
});

describe('burden', () => {
  it('is displays for 100 encounters and for a day of stay, ward by ward', () => {
    const stays = Array.from({ length: 48 }, (_, i) =>
      makeRow(ENCOUNTERS, {
        encounter_id: `e${i}`,
        stay: i % 4 === 0 ? 1 : 0,
        unit: `u${i % 12}`,
        stay_start: 0,
        stay_end: i % 2 === 0 ? 12 * HOUR : null,
        status: i === 47 ? 'entered-in-error' : 'final',
      }),
    );
    const shown = presentations(70, (i) => ({ unit: `u${i % 12}` }));
    const figure = figuresOf(
      burden,
      wardLoads(shown, stays, { until: 24 * HOUR, timeZone: 'UTC' }),
    );
    expect(fraction(figure('displays per 100 encounters'))).toEqual([70, 35]);
    expect(figure('displays per 100 encounters').value).toBeCloseTo(200, 9);
    expect(figure('displays per patient-day').value).toBeCloseTo(
      (24 * 70) / (24 * 12 + 23 * 24),
      9,
    );
  });
});

describe('burden in slices', () => {
  const MONDAY = Date.UTC(2026, 0, 5);
  const stay = makeRow(ENCOUNTERS, {
    encounter_id: 'e1',
    stay: 0,
    unit: 'u1',
    stay_start: MONDAY - 10 * HOUR,
    stay_end: MONDAY + 30 * HOUR,
    status: 'final',
  });
  const entry = CATALOGUE.find(({ name }) => name === 'burden');
  const facts = {
    ...factsOf({}),
    wardLoads: () =>
      wardLoads(
        presentations(50, (i) => ({ unit: 'u1', model_id: i < 10 ? 'falls' : 'sepsis' })),
        Array.from({ length: 25 }, (_, i) => ({ ...stay, encounter_id: `e${i}` })),
        { until: 0, timeZone: 'UTC' },
      ),
  };

  it('every model is held against all encounters, which have none', () => {
    const found = entry?.figures(entry.count(facts, ['model']), ['model']) ?? [];
    expect(
      found.map(({ slice, figures }) => [
        slice,
        figures.map(({ numerator, denominator }) => [numerator, denominator])[1],
      ]),
    ).toEqual([
      [['falls'], [10, 25]],
      [['sepsis'], [40, 25]],
    ]);
  });

  it('a stay over a Sunday belongs to both weeks, its encounter to the first', () => {
    const rows = wardLoads([], [stay], { until: 0, timeZone: 'UTC' });
    expect(rows.map(({ kind, week, hours }) => [kind, week, hours])).toEqual([
      ['encounter', '2025-12-29', 10],
      ['stay', '2026-01-05', 30],
    ]);
    const berlin = wardLoads([], [stay], { until: 0, timeZone: 'Europe/Berlin' });
    expect(berlin.map(({ hours }) => hours)).toEqual([9, 31]);
  });
});

describe('reviews', () => {
  const decision = (own: object = {}) => ({
    ...makeRow(DECISIONS, {
      decision_id: 'd1',
      recommendation_id: 'r1',
      recommendation_version: '1',
      clinician_id: 'c1',
      response: 'overridden',
      comment_present: false,
      time_quality: 'ok',
      status: 'final',
      sink: 'table',
    }),
    ...own,
  });
  const review = (own: object = {}) => ({
    ...makeRow(REVIEWS, {
      review_id: 'v1',
      decision_id: 'd1',
      reviewer_id: 'one',
      judgement: 'appropriate',
      reviewed_at: 1,
      status: 'final',
    }),
    ...own,
  });

  it('the first judgement counts and another reviewer’s serves agreement', () => {
    const rows = judgements(
      [
        review({ review_id: 'v3', reviewer_id: 'two', judgement: 'undecided', reviewed_at: 3 }),
        review({ review_id: 'v2', judgement: 'inappropriate', reviewed_at: 2 }),
        review(),
      ],
      [decision()],
    );
    expect(rows.map(({ judgement, second }) => [judgement, second])).toEqual([
      ['appropriate', 'undecided'],
    ]);
  });

  it('of what was no override, was taken back or is not at hand count nowhere', () => {
    for (const decisions of [
      [],
      [decision({ response: 'accepted' })],
      [decision({ status: 'entered-in-error' })],
    ])
      expect(judgements([review()], decisions)).toEqual([]);
    expect(judgements([review({ status: 'entered-in-error' })], [decision()])).toEqual([]);
  });

  it('without sampling fractions there is a pooled share and no weighted one', () => {
    const many = Array.from({ length: 30 }, (_, i) => i);
    const rows = judgements(
      many.map((i) => review({ review_id: `v${i}`, decision_id: `d${i}` })),
      many.map((i) => decision({ decision_id: `d${i}` })),
    );
    const figure = figuresOf(appropriateness, rows);
    expect(figure('appropriate of judged').value).toBe(1);
    expect(figure('appropriate, weighted to all overrides').absence).toBe('not-estimable');
  });
});

describe('drift', () => {
  const weeks = (shift: (week: number) => number) =>
    Array.from({ length: 14 * 100 }, (_, i) => {
      const week = Math.floor(i / 100);
      return {
        week: `2026-${String(week + 10)}`,
        unit: 'u1',
        sex: 'female',
        score: 0.1 + 0.007 * (i % 100) + shift(week),
        score_scale: 'probability' as const,
      };
    });

  it('tells a shifted score from one that stays', () => {
    const still = figuresOf(
      drift,
      weeks(() => 0),
    );
    const moved = figuresOf(
      drift,
      weeks((week) => (week < 10 ? 0 : 0.15)),
    );
    expect(still('score: PSI').value).toBeLessThan(still('score: PSI by chance').value ?? 0);
    expect(moved('score: PSI').value).toBeGreaterThan(0.25);
  });

  it('has nothing to compare in the first weeks', () => {
    const early = figuresOf(drift, weeks(() => 0).slice(0, 500));
    expect(early('score: PSI').absence).toBe('nothing-to-compare');
  });
});

describe('a log of answers alone', () => {
  const decisions = [
    makeRow(DECISIONS, {
      decision_id: 'd1',
      recommendation_id: 'r1',
      recommendation_version: '1',
      clinician_id: 'c1',
      model_id: 'm',
      response: 'accepted',
      decided_at: Date.UTC(2026, 2, 29, 22, 30),
      comment_present: false,
      time_quality: 'ok',
      status: 'final',
      sink: 'table',
    }),
  ];

  it('gets displays, weeks of the site and earlier exposures', () => {
    const tables = completed({ decisions }, 'Europe/Berlin');
    // Sunday evening in Greenwich is Monday in Berlin.
    expect(
      tables.exposures?.map(({ implied, displayed_week, exposures_to_date }) => [
        implied,
        displayed_week,
        exposures_to_date,
      ]),
    ).toEqual([[true, '2026-03-30', 0]]);
    expect(completed({ decisions }, 'UTC').decisions?.[0]?.decided_week).toBe('2026-03-23');
    expect(factsOf(tables).presentations()).toHaveLength(1);
  });

  it('done twice is done once', () => {
    const once = completed({ decisions }, 'Europe/Berlin');
    expect(completed(once, 'Europe/Berlin')).toEqual(once);
  });

  it('stays without tables that nobody sent', () => {
    expect(completed({}, 'UTC')).toEqual({});
  });
});
