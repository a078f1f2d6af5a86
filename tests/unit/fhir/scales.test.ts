import { describe, expect, test } from 'vitest';
import { confidence, fractionRange, probability, scaleRule } from '#src/fhir/numbers.ts';
import type { Problems } from '#src/fhir/read.ts';
import { CONFIDENCE_URL } from './sample.ts';

type Rule = 'percent' | 'fraction' | undefined;
const limits = 'A range was sent whose limits cannot be right.';

describe('a probability', () => {
  const read = (sent: unknown, rule?: Rule) => {
    const problems: Problems = [];
    return [probability(sent, rule, problems, 'here'), problems.map((one) => one.message)];
  };

  test.each<[unknown, Rule, object | undefined, readonly string[]]>([
    [0, 'percent', { sent: 0, scale: 'percent', fraction: 0 }, []],
    [100, 'percent', { sent: 100, scale: 'percent', fraction: 1 }, []],
    [1, 'fraction', { sent: 1, scale: 'fraction', fraction: 1 }, []],
    [0, 'fraction', { sent: 0, scale: 'fraction', fraction: 0 }, []],
    [0, undefined, { sent: 0, scale: 'unknown' }, []],
    [1, undefined, { sent: 1, scale: 'unknown' }, []],
    [1.5, undefined, { sent: 1.5, scale: 'percent', fraction: 0.015 }, []],
    [
      101,
      'percent',
      { sent: 101, scale: 'percent' },
      ['The probability 101 is outside 0 to 100 percent, so its meaning is unknown.'],
    ],
    [
      -1,
      undefined,
      { sent: -1, scale: 'percent' },
      ['The probability -1 is outside 0 to 100 percent, so its meaning is unknown.'],
    ],
    [
      2,
      'fraction',
      { sent: 2, scale: 'fraction' },
      ['The probability 2 is outside 0 to 1, so its meaning is unknown.'],
    ],
    ['62', undefined, undefined, ['The probability that was sent is not a number.']],
    [null, undefined, undefined, []],
    [undefined, undefined, undefined, []],
  ])('%j by rule %s', (sent, rule, expected, messages) => {
    expect(read(sent, rule)).toEqual([expected, messages]);
  });
});

