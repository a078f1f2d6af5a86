import { expect, it } from 'vitest';
import { isoWithOffset } from '#src/domain/timestamp.ts';

it.each([
  [0, '2026-11-22T15:00:00+00:00'],
  [60, '2026-11-22T16:00:00+01:00'],
  [-360, '2026-11-22T09:00:00-06:00'],
  [345, '2026-11-22T20:45:00+05:45'],
  [-150, '2026-11-22T12:30:00-02:30'],
])('offset %i min', (offset, text) => {
  const at = Date.parse('2026-11-22T15:00:00Z');
  expect(isoWithOffset(at, offset)).toBe(text);
  expect(Date.parse(text)).toBe(at);
});
