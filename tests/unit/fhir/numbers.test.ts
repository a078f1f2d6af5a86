import { describe, expect, test } from 'vitest';
import { confidence } from '#src/fhir/numbers.ts';
import { mostUrgent, priorityOf } from '#src/fhir/priority.ts';
import type { Problems } from '#src/fhir/read.ts';
import { CONFIDENCE_URL, device, onlyCard, read, riskAssessment } from './sample.ts';

describe('AIconfidence in each of its five types', () => {
  test.each([
    [{ valueDecimal: 0.87 }, { fraction: 0.87 }, []],
    [{ valueDecimal: 0 }, { fraction: 0 }, []],
    [{ valueDecimal: 87 }, { text: '87' }, ['out-of-range']],
    [{ valueDecimal: -0.1 }, { text: '-0.1' }, ['out-of-range']],
    [{ valueQuantity: { value: 87, unit: '%', code: '%' } }, { fraction: 0.87 }, []],
    [{ valueQuantity: { value: 0.87, unit: '1' } }, { fraction: 0.87 }, []],
    [{ valueQuantity: { value: 87 } }, { text: '87' }, ['out-of-range']],
    [{ valueQuantity: { value: 90, unit: '%', comparator: '>' } }, { text: '> 90 %' }, []],
    [{ valueRange: { low: { value: 0.7 }, high: { value: 0.9 } } }, { low: 0.7, high: 0.9 }, []],
    [
      { valueRange: { low: { value: 70, unit: '%' }, high: { value: 90, unit: '%' } } },
      { low: 0.7, high: 0.9 },
      [],
    ],
    [{ valueRange: { low: { value: 0.7 } } }, { low: 0.7 }, []],
    [{ valueCodeableConcept: { coding: [{ display: 'High' }] } }, { text: 'High' }, []],
    [{ valueString: 'fairly sure' }, { text: 'fairly sure' }, []],
    [{ valueInteger: 1 }, undefined, ['malformed']],
    [{}, undefined, ['malformed']],
  ])('%j', (value, expected, codes) => {
    const problems: Problems = [];
    const element = { extension: [{ url: CONFIDENCE_URL, ...value }] };
    expect(confidence([undefined, element], problems)).toEqual(expected);
    expect(problems.map((one) => one.code)).toEqual(codes);
  });

  test('is found on the prediction and on its number, and stays apart from the probability', () => {
    const extension = [{ url: CONFIDENCE_URL, valueDecimal: 0.4 }];
    for (const place of [{ extension }, { _probabilityDecimal: { extension } }]) {
      const card = onlyCard(
        read([riskAssessment({ prediction: [{ probabilityDecimal: 90, ...place }] })]),
      );
      expect(card.confidence).toEqual({ fraction: 0.4 });
      expect(card.predictions[0]?.probability?.fraction).toBe(0.9);
    }
  });
});

describe('the configured scale of a source', () => {
  const rules = [
    { source: '*', scale: 'percent' },
    { source: 'sepsis-ews', scale: 'fraction' },
  ] as const;
  const scaled = (performer: unknown, sent: number, included: readonly unknown[] = []) =>
    onlyCard(
      read([riskAssessment({ performer, prediction: [{ probabilityDecimal: sent }] })], {
        included,
        source: { aiDevices: [], probabilityScales: rules },
      }),
    ).predictions[0]?.probability;

  test.each([
    ['identifier of the included Device', { reference: 'Device/sepsis' }, [device()], 'fraction'],
    ['identifier in the reference', { identifier: { value: 'sepsis-ews' } }, [], 'fraction'],
    ['model name', { display: 'sepsis-ews' }, [], 'fraction'],
    ['nothing of these: the rule for any', { display: 'Other' }, [], 'percent'],
  ])('by %s', (_title, performer, included, scale) => {
    expect(scaled(performer, 0.5, included)).toMatchObject({ sent: 0.5, scale });
  });
});

describe('bands', () => {
  const band = (sent: unknown) =>
    onlyCard(
      read([
        riskAssessment({
          prediction: [
            {
              probabilityDecimal: sent,
              qualitativeRisk: {
                coding: [
                  {
                    system: 'http://terminology.hl7.org/CodeSystem/risk-probability',
                    code: 'high',
                    display: 'High',
                  },
                ],
              },
            },
          ],
        }),
      ]),
    ).predictions[0]?.band?.code;

  test.each([
    [62, 'high'],
    [0.6, 'high'],
    [140, undefined],
    [-1, undefined],
  ])('the producer’s band beside %s', (sent, expected) => {
    expect(band(sent)).toBe(expected);
  });
});

describe('horizon', () => {
  test.each([
    [{ whenRange: { high: { value: 6, unit: 'h' } } }, 'within 6 h'],
    [{ whenRange: { low: { value: 0 }, high: { value: 30, unit: 'days' } } }, 'within 30 days'],
    [{ whenRange: { low: { value: 1 }, high: { value: 5, unit: 'years' } } }, '1 to 5 years'],
    [{ whenPeriod: { start: '2026-10', end: '2026-11' } }, '2026-10 to 2026-11'],
    [{ whenPeriod: { end: '2026-11' } }, 'until 2026-11'],
    [{ whenRange: 'soon' }, undefined],
  ])('%j', (when, expected) => {
    const card = onlyCard(read([riskAssessment({ prediction: [when] })]));
    expect(card.predictions[0]?.horizon).toBe(expected);
  });
});

describe('priority', () => {
  test.each([
    ['request', 'stat', 0],
    ['request', 'asap', 1],
    ['request', 'urgent', 2],
    ['request', 'routine', 3],
    ['severity', 'high', 0],
    ['severity', 'moderate', 2],
    ['severity', 'low', 3],
    ['risk', 'certain', 0],
    ['risk', 'high', 0],
    ['risk', 'moderate', 2],
    ['risk', 'negligible', 3],
    ['interpretation', 'HH', 0],
    ['interpretation', 'N', 3],
    ['request', 'toString', undefined],
    ['request', 5, undefined],
  ] as const)('%s %s', (table, code, rank) => {
    expect(priorityOf(code, table, 'x')?.rank).toBe(rank);
  });

  test('the most urgent of several, in any order', () => {
    const [routine, stat] = ['routine', 'stat'].map((code) => priorityOf(code, 'request', 'x'));
    expect(mostUrgent([undefined, routine, stat])).toBe(stat);
    expect(mostUrgent([undefined])).toBeUndefined();
  });
});
