import { describe, expect, test } from 'vitest';
import { observedAt, readValue } from '#src/fhir/observation-value.ts';

const shown = (resource: object) => readValue(resource).shown;
const mg = (value: number) => ({ value, unit: 'mg' });

describe('when it was true of the patient', () => {
  test.each([
    [{ effectiveDateTime: '2021', effectiveInstant: '2022', issued: '2025' }, '2021'],
    [{ effectiveInstant: '2022', effectivePeriod: { end: '2024' }, issued: '2025' }, '2022'],
    [{ effectivePeriod: { start: '2023', end: '2024' }, issued: '2025' }, '2024'],
    [{ effectivePeriod: { start: '2023' }, issued: '2025' }, '2023'],
    [{ issued: '2025' }, '2025'],
    [{}, undefined],
  ])('%j', (resource, expected) => {
    expect(observedAt(resource)).toBe(expected);
  });
});

describe('a value of each type, in one line', () => {
  test.each<[object, object]>([
    [
      { valueQuantity: { value: 3, unit: 'mg', comparator: '<' } },
      { value: 3, unit: 'mg', comparator: '<' },
    ],
    [{ valueInteger: 4 }, { value: 4 }],
    [{ valueCodeableConcept: { text: 'Positive' } }, { text: 'Positive' }],
    [{ valueString: 'two\nlines' }, { text: 'two lines' }],
    [{ valueBoolean: true }, { text: 'Yes' }],
    [{ valueBoolean: false }, { text: 'No' }],
    [{ valueRange: { low: mg(1), high: mg(2) } }, { text: '1–2 mg' }],
    [{ valueRange: { low: mg(1) } }, { text: '1– mg' }],
    [{ valueRange: { high: mg(2) } }, { text: '–2 mg' }],
    [{ valueRange: { low: { value: 1 }, high: { value: 2 } } }, { text: '1–2' }],
    [{ valueRange: { high: { value: 2 } } }, { text: '–2' }],
    [{ valueRange: {} }, {}],
    [{ valueRatio: { numerator: { value: 1 }, denominator: { value: 128 } } }, { text: '1:128' }],
    [{ valueDateTime: '2026-10-01' }, { text: '2026-10-01' }],
    [{ valueTime: '08:30:00' }, { text: '08:30:00' }],
    [{ valuePeriod: { start: '2025', end: '2026' } }, { text: '2025 – 2026' }],
    [{ valuePeriod: { start: '2025' } }, { text: '2025 – ' }],
    [{ valuePeriod: { end: '2026' } }, { text: ' – 2026' }],
    [{ valuePeriod: {} }, {}],
    [{ valueSampledData: {} }, {}],
    [{ dataAbsentReason: { text: 'clotted' } }, { text: 'No result: clotted' }],
  ])('%j', (resource, expected) => {
    expect(shown(resource)).toEqual(expected);
  });

  test('only a result counts as one', () => {
    const absent = (resource: object) => readValue(resource).absent;
    expect([
      absent({}),
      absent({ dataAbsentReason: { text: 'x' } }),
      absent({ valueInteger: 0 }),
      absent({ component: [{ valueInteger: 1 }] }),
    ]).toEqual([true, true, false, false]);
  });
});

const part = (text: string, value: object) => ({ code: { text }, ...value });

describe('a result in parts', () => {
  test('says each with its name, unit and at most four digits', () => {
    const resource = {
      component: [
        part('pH', { valueQuantity: { value: 7.3512345 } }),
        part('pCO2', { valueQuantity: { value: 5.512, unit: 'kPa', comparator: '<' } }),
        part('Sample', { valueString: 'venous' }),
        part('Nothing', {}),
        { valueInteger: 12345 },
        part('Count', { valueInteger: 1234567 }),
      ],
    };
    expect(shown(resource).text).toBe(
      'pH 7.351; pCO2 <5.512 kPa; Sample venous; ? 12345; Count 1235000',
    );
  });

  test('says eight at most', () => {
    const component = Array.from({ length: 9 }, (_, n) => part(`P${n}`, { valueInteger: n }));
    expect(shown({ component }).text).toMatch(/^P0 0; .*; P7 7$/);
  });

  const flagged = (code: string) => ({ interpretation: [{ coding: [{ code }] }] });

  test.each([
    ['its worst part', {}, 'critical-low'],
    ['the whole, where that is worse', flagged('HH'), 'critical-high'],
    ['its worst part, where the whole is not', flagged('N'), 'critical-low'],
  ])('is as abnormal as %s', (_what, whole, expected) => {
    const component = [
      part('a', { valueInteger: 1, ...flagged('N') }),
      part('b', { valueInteger: 1, ...flagged('LL') }),
    ];
    expect(readValue({ component, ...whole }).abnormality).toBe(expected);
  });

  test('is unknown where no part tells', () => {
    expect(readValue({ component: [part('a', { valueInteger: 1 })] }).abnormality).toBe('unknown');
  });
});

describe('a blood pressure', () => {
  const pressure = (code: string, value: object | undefined, more = {}) => ({
    code: { coding: [{ system: 'http://loinc.org', code }] },
    ...(value && { valueQuantity: value }),
    ...more,
  });
  const mmHg = (value: number) => ({ value, unit: 'mm[Hg]' });

  test('is one text, and its systolic carries the series', () => {
    const component = [pressure('8462-4', mmHg(76.123456)), pressure('8480-6', mmHg(118))];
    expect(readValue({ effectiveDateTime: '2026', component })).toEqual({
      shown: { at: '2026', text: '118/76.12', unit: 'mm[Hg]' },
      quantity: { value: 118, unit: 'mm[Hg]' },
      abnormality: 'unknown',
      absent: false,
    });
  });

  test('is as abnormal as the worse of the two by its own range', () => {
    const referenceRange = [{ low: mmHg(60), high: mmHg(90) }];
    const component = [
      pressure('8480-6', mmHg(118)),
      pressure('8462-4', mmHg(95), { referenceRange }),
    ];
    expect(readValue({ component }).abnormality).toBe('high');
  });

  test.each([
    ['8480-6', '8462-4'],
    ['8462-4', '8480-6'],
  ])('is none where there is only %s', (code, other) => {
    const component = [pressure(code, mmHg(118)), pressure(other, undefined)];
    expect(readValue({ component }).shown).toEqual({ text: `${code} 118 mm[Hg]` });
  });
});
