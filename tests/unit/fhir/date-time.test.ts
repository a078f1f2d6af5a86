import { describe, expect, test } from 'vitest';
import { dateTime, eventTime, firstDate } from '#src/fhir/date-time.ts';
import type { Problems } from '#src/fhir/read.ts';

describe('a date of any precision, as it was sent', () => {
  test.each([
    '0001',
    '2026',
    '2026-01',
    '2026-12',
    '2026-02-28',
    '2024-02-29',
    '2026-12-31',
    '2026-10-01T00:00',
    '2026-10-01T23:59:60Z',
    '2026-10-01T08:00:00.123456789+14:00',
  ])('%s', (sent) => {
    expect(dateTime(sent)).toBe(sent);
  });

  test.each([
    '0000',
    '26',
    '2026-00',
    '2026-13',
    '2026-02-29',
    '2026-04-31',
    '2026-01-00',
    '2026-10-01T24:00',
    '2026-10-01T08:60',
    '2026-10-01T08:00:61Z',
    '2026-10-01T08',
    '2026-10-01 08:00',
    'x2026',
    '2026-10-01T08:00:00Z!',
    '',
    '2026-10-01T08:00:00.1234567890123456789012345Z',
  ])('%j is none', (sent) => {
    expect(dateTime(sent)).toBeUndefined();
  });

  test('nor is what is no text', () => {
    expect([undefined, null, 2026, {}].map(dateTime)).toEqual(Array(4).fill(undefined));
  });
});

const read = (...sent: readonly unknown[]) => {
  const problems: Problems = [];
  const at = firstDate(
    sent.map((value, index) => [value, `place ${index}`] as const),
    problems,
  );
  return { at, problems };
};

describe('the first date that can be used', () => {
  test('and nothing to say about what was not sent', () => {
    expect(read(undefined, null, '2026')).toEqual({ at: '2026', problems: [] });
    expect(read(undefined, null)).toEqual({ at: undefined, problems: [] });
  });

  test('what is no date is passed over, quoted, with its place', () => {
    expect(read('soon\u202e', '2026-10-01')).toEqual({
      at: '2026-10-01',
      problems: [
        {
          code: 'malformed',
          message: 'A time was sent that is no date (“soon”).',
          path: 'place 0',
        },
      ],
    });
  });

  test('what is no text is not quoted', () => {
    expect(read(5).problems.map((one) => one.message)).toEqual([
      'A time was sent that is no date.',
    ]);
  });

  test('the quotation is short', () => {
    expect(read('x'.repeat(500)).problems[0]?.message).toBe(
      `A time was sent that is no date (“${'x'.repeat(40)}”).`,
    );
  });

  test.each([
    ['2026-10-01T08:00:00', true],
    ['2026-10-01T08:00', true],
    ['2026-10-01T08:00:00Z', false],
    ['2026-10-01T08:00:00-05:00', false],
    ['2026-10-01', false],
  ])('%s lacks its zone: %s', (sent, lacking) => {
    expect(read(sent)).toEqual({
      at: sent,
      problems: lacking
        ? [
            {
              code: 'malformed',
              message: 'A time was sent without its time zone.',
              path: 'place 0',
            },
          ]
        : [],
    });
  });
});

describe('when an event was', () => {
  test.each([
    [{ effectiveDateTime: '2021', issued: '2025' }, '2021'],
    [{ effectiveInstant: '2022', issued: '2025' }, '2022'],
    [{ effectivePeriod: { start: '2023', end: '2024' }, issued: '2025' }, '2024'],
    [{ effectivePeriod: { start: '2023' }, issued: '2025' }, '2023'],
    [{ issued: '2025' }, '2025'],
    [{ occurrenceDateTime: '2021' }, undefined],
  ])('%j', (resource, expected) => {
    expect(eventTime(resource, 'effective', [])).toBe(expected);
  });

  test('a wrong one is said to be where it was', () => {
    const problems: Problems = [];
    eventTime(
      {
        effectiveDateTime: '?',
        effectiveInstant: '?',
        effectivePeriod: { start: '?', end: '?' },
        issued: '?',
      },
      'effective',
      problems,
    );
    expect(problems.map((one) => one.path)).toEqual([
      'effectiveDateTime',
      'effectiveInstant',
      'effectivePeriod.end',
      'effectivePeriod.start',
      'issued',
    ]);
  });
});
