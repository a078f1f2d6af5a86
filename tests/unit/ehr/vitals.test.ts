import { describe, expect, it } from 'vitest';
import { buildFlowsheet, cellText, latest } from '#mocks/ehr/readers/flowsheet.ts';
import type { Json } from '#mocks/ehr/readers/json.ts';
import { news2, warningText } from '#mocks/ehr/readers/news2.ts';
import { readResults } from '#mocks/ehr/readers/observation.ts';

const measured = (
  loinc: string,
  value: number,
  at = '2026-03-10T10:00:00Z',
  more: Json = {},
): Json => ({
  resourceType: 'Observation',
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: loinc }], text: loinc },
  effectiveDateTime: at,
  valueQuantity: { value, unit: 'x' },
  ...more,
});
const chart = (values: Readonly<Record<string, number>>) =>
  Object.entries(values).flatMap(([loinc, value]) => readResults(measured(loinc, value)));

describe('results', () => {
  it('takes the flag of the laboratory before the reference range', () => {
    const range = { referenceRange: [{ low: { value: 1 }, high: { value: 2 } }] };
    const flagged = { ...range, interpretation: [{ coding: [{ code: 'HH' }] }] };
    expect(readResults(measured('a', 3, undefined, range))[0]?.flag).toBe('H');
    expect(readResults(measured('a', 0.5, undefined, range))[0]?.flag).toBe('L');
    expect(readResults(measured('a', 1.5, undefined, range))[0]?.flag).toBe('N');
    expect(readResults(measured('a', 3, undefined, flagged))[0]?.flag).toBe('HH');
    expect(readResults(measured('a', 3))[0]?.flag).toBe('');
  });

  it('gives one result for each component of a blood pressure', () => {
    const part = (code: string, value: number) => ({
      code: { coding: [{ system: 'http://loinc.org', code }] },
      valueQuantity: { value },
    });
    const panel: Json = {
      code: { text: 'BP' },
      component: [part('8480-6', 89), part('8462-4', 50)],
    };
    expect(readResults(panel).map((result) => [result.label, result.value])).toEqual([
      ['BP systolic', 89],
      ['BP diastolic', 50],
    ]);
  });

  it('drops what was entered in error and what has no value', () => {
    expect(readResults(measured('a', 1, undefined, { status: 'entered-in-error' }))).toEqual([]);
    expect(readResults({ code: { text: 'Empty' }, dataAbsentReason: {} })).toEqual([]);
  });

  it('marks what an AI wrote', () => {
    const meta = { security: [{ code: 'AIAST' }] };
    expect(readResults(measured('a', 1, undefined, { meta }))[0]?.ai).toBe(true);
  });
});

describe('the flowsheet', () => {
  const sheet = buildFlowsheet(
    [
      measured('2524-7', 1.1, '2026-03-10T06:00:00Z'),
      measured('2524-7', 3, '2026-03-10T09:00:20Z'),
      measured('2160-0', 1.25, '2026-03-10T09:00:50Z'),
      measured('2524-7', 9, ''),
    ].flatMap(readResults),
  );

  it('has a column for each minute, newest first, and a row for each code', () => {
    expect(sheet.columns).toEqual(['2026-03-10T09:00:00.000Z', '2026-03-10T06:00:00.000Z']);
    expect(sheet.rows.map((row) => row.cells.map((cell) => cell?.value))).toEqual([
      [3, 1.1],
      [1.25, undefined],
    ]);
    expect(sheet.rows[0]?.trend.map((result) => result.value)).toEqual([1.1, 3]);
  });

  it('writes the same number of digits along a row, and keeps a comparator', () => {
    const [row] = sheet.rows;
    expect(row?.cells.map((cell) => cell && cellText(cell, row.digits))).toEqual(['3.0', '1.1']);
    const [below] = readResults(
      measured('6598-7', 5, undefined, { valueQuantity: { value: 5, comparator: '<' } }),
    );
    expect(below && cellText(below, 1)).toBe('<5.0');
  });

  it('finds the newest of several codes', () => {
    const results = [
      ...readResults(measured('2708-6', 91, '2026-03-10T09:00:00Z')),
      ...readResults(measured('59408-5', 95, '2026-03-10T08:00:00Z')),
    ];
    expect(latest(results, '59408-5', '2708-6')?.value).toBe(91);
    expect(latest(results, '8867-4')).toBeUndefined();
  });
});

describe('NEWS2, against the published table', () => {
  const well = {
    '9279-1': 16,
    '59408-5': 97,
    '8480-6': 120,
    '8867-4': 72,
    '8310-5': 37,
    '9269-2': 15,
    '3151-8': 0,
  };

  it('is 0 for a well patient with everything charted', () => {
    expect(news2(chart(well))).toEqual({ score: 0, missing: [], band: 'low' });
  });

  it.each([
    [
      '9279-1',
      [
        [8, 3],
        [9, 1],
        [12, 0],
        [20, 0],
        [21, 2],
        [24, 2],
        [25, 3],
      ],
    ],
    [
      '59408-5',
      [
        [91, 3],
        [92, 2],
        [93, 2],
        [94, 1],
        [95, 1],
        [96, 0],
      ],
    ],
    [
      '8480-6',
      [
        [90, 3],
        [91, 2],
        [100, 2],
        [101, 1],
        [110, 1],
        [111, 0],
        [219, 0],
        [220, 3],
      ],
    ],
    [
      '8867-4',
      [
        [40, 3],
        [41, 1],
        [50, 1],
        [51, 0],
        [90, 0],
        [91, 1],
        [110, 1],
        [111, 2],
        [130, 2],
        [131, 3],
      ],
    ],
    [
      '8310-5',
      [
        [35, 3],
        [35.1, 1],
        [36, 1],
        [36.1, 0],
        [38, 0],
        [38.1, 1],
        [39, 1],
        [39.1, 2],
      ],
    ],
    [
      '9269-2',
      [
        [15, 0],
        [14, 3],
      ],
    ],
    [
      '3151-8',
      [
        [0, 0],
        [2, 2],
      ],
    ],
  ] as const)('scores %s at every step', (loinc, steps) => {
    for (const [value, points] of steps)
      expect([value, news2(chart({ ...well, [loinc]: value }))?.score]).toEqual([value, points]);
  });

  it('calls a single 3 low-medium, 5 medium, 7 high', () => {
    expect(news2(chart({ ...well, '9279-1': 25 }))?.band).toBe('low-medium');
    expect(news2(chart({ ...well, '9279-1': 25, '3151-8': 2 }))?.band).toBe('medium');
    expect(news2(chart({ ...well, '9279-1': 25, '3151-8': 2, '59408-5': 93 }))?.band).toBe('high');
  });

  it('says what was not charted, and gives no score from too little', () => {
    const { '3151-8': _oxygen, '9269-2': _coma, ...vitals } = well;
    expect(news2(chart(vitals))?.missing).toEqual(['oxygen', 'consciousness']);
    expect(news2(chart({ '8867-4': 72, '8310-5': 37 }))).toBeUndefined();
  });

  it.each([
    [{ score: 0, missing: [], band: 'low' }, '0'],
    [{ score: 0, missing: ['oxygen'], band: 'low' }, 'incomplete'],
    [{ score: 4, missing: ['oxygen'], band: 'low' }, 'incomplete'],
    [{ score: 3, missing: ['oxygen'], band: 'low-medium' }, '≥ 3'],
    [{ score: 14, missing: ['oxygen'], band: 'high' }, '≥ 14'],
  ] as const)('%o reads "%s"', (warning, text) => expect(warningText(warning)).toBe(text));
});
