import { describe, expect, test } from 'vitest';
import { readEvidence } from '#src/fhir/evidence.fhir.ts';
import { observation, SERVER } from './sample.ts';

const BASIS = [{ reference: 'Observation/lactate' }];
const RANGE = [
  {
    low: { value: 0.5, unit: 'mmol/L', code: 'mmol/L' },
    high: { value: 2, unit: 'mmol/L', code: 'mmol/L' },
  },
];
const interpretation = (code: string) => [
  {
    coding: [
      { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation', code },
    ],
  },
];

const evidence = (
  resources: readonly unknown[],
  basis: readonly { reference?: string; display?: string }[] = BASIS,
) => readEvidence({ server: SERVER, patientId: 'p1', basis, resources });
const item = (...args: Parameters<typeof evidence>) => {
  const [one] = evidence(...args);
  if (one === undefined) throw new Error('no item');
  return one;
};
const quantity = (value: number, unit = 'mmol/L', more = {}) => ({
  value,
  unit,
  code: unit,
  ...more,
});

describe('abnormality', () => {
  test.each([
    ['no range, no interpretation', {}, 'unknown'],
    ['above the range', { referenceRange: RANGE }, 'high'],
    ['below the range', { referenceRange: RANGE, valueQuantity: quantity(0.2) }, 'low'],
    ['on the upper limit', { referenceRange: RANGE, valueQuantity: quantity(2) }, 'normal'],
    [
      'interpretation wins over range',
      { referenceRange: RANGE, interpretation: interpretation('N') },
      'normal',
    ],
    ['critical high', { interpretation: interpretation('HH') }, 'critical-high'],
    ['critical low', { interpretation: interpretation('LL') }, 'critical-low'],
    ['abnormal without a direction', { interpretation: interpretation('A') }, 'abnormal'],
    [
      'unknown interpretation code falls back to the range',
      { referenceRange: RANGE, interpretation: interpretation('ZZ') },
      'high',
    ],
    [
      'an inherited name is no interpretation',
      { interpretation: interpretation('constructor') },
      'unknown',
    ],
    [
      'range in another unit',
      { referenceRange: RANGE, valueQuantity: quantity(31, 'mg/dL') },
      'unknown',
    ],
    [
      'less than, and still below',
      { referenceRange: RANGE, valueQuantity: quantity(0.3, 'mmol/L', { comparator: '<' }) },
      'low',
    ],
    [
      'less than, which may be anything',
      { referenceRange: RANGE, valueQuantity: quantity(1, 'mmol/L', { comparator: '<' }) },
      'unknown',
    ],
    [
      'more than the upper limit',
      { referenceRange: RANGE, valueQuantity: quantity(2, 'mmol/L', { comparator: '>' }) },
      'high',
    ],
    ['two ranges that may both apply', { referenceRange: [...RANGE, ...RANGE] }, 'unknown'],
    [
      'a range upside down',
      { referenceRange: [{ low: quantity(2), high: quantity(1) }] },
      'unknown',
    ],
    [
      'a therapeutic range is not the normal one',
      { referenceRange: [{ ...RANGE[0], type: { coding: [{ code: 'therapeutic' }] } }] },
      'unknown',
    ],
  ])('%s', (_title, more, expected) => {
    expect(item([observation(more)]).abnormality).toBe(expected);
  });
});

describe('values', () => {
  test('value, unit, time, label, code and range', () => {
    expect(item([observation({ referenceRange: RANGE })])).toMatchObject({
      label: 'Lactate',
      coding: { system: 'http://loinc.org', code: '2524-7' },
      latest: { value: 3.4, unit: 'mmol/L', at: '2026-10-01T07:30:00Z' },
      range: { low: 0.5, high: 2 },
      problems: [],
    });
  });

  test.each([
    [{ valueQuantity: undefined, valueString: 'Turbid' }, { text: 'Turbid' }],
    [
      { valueQuantity: undefined, valueCodeableConcept: { text: 'Positive' } },
      { text: 'Positive' },
    ],
    [{ valueQuantity: undefined, valueBoolean: false }, { text: 'No' }],
    [{ valueQuantity: undefined, valueInteger: 3 }, { value: 3 }],
    [
      {
        valueQuantity: undefined,
        valueRange: { low: { value: 1 }, high: { value: 2, unit: 'L' } },
      },
      { text: '1–2 L' },
    ],
    [
      { valueQuantity: { value: '3.4' }, dataAbsentReason: { text: 'Not performed' } },
      { text: 'No result: Not performed' },
    ],
    [
      { valueQuantity: { value: 5, comparator: '<', unit: 'x' } },
      { value: 5, comparator: '<', unit: 'x' },
    ],
  ])('%j', (more, latest) => {
    expect(item([observation(more)]).latest).toMatchObject(latest);
  });

  test('blood pressure is one text, and its systolic the trend', () => {
    const part = (code: string, value: number, more = {}) => ({
      code: { coding: [{ system: 'http://loinc.org', code }] },
      valueQuantity: quantity(value, 'mm[Hg]'),
      ...more,
    });
    const read = item([
      observation({
        valueQuantity: undefined,
        code: { coding: [{ system: 'http://loinc.org', code: '85354-9' }], text: 'Blood pressure' },
        component: [
          part('8480-6', 82, { interpretation: interpretation('L') }),
          part('8462-4', 44),
        ],
      }),
    ]);
    expect(read).toMatchObject({
      label: 'Blood pressure',
      latest: { text: '82/44', unit: 'mm[Hg]' },
      abnormality: 'low',
      series: [{ value: 82, text: '82/44' }],
    });
  });
});

describe('series', () => {
  const earlier = (id: string, at: string, more = {}) =>
    observation({ id, effectiveDateTime: at, ...more });

  test('same code, same unit, same patient, oldest first, the item among them', () => {
    const read = item([
      observation(),
      earlier('a', '2026-10-01T09:00:00+04:00', { valueQuantity: quantity(1.1) }),
      earlier('b', '2026-10-01T06:00:00Z', { valueQuantity: quantity(2.2) }),
      earlier('other-unit', '2026-10-01T06:30:00Z', { valueQuantity: quantity(31, 'mg/dL') }),
      earlier('error', '2026-10-01T06:40:00Z', { status: 'entered-in-error' }),
      earlier('other-patient', '2026-10-01T06:50:00Z', { subject: { reference: 'Patient/p2' } }),
      earlier('other-code', '2026-10-01T06:55:00Z', { code: { text: 'Lactate' } }),
    ]);
    expect(read.series.map((one) => one.value)).toEqual([1.1, 2.2, 3.4]);
    expect(read.problems.map((one) => one.code)).toEqual(['unsupported']);
  });
});

describe('inputs that are not plainly there', () => {
  test.each([
    ['not returned by the server', [], BASIS, { label: 'Observation' }, 'unresolved-reference'],
    ['text only', [], [{ display: 'Vitals' }], { label: 'Vitals' }, 'unresolved-reference'],
    [
      'on a foreign server',
      [observation()],
      [{ reference: 'https://other.example.org/Observation/lactate' }],
      {},
      'unresolved-reference',
    ],
    [
      'withdrawn since',
      [observation({ status: 'entered-in-error' })],
      BASIS,
      { latest: { value: 3.4 } },
      'malformed',
    ],
    [
      'changed since',
      [observation({ meta: { versionId: '2' } })],
      [{ reference: 'Observation/lactate/_history/1' }],
      { latest: { value: 3.4 } },
      'unsupported',
    ],
    [
      'without a result',
      [observation({ valueQuantity: undefined })],
      BASIS,
      { label: 'Lactate' },
      'missing',
    ],
    [
      'without a time',
      [observation({ effectiveDateTime: undefined })],
      BASIS,
      { latest: { value: 3.4 } },
      'missing',
    ],
  ])('%s', (_title, resources, basis, expected, code) => {
    const read = item(resources, basis);
    expect(read).toMatchObject(expected);
    expect(read.problems.map((one) => one.code)).toContain(code);
  });

  test.each([
    ['another patient', { reference: 'Patient/p2' }],
    ['no patient', undefined],
    ['a patient elsewhere', { reference: 'https://other.example.org/Patient/p1' }],
  ])('of %s: nothing of it is shown', (_title, subject) => {
    const read = item([observation({ subject })]);
    expect(read).toMatchObject({ label: 'Input that is not shown', latest: {}, series: [] });
    expect(read.problems.map((one) => one.code)).toEqual(['wrong-patient']);
    expect(JSON.stringify(read)).not.toContain('Lactate');
  });

  test('contained in the recommendation', () => {
    const parent = {
      resourceType: 'RiskAssessment',
      id: 'r1',
      contained: [observation({ id: 'o', subject: undefined })],
    };
    expect(item([parent], [{ reference: 'RiskAssessment/r1#o' }])).toMatchObject({
      latest: { value: 3.4 },
    });
  });
});

test.each([
  [
    {
      resourceType: 'Condition',
      code: { text: 'Pneumonia' },
      clinicalStatus: { coding: [{ code: 'active' }] },
      onsetDateTime: '2026-09-30',
    },
    { label: 'Pneumonia', latest: { text: 'active', at: '2026-09-30' } },
  ],
  [
    {
      resourceType: 'MedicationRequest',
      medicationCodeableConcept: { text: 'Warfarin' },
      dosageInstruction: [{ text: '5 mg daily' }],
      authoredOn: '2026-09-01',
    },
    { label: 'Warfarin', latest: { text: '5 mg daily', at: '2026-09-01' } },
  ],
  [
    {
      resourceType: 'DocumentReference',
      type: { text: 'Chest X-ray' },
      description: 'AP film',
      date: '2026-10-01T07:00:00Z',
    },
    { label: 'Chest X-ray', latest: { text: 'AP film' } },
  ],
  [
    {
      resourceType: 'DiagnosticReport',
      code: { text: 'CT head' },
      conclusion: 'No bleed',
      issued: '2026-10-01T07:00:00Z',
    },
    { label: 'CT head', latest: { text: 'No bleed' } },
  ],
  [
    { resourceType: 'ImagingStudy', description: 'Chest', started: '2026-10-01T07:00:00Z' },
    { label: 'Chest' },
  ],
  [{ resourceType: 'SpecialThing', code: { text: 'Thing' } }, { label: 'Thing' }],
  [{ resourceType: 'FamilyMemberHistory', relationship: { text: 'Mother' } }, { label: 'Mother' }],
])('%#: other resource types are described in words', (more, expected) => {
  const resource = { id: 'x', subject: { reference: 'Patient/p1' }, ...more };
  const reference = `${more.resourceType}/x`;
  expect(item([resource], [{ reference }])).toMatchObject(expected);
});
