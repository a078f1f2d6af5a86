import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adoption } from '#src/domain/metrics/adoption.ts';
import { CATALOGUE, type Entry } from '#src/domain/metrics/catalogue.ts';
import { add, type Counts, collect, EMPTY, merge } from '#src/domain/metrics/counts.ts';
import { type Facts, factsOf } from '#src/domain/metrics/facts/facts.ts';
import { type Dimension, mergeSlices } from '#src/domain/metrics/slices.ts';
import { checkTables } from '#src/domain/tables/check-tables.ts';
import { randomTables } from './random-tables.ts';

const seed = fc.integer({ min: 0, max: 1e9 });
const cuts: readonly (readonly Dimension[])[] = [
  [],
  ['model', 'version'],
  ['site', 'unit'],
  ['sex', 'week'],
];

const plain = (counts: Counts) =>
  Object.fromEntries([...counts].map(([cluster, cells]) => [cluster, Object.fromEntries(cells)]));
const plainSlices = (counts: ReturnType<Entry['count']>) =>
  [...counts].map(([key, each]) => [key, plain(each.counts)]);

/** The same facts with every list of rows changed. */
function eachList(facts: Facts, change: <T>(rows: readonly T[]) => readonly T[]): Facts {
  const { judged, ...lists } = facts;
  return {
    presentations: () => change(lists.presentations()),
    reached: () => change(lists.reached()),
    wardLoads: () => change(lists.wardLoads()),
    shiftLoads: () => change(lists.shiftLoads()),
    labelled: () => change(lists.labelled()),
    scores: () => change(lists.scores()),
    judgements: () => change(lists.judgements()),
    treatments: () => change(lists.treatments()),
    judged: {
      alert: () => change(judged.alert()),
      encounter: () => change(judged.encounter()),
      patient: () => change(judged.patient()),
    },
  };
}

const part =
  (parity: number) =>
  <T>(rows: readonly T[]) =>
    rows.filter((_, i) => i % 3 === parity);

describe('the tables of these tests', () => {
  it('are rows of the schema', () => {
    for (const { problems } of checkTables(randomTables(1))) expect(problems).toEqual([]);
  });
});

describe.each(CATALOGUE)('the aggregate of $name', (entry) => {
  it('is whole numbers', () => {
    const counts = entry.count(factsOf(randomTables(7, 200)), []);
    const cells = [...counts.values()].flatMap((each) => [...each.counts.values()]);
    expect(cells.flatMap((each) => [...each.values()]).every(Number.isSafeInteger)).toBe(true);
    expect(cells.length).toBeGreaterThan(0);
  });

  it('of parts, merged in any order and grouping, is that of the whole', () => {
    fc.assert(
      fc.property(seed, fc.constantFrom(...cuts), (from, by) => {
        const facts = factsOf(randomTables(from));
        const whole = plainSlices(entry.count(facts, by));
        const [a, b, c] = [0, 1, 2].map((i) => entry.count(eachList(facts, part(i)), by));
        if (!(a && b && c)) throw new Error('three parts');
        expect(sorted(plainSlices(mergeSlices(mergeSlices(a, b), c)))).toEqual(sorted(whole));
        expect(sorted(plainSlices(mergeSlices(a, mergeSlices(c, b))))).toEqual(sorted(whole));
      }),
      { numRuns: 15 },
    );
  });

  it('and its figures do not depend on the order of rows', () => {
    fc.assert(
      fc.property(seed, (from) => {
        const facts = factsOf(randomTables(from, 150));
        const turned = eachList(facts, (rows) => rows.toReversed());
        const [one, other] = [entry.count(facts, []), entry.count(turned, [])];
        expect(sorted(plainSlices(other))).toEqual(sorted(plainSlices(one)));
        expect(entry.figures(other, [])).toEqual(entry.figures(one, []));
      }),
      { numRuns: 10 },
    );
  });

  it('has no figure that is NaN, and says why where one is absent', () => {
    fc.assert(
      fc.property(
        seed,
        fc.constantFrom(0, 5, 60, 400),
        fc.constantFrom(...cuts),
        (from, size, by) => {
          for (const { figures } of entry.figures(
            entry.count(factsOf(randomTables(from, size)), by),
            by,
          ))
            for (const { name, value, interval, absence, denominator } of figures) {
              expect(Number.isSafeInteger(denominator), name).toBe(true);
              if (value === undefined) expect(absence, name).toBeDefined();
              else expect(Number.isFinite(value), name).toBe(true);
              if (interval && value !== undefined)
                expect(interval.low <= value + 1e-9 && value <= interval.high + 1e-9, name).toBe(
                  true,
                );
            }
        },
      ),
      { numRuns: 10 },
    );
  });
});

const sorted = (slices: ReturnType<typeof plainSlices>) =>
  slices.map(([key, counts]) => [key, JSON.stringify(deep(counts))]);
const deep = (value: unknown): unknown =>
  typeof value === 'object' && value !== null
    ? Object.entries(value)
        .map(([key, each]) => [key, deep(each)])
        .toSorted(([a], [b]) => String(a).localeCompare(String(b)))
    : value;

describe('counts', () => {
  const rows = factsOf(randomTables(3)).presentations();

  it('have an identity, and rows are added one by one as well as together', () => {
    const whole = collect(adoption, rows);
    expect(plain(merge(whole, EMPTY))).toEqual(plain(whole));
    expect(plain(merge(EMPTY, whole))).toEqual(plain(whole));
    expect(plain(rows.reduce((counts, row) => add(adoption, counts, row), EMPTY))).toEqual(
      plain(whole),
    );
  });

  it('commute, and change neither of both', () => {
    const [a, b] = [collect(adoption, rows.slice(0, 20)), collect(adoption, rows.slice(20))];
    const before = [plain(a), plain(b)];
    expect(merge(a, b).size).toBeGreaterThan(0);
    expect(deep(plain(merge(a, b)))).toEqual(deep(plain(merge(b, a))));
    expect([plain(a), plain(b)]).toEqual(before);
  });
});