describe('a range of probabilities', () => {
  const read = (low: object | undefined, high: object | undefined, rule?: Rule) => {
    const problems: Problems = [];
    const range = { ...(low && { low }), ...(high && { high }) };
    return [fractionRange(range, rule, problems, 'here'), problems.map((one) => one.message)];
  };
  const of = (value: number, unit?: string) => ({ value, ...(unit && { unit }) });
  const coded = (value: number, code: string) => ({ value, code });

  test.each<[string, object | undefined, object | undefined, Rule, object, readonly string[]]>([
    [
      'percent by unit',
      of(10, '%'),
      of(20, '%'),
      undefined,
      { low: 0.1, high: 0.2, scale: 'percent', sent: 10 },
      [],
    ],
    [
      'percent by the code of its high',
      of(10),
      coded(20, '%'),
      'fraction',
      { low: 0.1, high: 0.2, scale: 'percent', sent: 10 },
      [],
    ],
    [
      'percent by the unit of its high alone',
      undefined,
      of(20, '%'),
      'fraction',
      { high: 0.2, scale: 'percent', sent: 20 },
      [],
    ],
    [
      'percent below one, by unit',
      of(0.5, '%'),
      of(0.8, '%'),
      undefined,
      { low: 0.005, high: 0.008, scale: 'percent', sent: 0.5 },
      [],
    ],
    [
      'fractions by unit, against the rule',
      coded(0.1, '1'),
      coded(0.2, '1'),
      'percent',
      { low: 0.1, high: 0.2, scale: 'fraction', sent: 0.1 },
      [],
    ],
    [
      'by rule',
      of(0.1),
      of(0.2),
      'percent',
      { low: 0.001, high: 0.002, scale: 'percent', sent: 0.1 },
      [],
    ],
    [
      'by size of its high',
      of(0.5),
      of(20),
      undefined,
      { low: 0.005, high: 0.2, scale: 'percent', sent: 0.5 },
      [],
    ],
    [
      'by size of its low alone',
      of(20),
      undefined,
      undefined,
      { low: 0.2, scale: 'percent', sent: 20 },
      [],
    ],
    ['of no known scale', of(0.1), of(1), undefined, { scale: 'unknown', sent: 0.1 }, []],
    [
      'the whole of it',
      of(0, '%'),
      of(100, '%'),
      undefined,
      { low: 0, high: 1, scale: 'percent', sent: 0 },
      [],
    ],
    [
      'of one number',
      of(5, '%'),
      of(5, '%'),
      undefined,
      { low: 0.05, high: 0.05, scale: 'percent', sent: 5 },
      [],
    ],
    [
      'beyond the end',
      of(10, '%'),
      of(120, '%'),
      undefined,
      { scale: 'percent', sent: 10 },
      [limits],
    ],
    [
      'below nought',
      of(-10, '%'),
      of(20, '%'),
      undefined,
      { scale: 'percent', sent: -10 },
      [limits],
    ],
    [
      'the wrong way round',
      of(20, '%'),
      of(10, '%'),
      undefined,
      { scale: 'percent', sent: 20 },
      [limits],
    ],
    [
      'percent by the code of its low, whatever its unit is called',
      { value: 10, unit: 'percent', code: '%' },
      of(20, 'percent'),
      'fraction',
      { low: 0.1, high: 0.2, scale: 'percent', sent: 10 },
      [],
    ],
  ])('%s', (_what, low, high, rule, expected, messages) => {
    expect(read(low, high, rule)).toEqual([expected, messages]);
  });

  test.each([
    [{}, ['A range was sent without numbers.']],
    ['10-20', ['A range was sent without numbers.']],
    [null, []],
    [undefined, []],
  ])('%j is none', (sent, messages) => {
    const problems: Problems = [];
    expect(fractionRange(sent, undefined, problems, 'here')).toBeUndefined();
    expect(problems.map((one) => one.message)).toEqual(messages);
  });
});

describe('the confidence of the model', () => {
  const read = (...values: readonly object[]) => {
    const problems: Problems = [];
    const extension = values.map((value) => ({ url: CONFIDENCE_URL, ...value }));
    return [confidence([{ extension }], problems), problems.map((one) => [one.message, one.path])];
  };

  test.each<[object, object | undefined]>([
    [{ valueDecimal: 1 }, { fraction: 1 }],
    [{ valueQuantity: { value: 90, code: '%' } }, { fraction: 0.9 }],
    [{ valueQuantity: { value: 90, unit: '%' } }, { fraction: 0.9 }],
    [{ valueQuantity: { value: 90, unit: 'percent', code: '%' } }, { fraction: 0.9 }],
    [{ valueRange: { high: { value: 0.9 } } }, { high: 0.9 }],
    [{ valueRange: { low: { value: 20 } } }, { low: 0.2 }],
  ])('%j', (value, expected) => {
    expect(read(value)).toEqual([expected, []]);
  });

  test('a range that is none is said, where it was', () => {
    expect(read({ valueRange: {} })).toEqual([
      undefined,
      [
        ['A range was sent without numbers.', 'AIconfidence'],
        ['The confidence that was sent cannot be read.', 'AIconfidence'],
      ],
    ]);
  });
});

test('a scale for any source is a rule of its own, not the first there is', () => {
  const author = { keys: ['k'], names: [], isAi: true };
  const other = { source: 'x', scale: 'fraction' } as const;
  const any = { source: '*', scale: 'percent' } as const;
  const rule = (...probabilityScales: readonly (typeof other | typeof any)[]) =>
    scaleRule({ aiDevices: [], probabilityScales }, author);
  expect([rule(), rule(other), rule(other, any)]).toEqual([undefined, undefined, 'percent']);
});
