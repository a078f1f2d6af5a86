import { describe, expect, test } from 'vitest';
import { checkTables } from '#src/domain/tables/check-tables.ts';
import { AI_TRANSPARENCY, SYSTEM } from '#src/fhir/codes.ts';
import { risk, SERVER, tablesOf } from './feedback.ts';

const device = {
  resourceType: 'Device',
  id: 'sepsis',
  identifier: [{ system: 'urn:models', value: 'sepsis-lr' }],
  type: { coding: [{ system: AI_TRANSPARENCY.deviceType, code: 'Artificial-Intelligence' }] },
  deviceName: [{ name: 'Sepsis early warning', type: 'user-friendly-name' }],
  version: [{ value: '3.1.0' }],
};
const by = { performer: { reference: 'Device/sepsis' } };
const scored = (n: number, percent: number, more: object = {}) =>
  risk({
    id: `r${n}`,
    identifier: [],
    ...by,
    prediction: [{ probabilityDecimal: percent }],
    ...more,
  });

const version = (versionId: string) => ({ meta: { ...risk().meta, versionId } });
const fired = (resources: readonly unknown[], models: readonly object[] = []) => {
  const tables = tablesOf(resources, {
    models: models.map((one) => ({ model_id: 'sepsis-lr', ...one })),
  });
  return {
    scores: tables.scores.map((row) => [row.score_id, row.score, row.fired]),
    recommendations: tables.recommendations.map((row) => row.recommendation_id),
  };
};

describe('scores and recommendations', () => {
  test('with a threshold: below it a score only', () => {
    expect(fired([device, scored(1, 60), scored(2, 59.9)], [{ threshold: 0.6 }])).toEqual({
      scores: [
        ['RiskAssessment/r1', 0.6, true],
        ['RiskAssessment/r2', 0.599, false],
      ],
      recommendations: ['RiskAssessment/r1'],
    });
  });

  test('without one: all that is stored was shown, and nobody knows what was not', () => {
    expect(fired([device, scored(1, 60)])).toEqual({
      scores: [['RiskAssessment/r1', 0.6, null]],
      recommendations: ['RiskAssessment/r1'],
    });
  });

  test('the threshold is the one in force when the model ran', () => {
    const change = (day: number, to: number) => ({
      resourceType: 'Observation',
      id: `t${day}`,
      status: 'final',
      code: { coding: [{ system: SYSTEM.feedbackItem, code: 'model-change' }] },
      subject: { reference: 'Device/sepsis' },
      effectiveDateTime: `2026-10-0${day}T00:00:00Z`,
      valueCodeableConcept: { coding: [{ system: 'urn:x', code: 'threshold' }] },
      component: [
        {
          code: { coding: [{ system: SYSTEM.feedbackItem, code: 'change-to' }] },
          valueQuantity: { value: to },
        },
      ],
    });
    const on = (n: number, day: number) =>
      scored(n, 60, { occurrenceDateTime: `2026-10-0${day}T12:00:00Z` });
    const resources = [change(4, 0.5), device, on(1, 1), change(2, 0.7), on(2, 2), on(3, 4)];
    expect(fired(resources, [{ threshold: 0.6 }]).recommendations).toEqual([
      'RiskAssessment/r1',
      'RiskAssessment/r3',
    ]);
  });

  test('a number of unknown scale is kept as sent and compared with nothing', () => {
    const tables = tablesOf(
      [device, scored(1, 0.8)],
      { models: [{ model_id: 'sepsis-lr', threshold: 0.6 }] },
      { source: { aiDevices: [], probabilityScales: [] } },
    );
    expect(tables.scores).toMatchObject([{ score: 0.8, score_scale: 'unknown', fired: null }]);
    expect(tables.recommendations).toHaveLength(1);
  });

  test.each([
    [{ high: { value: 6, unit: 'h', code: 'h' } }, 6],
    [{ high: { value: 90, code: 'min' } }, 1.5],
    [{ high: { value: 2, unit: 'days' } }, 48],
    [{ high: { value: 2, unit: 'fortnights' } }, null],
  ])('horizon %j is %j hours', (whenRange, hours) => {
    const one = scored(1, 60, { prediction: [{ probabilityDecimal: 60, whenRange }] });
    expect(tablesOf([one]).recommendations[0]?.horizon_h).toBe(hours);
  });

  test('every version has a row; the last one counts, an error takes all with it', () => {
    const status = (resources: readonly unknown[]) =>
      tablesOf(resources).recommendations.map((row) => [row.recommendation_version, row.status]);
    const two = [risk(version('2')), risk(version('1'))];
    expect(status(two)).toEqual([
      ['1', 'superseded'],
      ['2', 'current'],
    ]);
    expect(status([...two, risk({ ...version('3'), status: 'entered-in-error' })])).toEqual([
      ['1', 'entered-in-error'],
      ['2', 'entered-in-error'],
      ['3', 'entered-in-error'],
    ]);
  });

  test('a later one of the same identifier, or one that names it, takes its place', () => {
    const later = { occurrenceDateTime: '2026-10-02T11:00:00Z' };
    const rows = tablesOf([
      risk(),
      risk({ id: 'r2', ...later }),
      risk({ id: 'r3', identifier: [], parent: { reference: 'RiskAssessment/r2' }, ...later }),
    ]).recommendations;
    expect(rows.map((row) => row.superseded_by)).toEqual([
      'RiskAssessment/r2',
      'RiskAssessment/r3',
      null,
    ]);
  });

  test('two that replace each other: the newest stays', () => {
    const parent = (reference: string) => ({ identifier: [], parent: { reference } });
    const rows = tablesOf([
      risk({ id: 'r1', ...parent('RiskAssessment/r2') }),
      risk({
        id: 'r2',
        ...parent('RiskAssessment/r1'),
        occurrenceDateTime: '2026-10-02T11:00:00Z',
      }),
    ]).recommendations;
    expect(rows.map((row) => row.status)).toEqual(['superseded', 'current']);
  });

  test('a proposal that cites a recommendation is its action; one alone is its own', () => {
    const proposal = {
      resourceType: 'ServiceRequest',
      id: 's1',
      meta: risk().meta,
      status: 'draft',
      intent: 'proposal',
      code: { text: 'Lactate' },
      subject: { reference: 'Patient/p1' },
      authoredOn: '2026-10-02T09:00:00Z',
      supportingInfo: [{ reference: 'RiskAssessment/r1' }],
    };
    const ids = (resources: readonly unknown[]) =>
      tablesOf(resources).recommendations.map((row) => row.recommendation_id);
    expect(ids([proposal, risk()])).toEqual(['RiskAssessment/r1']);
    expect(ids([proposal])).toEqual(['ServiceRequest/s1']);
  });

  test('repeats for a patient count recommendations of the model, not their versions', () => {
    const rows = tablesOf([
      device,
      scored(2, 60, { occurrenceDateTime: '2026-10-02T10:00:00Z' }),
      scored(1, 60, version('1')),
      scored(1, 60, version('2')),
      scored(3, 60, { subject: { reference: 'Patient/p2' } }),
    ]).recommendations;
    expect(rows.map((row) => [row.recommendation_id, row.repeat_for_patient])).toEqual([
      ['RiskAssessment/r1', 0],
      ['RiskAssessment/r1', 0],
      ['RiskAssessment/r2', 1],
      ['RiskAssessment/r3', 0],
    ]);
  });

  test('what a person entered is neither', () => {
    const tables = tablesOf([risk({ meta: { versionId: '1' } })]);
    expect([tables.scores, tables.recommendations]).toEqual([[], []]);
  });
});

