import { describe, expect, test } from 'vitest';
import { AI_LABEL, observation, read, riskAssessment } from './sample.ts';

const LATER = '2026-10-01T09:00:00Z';
const statuses = (...resources: readonly unknown[]) =>
  Object.fromEntries(read(resources).recommendations.map((one) => [one.ref.id, one.status]));
const shared = (value: string, system = 'urn:vendor') => [{ system, value }];

describe('which recommendation is current', () => {
  test('a parent, a basedOn and a replaced Observation are superseded, and say by whom', () => {
    for (const link of [
      { parent: { reference: 'RiskAssessment/r1' } },
      { basedOn: { reference: 'RiskAssessment/r1' } },
    ]) {
      const result = read([riskAssessment(), riskAssessment({ id: 'r2', ...link })]);
      expect(result.recommendations.find((one) => one.ref.id === 'r1')).toMatchObject({
        status: 'superseded',
        supersededBy: 'RiskAssessment/r2',
      });
    }
    const extension = [
      {
        url: 'http://hl7.org/fhir/StructureDefinition/observation-replaces',
        valueReference: { reference: 'Observation/o1/_history/1' },
      },
    ];
    const [o1, o2] = [
      observation({ id: 'o1', meta: AI_LABEL }),
      observation({ id: 'o2', meta: AI_LABEL, extension }),
    ];
    expect(statuses(o1, o2)).toEqual({ o1: 'superseded', o2: 'current' });
  });

  test('a chain leaves its head', () => {
    const chain = [
      riskAssessment(),
      riskAssessment({ id: 'r2', parent: { reference: 'RiskAssessment/r1' } }),
      riskAssessment({ id: 'r3', parent: { reference: 'RiskAssessment/r2' } }),
    ];
    expect(statuses(...chain)).toEqual({ r1: 'superseded', r2: 'superseded', r3: 'current' });
    expect(statuses(...chain.toReversed())).toEqual(statuses(...chain));
  });

  test('a parent of another type is no predecessor', () => {
    expect(statuses(riskAssessment({ parent: { reference: 'Procedure/r1' } }))).toEqual({
      r1: 'current',
    });
  });

  test.each([
    ['the same identifier', shared('7'), shared('7'), 'superseded'],
    ['another value', shared('7'), shared('8'), 'current'],
    ['another system', shared('7'), shared('7', 'urn:other'), 'current'],
    ['none', undefined, undefined, 'current'],
  ])('%s', (_title, first, second, expected) => {
    const later = riskAssessment({ id: 'r2', identifier: second, occurrenceDateTime: LATER });
    expect(statuses(riskAssessment({ identifier: first }), later).r1).toBe(expected);
  });

  test('offsets are compared as instants, not as text', () => {
    const earlier = riskAssessment({
      id: 'a',
      identifier: shared('7'),
      occurrenceDateTime: '2026-10-01T10:00:00+04:00',
    });
    const later = riskAssessment({
      id: 'b',
      identifier: shared('7'),
      occurrenceDateTime: '2026-10-01T07:00:00Z',
    });
    expect(statuses(earlier, later)).toEqual({ a: 'superseded', b: 'current' });
  });

  test('an amended one is current in its own right', () => {
    expect(statuses(riskAssessment({ status: 'amended' }))).toEqual({ r1: 'current' });
  });

  test('a cancelled successor still supersedes; one entered in error does not', () => {
    const by = (status: string) =>
      statuses(
        riskAssessment(),
        riskAssessment({ id: 'r2', status, parent: { reference: 'RiskAssessment/r1' } }),
      ).r1;
    expect(by('cancelled')).toBe('superseded');
    expect(by('entered-in-error')).toBe('current');
  });

  test('the same resource in two versions is one card, the later version', () => {
    const versions = ['2', '10'].map((versionId) =>
      riskAssessment({ meta: { versionId, ...AI_LABEL }, code: { text: versionId } }),
    );
    for (const order of [versions, versions.toReversed()]) {
      expect(read(order).recommendations.map((one) => one.title)).toEqual(['10']);
    }
  });
});

test('cards come in the producer’s order, then newest first', () => {
  const band = (code: string) => [
    {
      qualitativeRisk: {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/risk-probability', code }],
      },
    },
  ];
  const result = read([
    riskAssessment({ id: 'none' }),
    riskAssessment({ id: 'low', prediction: band('low') }),
    riskAssessment({ id: 'high-old', prediction: band('high') }),
    riskAssessment({ id: 'high-new', prediction: band('high'), occurrenceDateTime: LATER }),
  ]);
  expect(result.recommendations.map((one) => one.ref.id)).toEqual([
    'high-new',
    'high-old',
    'low',
    'none',
  ]);
});
