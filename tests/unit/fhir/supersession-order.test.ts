import { describe, expect, test } from 'vitest';
import type { Recommendation } from '#src/domain/recommendation.ts';
import { type Draft, markSuperseded } from '#src/fhir/supersession.ts';
import { SERVER } from './sample.ts';

interface Given {
  readonly producedAt?: string;
  readonly updatedAt?: number;
  readonly replaces?: readonly string[];
  readonly shares?: string;
  readonly status?: Recommendation['status'];
}

const draft = (id: string, given: Given = {}): Draft => {
  const { updatedAt = 0, replaces = [], shares, producedAt, status = 'current' } = given;
  const ref = { server: SERVER, type: 'RiskAssessment', id };
  return {
    recommendation: {
      id: `${SERVER}/RiskAssessment/${id}`,
      carrier: 'RiskAssessment',
      ref,
      status,
      kindCodings: [],
      title: id,
      predictions: [],
      actions: [],
      basis: [],
      problems: [],
      ...(producedAt !== undefined && { producedAt }),
    },
    identifiers: shares === undefined ? [] : [{ value: shares }],
    replaces: replaces.map((other) => ({ ...ref, id: other })),
    updatedAt,
  };
};

const outcome = (...drafts: readonly Draft[]) =>
  Object.fromEntries(
    markSuperseded(drafts).map((one) => [one.ref.id, one.supersededBy?.split('/').at(-1)]),
  );
const bothWays = (all: readonly Draft[]) => [outcome(...all), outcome(...all.toReversed())];

describe('of two with one identifier stays', () => {
  const [FIRST, NEXT] = ['2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z'];

  // Its name is the earlier one, and loses wherever something else decides.
  test.each<[string, Given, Given]>([
    ['the later produced', { producedAt: NEXT }, { producedAt: FIRST }],
    ['the one whose time is known', { producedAt: NEXT }, {}],
    [
      'the later produced, though the other was updated since',
      { producedAt: NEXT, updatedAt: 1 },
      { producedAt: FIRST, updatedAt: 9 },
    ],
    [
      'the later updated, where they were produced together',
      { producedAt: FIRST, updatedAt: 2 },
      { producedAt: FIRST, updatedAt: 1 },
    ],
    ['the later updated, where nothing else is known', { updatedAt: 2 }, { updatedAt: 1 }],
  ])('%s', (_what, winner, loser) => {
    const all = [draft('a', { ...winner, shares: 'x' }), draft('b', { ...loser, shares: 'x' })];
    const expected = { a: undefined, b: 'a' };
    expect(bothWays(all)).toEqual([expected, expected]);
  });

  test('the later name, where all else is one', () => {
    const all = [draft('a', { shares: 'x' }), draft('b', { shares: 'x' })];
    const expected = { a: 'b', b: undefined };
    expect(bothWays(all)).toEqual([expected, expected]);
  });

  test('an identifier without a system is not one with a system of that name', () => {
    const named = { ...draft('b'), identifiers: [{ system: 'urn:s', value: 'x' }] };
    expect(outcome(draft('a', { shares: 'x' }), named)).toEqual({ a: undefined, b: undefined });
  });
});

describe('what is replaced by name', () => {
  test('by two: the newer of them is named', () => {
    const all = [
      draft('a'),
      draft('b', { replaces: ['a'], updatedAt: 2 }),
      draft('c', { replaces: ['a'], updatedAt: 1 }),
    ];
    const expected = { a: 'b', b: undefined, c: undefined };
    expect(bothWays(all)).toEqual([expected, expected]);
  });

  test('by itself: it stays, and nobody speaks of a circle', () => {
    const [only] = markSuperseded([draft('a', { replaces: ['a'] })]);
    expect(only).toMatchObject({ status: 'current', problems: [] });
  });

  test('what is no longer current is left as it was', () => {
    const cancelled = draft('a', { status: 'cancelled' });
    const [one] = markSuperseded([cancelled, draft('b', { replaces: ['a'] })]);
    expect(one).toBe(cancelled.recommendation);
  });
});

describe('a circle', () => {
  const circle = [
    draft('a', { replaces: ['b'], updatedAt: 1 }),
    draft('b', { replaces: ['c'], updatedAt: 3 }),
    draft('c', { replaces: ['a'], updatedAt: 2 }),
  ];

  test('leaves its newest, which says so; the others give way', () => {
    const expected = { a: 'c', b: undefined, c: 'b' };
    expect(bothWays(circle)).toEqual([expected, expected]);
    const said = markSuperseded(circle).map((one) => one.problems.map(({ message }) => message));
    expect(said).toEqual([
      [],
      ['Recommendations replace each other in a circle; the newest is shown.'],
      [],
    ]);
  });

  test('is not what merely leads into one', () => {
    const before = draft('z', { updatedAt: 9 });
    const into = {
      ...circle[0],
      replaces: [{ ...before.recommendation.ref, id: 'b' }, before.recommendation.ref],
    } as Draft;
    const marked = markSuperseded([before, into, ...circle.slice(1)]);
    expect(marked[0]).toMatchObject({ status: 'superseded', problems: [] });
  });
});