test('rows from another store have its address, and the EHR’s patients are relative', () => {
  const store = 'https://store.example.org/r4';
  const one = scored(1, 60, { subject: { reference: `${SERVER}/Patient/p1` } });
  const [row] = tablesOf([one], {}, { server: store, issuer: SERVER }).recommendations;
  expect(row).toMatchObject({
    recommendation_id: `${store}/RiskAssessment/r1`,
    patient_id: 'Patient/p1',
  });
});

test('models take their state from governance and their threshold from the site', () => {
  const state = (n: number, code: string, effectivePeriod: object) => ({
    resourceType: 'Observation',
    id: `s${n}`,
    status: 'final',
    code: { coding: [{ system: SYSTEM.feedbackItem, code: 'model-state' }] },
    subject: { reference: 'Device/sepsis' },
    effectivePeriod,
    valueCodeableConcept: { coding: [{ system: SYSTEM.modelState, code }] },
    performer: [{ reference: 'Practitioner/chair' }],
  });
  const tables = tablesOf(
    [
      device,
      state(1, 'pilot', { start: '2026-09-01T00:00:00Z' }),
      state(2, 'suspended', { start: '2026-10-02T09:30:00Z' }),
      scored(1, 60),
    ],
    { models: [{ model_id: 'sepsis-lr', threshold: 0.5, horizon_h: 6, high_risk: true }] },
  );
  expect(tables.models).toMatchObject([
    {
      model_id: 'sepsis-lr',
      model_version: '3.1.0',
      name: 'Sepsis early warning',
      model_state: 'suspended',
      threshold: 0.5,
      high_risk: true,
    },
  ]);
  expect(tables.recommendations).toMatchObject([{ model_state: 'pilot', horizon_h: 6 }]);
  expect(tables.changes).toMatchObject([
    { kind: 'state', to_value: 'pilot', approved_by: 'Practitioner/chair', model_id: 'sepsis-lr' },
    { kind: 'state', to_value: 'suspended' },
  ]);
  expect(checkTables(tables).flatMap(({ problems }) => problems)).toEqual([]);
});
