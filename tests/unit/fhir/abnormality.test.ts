import { describe, expect, test } from 'vitest';
import { byInterpretation, byRange, referenceRange, worst } from '#src/fhir/abnormality.ts';
import type { ReadQuantity } from '#src/fhir/datatypes.ts';

const V2 = 'http://terminology.hl7.org/CodeSystem/v2-0078';
const range = (low?: number, high?: number, unit?: string) => {
  const limit = (value: number) => ({ value, ...(unit !== undefined && { unit }) });
  return referenceRange([
    {
      ...(low !== undefined && { low: limit(low) }),
      ...(high !== undefined && { high: limit(high) }),
    },
  ]);
};
const comparators = ['<', '<=', '>=', '>'] as const;
const value = (amount: number, comparator?: (typeof comparators)[number]): ReadQuantity => ({
  value: amount,
  unit: 'mmol/L',
  ...(comparator && { comparator }),
});

describe('a value beside its range', () => {
  test.each([
    ['on the lower limit', value(2), range(2, 4), 'normal'],
    ['below it', value(1.9), range(2, 4), 'low'],
    ['on the upper limit', value(4), range(2, 4), 'normal'],
    ['above it', value(4.1), range(2, 4), 'high'],
    ['with a lower limit only, above', value(9), range(2), 'normal'],
    ['with a lower limit only, below', value(1), range(2), 'low'],
    ['with an upper limit only, below', value(1), range(undefined, 4), 'normal'],
    ['with an upper limit only, above', value(5), range(undefined, 4), 'high'],
    ['limits that are one number', value(3), range(3, 3), 'normal'],
    ['limits the wrong way round', value(3), range(4, 2), 'unknown'],
    ['limits in its own unit', value(5), range(2, 4, 'mmol/L'), 'high'],
    ['limits in another unit', value(5), range(2, 4, 'mg/dL'), 'unknown'],
    ['a range in words', value(5), referenceRange([{ text: '2 to 4' }]), 'unknown'],
    ['no range', value(5), undefined, 'unknown'],
    ['no value', undefined, range(2, 4), 'unknown'],
  ])('%s', (_what, amount, limits, expected) => {
    expect(byRange(amount, limits)).toBe(expected);
  });

  test('one limit in another unit is enough to tell nothing', () => {
    const mixed = referenceRange([{ low: { value: 2 }, high: { value: 4, unit: 'mg/dL' } }]);
    expect(byRange(value(5), mixed)).toBe('unknown');
  });

  test.each([
    ['less than a value below', value(1, '<'), 'low'],
    ['less than the lower limit', value(2, '<'), 'low'],
    ['at most the lower limit', value(2, '<='), 'low'],
    ['less than something within', value(3, '<'), 'unknown'],
    ['at most something above', value(9, '<='), 'unknown'],
    ['more than a value above', value(9, '>'), 'high'],
    ['more than the upper limit', value(4, '>'), 'high'],
    ['at least the upper limit', value(4, '>='), 'high'],
    ['more than something within', value(3, '>'), 'unknown'],
    ['at least something below', value(1, '>='), 'unknown'],
  ])('%s', (_what, amount, expected) => {
    expect(byRange(amount, range(2, 4))).toBe(expected);
  });

  test('an open side gives no answer to a comparator', () => {
    expect(byRange(value(1, '<'), range(undefined, 4))).toBe('unknown');
    expect(byRange(value(9, '>'), range(2))).toBe('unknown');
  });
});

describe('the range that may be compared with', () => {
  const typed = (...codes: readonly string[]) => ({
    type: { coding: codes.map((code) => ({ code })) },
    low: { value: 1 },
  });

  test.each([
    ['the normal one, beside a therapeutic one', [typed('therapeutic'), typed('normal')], 1],
    ['one that is normal among other things', [typed('x', 'normal')], 1],
    ['none for treatment alone', [typed('therapeutic')], undefined],
    ['none that says nothing', [{ age: { low: { value: 18 } } }], undefined],
    ['none where nothing was sent', undefined, undefined],
  ])('%s', (_what, sent, low) => {
    expect(referenceRange(sent)?.low).toBe(low);
    expect(referenceRange(sent) === undefined).toBe(low === undefined);
  });

  test.each([
    [{ low: { value: 1 } }, { low: 1 }],
    [{ high: { value: 2 } }, { high: 2 }],
    [{ text: 'under 2' }, { text: 'under 2' }],
  ])('%j', (sent, expected) => {
    const { low, high, text } = referenceRange([sent]) ?? {};
    expect(JSON.parse(JSON.stringify({ low, high, text }))).toEqual(expected);
    expect(referenceRange([sent])).toBeDefined();
  });
});

describe('the laboratory’s own word', () => {
  test.each([
    ['of version 2', [{ coding: [{ system: V2, code: 'H' }] }], 'high'],
    ['without a system', [{ coding: [{ code: 'L' }] }], 'low'],
    ['of a system of its own', [{ coding: [{ system: 'urn:lab', code: 'H' }] }], undefined],
    [
      'the worst of several',
      [{ coding: [{ code: 'N' }] }, { coding: [{ code: 'LL' }] }],
      'critical-low',
    ],
    ['known beside unknown', [{ coding: [{ code: '??' }, { code: 'A' }] }], 'abnormal'],
    ['none known', [{ coding: [{ code: '??' }, {}] }], undefined],
    ['nothing', undefined, undefined],
  ])('%s', (_what, sent, expected) => {
    expect(byInterpretation(sent)).toBe(expected);
  });

  test('of nothing at all the worst is unknown', () => {
    expect(worst([])).toBe('unknown');
  });
});
