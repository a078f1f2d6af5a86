import { expect, it } from 'vitest';
import { kindOf } from '#src/domain/kind.ts';
import type { KindConfig } from '#src/domain/site-config.ts';
import { kind } from '#tests/unit/state/deps.ts';

const code = (value: string) => ({ system: 'urn:kinds', code: value });
const named = (id: string, ...codes: string[]): KindConfig => ({
  ...kind,
  id,
  codes: codes.map(code),
});
const of = (codes: readonly string[], kinds: readonly KindConfig[]) =>
  kindOf({ kindCodings: codes.map(code) }, kinds).id;
const fallback = named('default');

it.each<[readonly string[], readonly KindConfig[], string]>([
  [['a'], [named('A', 'a'), named('B', 'b'), fallback], 'A'],
  [['b'], [fallback, named('A', 'a'), named('B', 'b')], 'B'],
  [['x', 'b'], [named('A', 'a'), named('B', 'b'), fallback], 'B'],
  [['a', 'b'], [named('B', 'b'), named('A', 'a')], 'B'],
  [['x'], [named('A', 'a'), fallback], 'default'],
  [[], [named('A', 'a'), fallback], 'default'],
  [['x'], [named('A', 'a')], 'other'],
  [[], [], 'other'],
])('codes %j', (codes, kinds, id) => {
  expect(of(codes, kinds)).toBe(id);
});

it('the same code in another system is another kind', () => {
  const other = { kindCodings: [{ system: 'urn:other', code: 'a' }] };
  expect(kindOf(other, [named('A', 'a'), fallback]).id).toBe('default');
});
