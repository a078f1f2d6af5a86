import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Aggregates,
  aggregate,
  mergeAggregates,
  negative,
} from '#src/domain/aggregates/aggregates.ts';
import { PUBLISHED_VIEWS } from '#src/domain/aggregates/published-views.ts';
import { factsOf } from '#src/domain/metrics/facts/facts.ts';
import { countExposures } from '#src/domain/tables/derive/counters.ts';
import type { Tables } from '#src/domain/tables/schema.ts';
import { randomTables } from '#tests/unit/metrics/random-tables.ts';

/** In this order alone: two aggregates that say the same print the same. */
const plain = (aggregates: Aggregates) =>
  [...aggregates].map(([name, sliced]) => [
    name,
    [...sliced].map(([key, { counts }]) => [
      key,
      [...counts]
        .map(([cluster, cells]) => [cluster, [...cells].toSorted(([a], [b]) => (a < b ? -1 : 1))])
        .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
    ]),
  ]);

const UNTIL = Date.UTC(2026, 5, 1);
const counted = (tables: Tables) => aggregate(factsOf(tables, { until: UNTIL }), PUBLISHED_VIEWS);

const some = fc.integer({ min: 0, max: 1e9 }).map((seed) => counted(randomTables(seed, 12)));
const runs = { numRuns: 6 };

describe('aggregates are a commutative group', () => {
  it('in which order and grouping do not matter', () => {
    fc.assert(
      fc.property(some, some, some, (a, b, c) => {
        const whole = plain(mergeAggregates(a, b, c));
        expect(plain(mergeAggregates(mergeAggregates(a, b), c))).toEqual(whole);
        expect(plain(mergeAggregates(a, mergeAggregates(b, c)))).toEqual(whole);
        expect(plain(mergeAggregates(a, mergeAggregates(c, b)))).toEqual(whole);
      }),
      runs,
    );
  });

  it('in which nothing changes nothing, and what is taken away leaves nothing', () => {
    fc.assert(
      fc.property(some, some, (a, b) => {
        expect(plain(mergeAggregates(a, new Map()))).toEqual(plain(a));
        const gone = mergeAggregates(a, negative(a));
        expect([...gone.values()].map(({ size }) => size)).toEqual(PUBLISHED_VIEWS.map(() => 0));
        expect(plain(mergeAggregates(b, a, negative(a)))).toEqual(plain(b));
      }),
      runs,
    );
  });
});

/** Everything about one patient in one part; what names none is somebody of their own. */
function partsByPatient(tables: Tables, parts: number): readonly Tables[] {
  const patientOf = new Map(
    (tables.recommendations ?? []).map((row) => [row.encounter_id, row.encounter_id] as const),
  );
  const decided = new Map(
    (tables.decisions ?? []).map((row) => [row.decision_id, row.encounter_id]),
  );
  const part = (row: object): number => {
    const known = 'encounter_id' in row ? row.encounter_id : undefined;
    const review = 'decision_id' in row ? decided.get(String(row.decision_id)) : undefined;
    const patient = String(patientOf.get(String(known ?? review)) ?? known ?? review);
    return [...patient].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % parts;
  };
  return Array.from({ length: parts }, (_, i) =>
    Object.fromEntries(
      Object.entries(tables).map(([name, rows]) => [name, rows.filter((row) => part(row) === i)]),
    ),
  );
}

describe('the aggregates of a hospital', () => {
  it('are those of its patients, in whatever parts they come', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), fc.integer({ min: 2, max: 5 }), (seed, n) => {
        const tables = randomTables(seed, 40);
        const parts = partsByPatient(tables, n).map(counted);
        expect(plain(mergeAggregates(...parts.toReversed()))).toEqual(plain(counted(tables)));
      }),
      runs,
    );
  });

  it('are derived from each patient alone in the views that say so, and in no other', () => {
    const derived = (tables: Tables): Aggregates =>
      counted({ ...tables, exposures: countExposures(tables.exposures ?? []) });
    const tables = randomTables(3, 120);
    const whole = derived(tables);
    const parts = plain(mergeAggregates(...partsByPatient(tables, 4).map(derived)));
    const alike = plain(whole).filter((counts, at) => isDeepStrictEqual(parts[at], counts));
    expect(alike.map(([name]) => name)).toEqual(
      PUBLISHED_VIEWS.filter(({ byPatient }) => byPatient).map(({ name }) => name),
    );
  });

  it('do not depend on the order of rows', () => {
    const tables = randomTables(5, 80);
    const turned: Tables = Object.fromEntries(
      Object.entries(tables).map(([name, rows]) => [name, rows.toReversed()]),
    );
    expect(plain(counted(turned))).toEqual(plain(counted(tables)));
  });

  it('are merged in time that grows with their number, and not with its square', () => {
    const view = PUBLISHED_VIEWS.filter(({ name }) => name === 'adoption-weekly');
    const parts = Array.from({ length: 400 }, (_, i) =>
      aggregate(factsOf(randomTables(i, 4)), view),
    );
    const cost = (some: readonly Aggregates[]): number => {
      const start = performance.now();
      mergeAggregates(...some);
      return performance.now() - start;
    };
    cost(parts.slice(0, 100));
    const best = (size: number) => Math.min(...[1, 2, 3].map(() => cost(parts.slice(0, size))));
    // Eight times as many: a fold that copies what it has would take some sixty times as long.
    expect(best(400) / best(50)).toBeLessThan(30);
  });
});
