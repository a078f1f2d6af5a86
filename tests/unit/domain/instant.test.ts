import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  instantRange,
  isStale,
  latestInstant,
  mayBeLater,
  staleness,
} from '#src/domain/instant.ts';

const HOUR = 3_600_000;
const at = (text: string) => Date.parse(text);

describe('what a time of each precision may mean', () => {
  test.each([
    ['2026-10-01T08:00:00Z', at('2026-10-01T08:00:00Z'), at('2026-10-01T08:00:00Z')],
    ['2026-10-01T08:00:00+02:00', at('2026-10-01T06:00:00Z'), at('2026-10-01T06:00:00Z')],
    ['2026-10-01T08:00', at('2026-10-01T08:00Z') - 14 * HOUR, at('2026-10-01T08:00Z') + 12 * HOUR],
    ['2026-10-01', at('2026-10-01T00:00Z') - 14 * HOUR, at('2026-10-02T00:00Z') - 1 + 12 * HOUR],
    ['2026-12', at('2026-12-01T00:00Z') - 14 * HOUR, at('2027-01-01T00:00Z') - 1 + 12 * HOUR],
    ['2026', at('2026-01-01T00:00Z') - 14 * HOUR, at('2027-01-01T00:00Z') - 1 + 12 * HOUR],
  ])('%s', (text, earliest, latest) => {
    expect(instantRange(text)).toEqual({ earliest, latest });
  });

  test.each(['', 'yesterday', '10/01/2026', 'T'])('%j is none', (text) => {
    expect(instantRange(text)).toBeUndefined();
    expect(latestInstant(text)).toBe(Number.NEGATIVE_INFINITY);
  });

  test('never earliest after latest', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), (text) => {
        const range = instantRange(text);
        expect(range === undefined || range.earliest <= range.latest).toBe(true);
      }),
    );
  });
});

describe('staleness', () => {
  const NOW = at('2026-10-01T12:00:00Z');
  test.each([
    ['2026-10-01T11:00:00Z', 'fresh'],
    ['2026-10-01T10:00:00Z', 'fresh'],
    ['2026-10-01T09:59:59Z', 'stale'],
    ['2026-10-01T13:00:00+02:00', 'fresh'],
    ['2026-10-01', 'unknown'],
    ['2026-09-28', 'stale'],
    ['2026', 'unknown'],
    ['2025', 'stale'],
    ['nonsense', 'unknown'],
    [undefined, 'unknown'],
  ] as const)('%s with a limit of two hours is %s', (producedAt, expected) => {
    expect(staleness(producedAt, NOW, 120)).toBe(expected);
    expect(isStale(producedAt, NOW, 120)).toBe(expected !== 'fresh');
  });
});

test('what may be later counts as later', () => {
  expect(mayBeLater('2026-10-01', '2026-10-01T08:00:00Z')).toBe(true);
  expect(mayBeLater('2026-10-01T08:00:00Z', '2026-10-01T08:00:00Z')).toBe(false);
  expect(mayBeLater('x', '2026')).toBe(false);
});
