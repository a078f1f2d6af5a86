import { describe, expect, test } from 'vitest';
import {
  boolean,
  isLonger,
  line,
  list,
  number,
  objects,
  text,
  token,
  tooMany,
} from '#src/fhir/read.ts';

describe('a list', () => {
  test.each<[unknown, readonly unknown[]]>([
    [undefined, []],
    [null, []],
    [
      [null, 1, undefined, 0, ''],
      [1, 0, ''],
    ],
    ['alone', ['alone']],
    [0, [0]],
  ])('%j', (sent, expected) => {
    expect(list(sent)).toEqual(expected);
  });

  test('has two hundred entries at most, and tells where there were more', () => {
    const many = (length: number) => Array.from({ length }, (_, index) => index);
    expect(list(many(201))).toEqual(many(200));
    expect([tooMany(many(200)), tooMany(many(201)), tooMany('x'.repeat(300))]).toEqual([
      false,
      true,
      false,
    ]);
  });

  test('of objects has nothing else', () => {
    expect(objects([{ a: 1 }, 'x', 5, [], null])).toEqual([{ a: 1 }]);
  });
});

describe('a line', () => {
  test.each<[string, unknown, string | undefined]>([
    ['line breaks and tabs become one blank', 'a\n\t \u2028b', 'a b'],
    ['blanks around it go', '  a  ', 'a'],
    ['what cannot be seen goes', 'a\u202eb\u200b', 'ab'],
    ['joiners stay', 'a\u200db', 'a\u200db'],
    ['only blanks', ' \n ', undefined],
    ['no text', 5, undefined],
  ])('%s', (_what, sent, expected) => {
    expect(line(sent)).toBe(expected);
  });

  test.each<[string, string, string]>([
    ['as long as may be', 'abcd', 'abcd'],
    ['one too long', 'abcde', 'abc…'],
    ['a pair of units that the end would cut', 'ab😀e', 'ab…'],
    ['half a pair', 'a\ud83d', 'a\ufffd'],
    ['four times too long and one', 'a'.repeat(17), 'aaa…'],
    ['blanks at first, and something far behind', `${' '.repeat(10)}ab`, 'ab'],
    ['something, and then too many blanks to look behind', `ab${' '.repeat(15)}c`, 'ab…'],
    ['exactly as far as is looked', `ab${' '.repeat(14)}`, 'ab'],
  ])('%s', (_what, sent, expected) => {
    expect(line(sent, 4)).toBe(expected);
    expect(line(sent, 4)?.length).toBeLessThanOrEqual(4);
  });
});

describe('running text', () => {
  test.each<[string, string | undefined]>([
    ['a\r\nb\rc\u2028d', 'a\nb\nc\nd'],
    ['a\tb\u0000c\u202ed', 'a\tbcd'],
    ['  a\n', 'a'],
    [' \n ', undefined],
  ])('%j', (sent, expected) => {
    expect(text(sent)).toBe(expected);
  });

  test('is cut where it is too long, which can be told', () => {
    expect([text('abcd', 4), text('abcde', 4), text(`${' '.repeat(5)}abcde`, 4)]).toEqual([
      'abcd',
      'abc…',
      'abc',
    ]);
    expect([isLonger('abcd', 4), isLonger('abcde', 4), isLonger(12_345, 4)]).toEqual([
      false,
      true,
      false,
    ]);
  });
});

describe('a machine’s word', () => {
  test.each<[unknown, string | undefined]>([
    [' abc ', 'abc'],
    ['', undefined],
    ['  ', undefined],
    ['a b', undefined],
    ['a\u0000b', undefined],
    ['a\u202eb', undefined],
    [5, undefined],
    ['abcd', 'abcd'],
    ['abcde', undefined],
    ['a\ud800', 'a\ufffd'],
  ])('%j', (sent, expected) => {
    expect(token(sent, 4) ?? token(sent, 5)).toBe(sent === 'abcde' ? 'abcde' : expected);
    if (sent === 'abcde') expect(token(sent, 4)).toBeUndefined();
  });
});

test('numbers and truths are those of JSON alone', () => {
  expect([1, 0, -1.5, '1', Number.NaN, Number.POSITIVE_INFINITY, true].map(number)).toEqual([
    1,
    0,
    -1.5,
    ...Array(4).fill(undefined),
  ]);
  expect([true, false, 'true', 1, null].map(boolean)).toEqual([
    true,
    false,
    ...Array(3).fill(undefined),
  ]);
});
