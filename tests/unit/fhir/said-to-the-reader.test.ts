import { describe, expect, test } from 'vitest';
import { readBasis } from '#src/fhir/basis.ts';
import { annotations, coding, conceptText, hasCode, sameUnit } from '#src/fhir/datatypes.ts';
import { mostUrgent, priorityOf } from '#src/fhir/priority.ts';
import type { Problems } from '#src/fhir/read.ts';
import { readStatus } from '#src/fhir/status.ts';
import { subjectProblem } from '#src/fhir/subject.ts';
import { SERVER } from './sample.ts';

describe('a status', () => {
  const said = (value: unknown) => {
    const problems: Problems = [];
    return [readStatus(value, 'event', problems), problems.map((one) => [one.code, one.message])];
  };

  test.each<[unknown, readonly unknown[]]>([
    ['final', ['current', []]],
    ['cancelled', ['cancelled', []]],
    [
      undefined,
      ['current', [['missing', 'No status was sent; this is shown as if it were active.']]],
    ],
    [null, ['current', [['missing', 'No status was sent; this is shown as if it were active.']]]],
    [
      'dreaming',
      [
        'current',
        [
          [
            'unknown-code',
            'The status that was sent is not a known one; this is shown as if it were active.',
          ],
        ],
      ],
    ],
    [
      5,
      [
        'current',
        [
          [
            'unknown-code',
            'The status that was sent is not a known one; this is shown as if it were active.',
          ],
        ],
      ],
    ],
  ])('%j', (value, expected) => {
    expect(said(value)).toEqual(expected);
  });
});

describe('whom it is about', () => {
  const why = (element: unknown, patientId: string | undefined = 'p1') =>
    subjectProblem(element, SERVER, patientId, 'This', 'there')?.message;

  test.each<[unknown, string | undefined]>([
    [{ reference: 'Patient/p1' }, undefined],
    [{ reference: `${SERVER}/Patient/p1/_history/2` }, undefined],
    [undefined, 'This does not say which patient it is about, so it is not shown.'],
    [null, 'This does not say which patient it is about, so it is not shown.'],
    ['Patient/p1', 'This names its patient in a way that cannot be checked, so it is not shown.'],
    [
      { identifier: { value: '1' } },
      'This names its patient in a way that cannot be checked, so it is not shown.',
    ],
    [{ reference: 'Group/p1' }, 'This is not about one patient, so it is not shown.'],
    [
      { reference: 'https://else.example.org/Patient/p1' },
      'This names a patient on another server, so it is not shown.',
    ],
    [{ reference: 'Patient/p2' }, 'This is about another patient, so it is not shown.'],
  ])('%j', (element, expected) => {
    expect(why(element)).toBe(expected);
  });

  test('is not asked where no patient was launched', () => {
    expect(
      [{ reference: 'Patient/p2' }, undefined].map((element) =>
        subjectProblem(element, SERVER, undefined, 'This', 'there'),
      ),
    ).toEqual([undefined, undefined]);
  });
});

describe('a code', () => {
  test.each<[unknown, unknown]>([
    [
      { system: 's', code: 'c' },
      { system: 's', code: 'c' },
    ],
    [
      { system: 's', code: ' two  words ', display: 'x' },
      { system: 's', code: 'two words', display: 'x' },
    ],
    [{ code: 'c' }, undefined],
    [{ system: 's' }, undefined],
  ])('%j', (sent, expected) => {
    expect(coding(sent)).toEqual(expected);
  });

  test('is one only in its system', () => {
    const concept = { coding: [{ system: 's', code: 'c' }] };
    expect([
      hasCode(concept, 's', 'c'),
      hasCode(concept, 't', 'c'),
      hasCode(concept, 's', 'd'),
    ]).toEqual([true, false, false]);
  });

  test('says the first thing that can be read', () => {
    expect(conceptText([{}, { coding: [{ code: 'c' }, { display: 'D' }] }])).toBe('D');
    expect(conceptText([{ coding: [{ code: 'c' }] }, { text: 'T' }])).toBe('c');
    expect(conceptText('bare')).toBe('bare');
  });
});

describe('two units', () => {
  const of = (unit: string | undefined, code?: string) => ({
    value: 1,
    ...(unit !== undefined && { unit }),
    ...(code !== undefined && { code }),
  });

  test.each([
    [of('mg', 'mg'), of('milligram', 'mg'), true],
    [of('mg', 'mg'), of('mg', 'g'), false],
    [of('mg', 'mg'), of('mg'), true],
    [of('mg'), of('mg', 'g'), true],
    [of('mg'), of('g'), false],
    [of(undefined), of(undefined), true],
    [of('mg', 'mg'), of('g'), false],
  ])('%j and %j: %s', (a, b, same) => {
    expect(sameUnit(a, b)).toBe(same);
  });
});

test('notes are lines, ten at most, those without words left out', () => {
  const many = Array.from({ length: 11 }, (_, n) => ({ text: `n${n}` }));
  expect(annotations([{ text: 'a' }, { text: ' ' }, 'b', { text: 'c' }])).toBe('a\nb\nc');
  expect(annotations(many)?.split('\n')).toHaveLength(10);
  expect(annotations([{}])).toBeUndefined();
});

test('of several urgencies the first of the most urgent', () => {
  const [stat, critical, routine] = ['stat', 'critical', 'routine'].map((code) =>
    priorityOf(code, 'request', 'x'),
  );
  expect(mostUrgent([undefined, routine, critical, stat, undefined])).toBe(critical);
  const problems: Problems = [];
  expect([undefined, null].map((one) => priorityOf(one, 'request', 'x', problems))).toEqual([
    undefined,
    undefined,
  ]);
  expect(problems).toEqual([]);
  expect(priorityOf('soon', 'request', 'x', problems)).toBeUndefined();
  expect(problems).toHaveLength(1);
});

describe('what the AI rests on', () => {
  const parent = { server: SERVER, type: 'RiskAssessment', id: 'r1' };
  const read = (...values: readonly unknown[]) => {
    const problems: Problems = [];
    return [
      readBasis(values, parent, problems, 'basis'),
      problems.map(({ message, path }) => [message, path]),
    ];
  };

  test('by reference, identifier and words; an empty one is said', () => {
    const element = { reference: '#a', identifier: { value: '7' }, display: 'Lactate' };
    expect(read([element, {}])).toEqual([
      [
        {
          reference: 'RiskAssessment/r1#a',
          identifier: { value: '7' },
          display: 'Lactate',
        },
      ],
      [['An input of the AI was named by an empty reference.', 'basis']],
    ]);
  });

  test('too many in one place are said, though there are few in another', () => {
    const many = Array.from({ length: 201 }, (_, n) => ({ reference: `Observation/${n}` }));
    expect(read([{ reference: 'Observation/x' }], many)[1]).toEqual([
      ['Not all inputs of the AI are shown.', 'basis'],
    ]);
  });
});
