import fc from 'fast-check';
import type { MeasureReport } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import {
  type Aggregates,
  aggregate,
  mergeAggregates,
  negative,
} from '#src/domain/aggregates/aggregates.ts';
import { PUBLISHED_VIEWS } from '#src/domain/aggregates/published-views.ts';
import type { View } from '#src/domain/aggregates/view.ts';
import { factsOf } from '#src/domain/metrics/facts/facts.ts';
import { fromMeasureReport } from '#src/fhir/measure-report/from-measure-report.ts';
import { toMeasure } from '#src/fhir/measure-report/measure.fhir.ts';
import { emptyReport, toMeasureReports } from '#src/fhir/measure-report/to-measure-reports.ts';
import { expectValid } from '#tests/support/validation/expect-valid.ts';
import { randomTables } from '#tests/unit/metrics/random-tables.ts';

const AS_OF = '2026-06-01T04:00:00.000Z';
const options = { views: PUBLISHED_VIEWS, asOf: AS_OF, reporter: 'North' };

/** As it goes over the wire and comes back. */
const wire = (report: MeasureReport): unknown => JSON.parse(JSON.stringify(report));

function readBack(reports: readonly MeasureReport[], views: readonly View[]): Aggregates {
  const read = reports.map((report) => {
    const found = fromMeasureReport(wire(report), views);
    if (!found.ok) throw new Error(found.problem.message);
    return new Map([[found.value.view, found.value.counts]]);
  });
  return mergeAggregates(new Map(views.map(({ name }) => [name, new Map()])), ...read);
}

const counted = (seed: number, size: number) =>
  aggregate(factsOf(randomTables(seed, size)), PUBLISHED_VIEWS);

/** Every value in it that is no object. */
const leaves = (value: unknown): readonly unknown[] =>
  typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [value];
const strings = (value: unknown) => leaves(value).filter((one) => typeof one === 'string');
const numbers = (value: unknown) => leaves(value).filter((one) => typeof one === 'number');
/** Control characters, as R4 says of `string`. */
const forbidden = (text: string): boolean => [...text].some((letter) => letter < ' ');

/** Any words that a server, a site or a cluster may have. */
const word = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }),
  fc.constantFrom(
    'a b',
    ' ',
    '"',
    '\\',
    '\u001f',
    'sex female\u001fdecided',
    'undated',
    '2026-01-05',
  ),
);
const week = fc.constantFrom('2026-01-05', '2026-01-12', '2026-02-02', null);
const ODD: View = {
  name: 'odd',
  metric: 'adoption',
  by: ['model', 'week', 'unit'],
  weeks: 1,
  cluster: 'own',
  byPatient: true,
};
const cell = fc.tuple(fc.option(word), week, fc.option(word), fc.option(word, { nil: '' }), word);

describe('counts as MeasureReports', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), fc.constantFrom(0, 3, 60), (seed, size) => {
        const counts = counted(seed, size);
        expect(readBack(toMeasureReports(counts, options), PUBLISHED_VIEWS)).toEqual(counts);
      }),
      { numRuns: 10 },
    );
  });

  it('come back whatever words stand in them', () => {
    const rows = fc.array(
      fc.tuple(
        cell,
        fc.oneof(
          fc.integer({ min: 1, max: 9 }),
          fc.maxSafeInteger().filter((n) => n > 0),
        ),
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(rows, (all) => {
        const parts = all.map(([[model, when, unit, cluster, name], n]): Aggregates => {
          const slice = [model, when, unit];
          const counts = new Map([[cluster, new Map([[name, n]])]]);
          return new Map([[ODD.name, new Map([[JSON.stringify(slice), { slice, counts }]])]]);
        });
        const counts = mergeAggregates(new Map([[ODD.name, new Map()]]), ...parts);
        const reports = toMeasureReports(counts, { views: [ODD], asOf: AS_OF });
        expect(readBack(reports, [ODD])).toEqual(counts);
        // What FHIR forbids in a string never stands in one.
        expect(strings(reports).filter(forbidden)).toEqual([]);
        expect(numbers(reports).filter((n) => n > 2 ** 31 - 1)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('are the same JSON for the same counts, one report for each view and four weeks', () => {
    const counts = counted(3, 80);
    const [one, other] = [counts, mergeAggregates(counts)].map((each) =>
      JSON.stringify(toMeasureReports(each, options)),
    );
    expect(other).toBe(one);
    const reports = toMeasureReports(counts, options);
    const names = reports.map(({ identifier }) => identifier?.[0]?.value);
    expect(new Set(names).size).toBe(names.length);
    for (const { period, measure } of reports) {
      expect(Date.parse(period.end ?? '') - Date.parse(period.start ?? '')).toBe(27 * 86_400_000);
      expect(measure).toMatch(/\/Measure\/[a-z-]+$/);
    }
  });

  it('are valid R4, and so are their measures and a report whose rows are gone', () => {
    const reports = toMeasureReports(counted(5, 12), options);
    const ofEachView = [...new Map(reports.map((one) => [one.measure, one])).values()];
    expect(ofEachView).toHaveLength(PUBLISHED_VIEWS.length);
    for (const report of ofEachView) expectValid(report);
    expectValid(emptyReport('adoption-weekly', '2026-01-12', options));
    expectValid(emptyReport('adoption-weekly', 'undated', options));
    for (const view of PUBLISHED_VIEWS) expectValid(toMeasure(view));
  });

  it('never hold zero, and less than nothing is refused', () => {
    const counts = counted(9, 40);
    const gone = mergeAggregates(counts, negative(counts));
    expect(toMeasureReports(gone, options)).toEqual([]);
    expect(() => toMeasureReports(negative(counts), options)).toThrow('below zero');
    expect(() => toMeasureReports(new Map([['moon', new Map()]]), options)).toThrow('moon');
  });
});

describe('a report that is not as it was written', () => {
  const [report] = toMeasureReports(counted(2, 40), options);
  const changed = (change: (text: string) => string): unknown =>
    JSON.parse(change(JSON.stringify(report)));

  it.each([
    ['no report', () => ({ resourceType: 'Measure' }), 'no MeasureReport'],
    [
      'another view',
      () => changed((text) => text.replaceAll('adoption-weekly', 'moon')),
      'no known view',
    ],
    ['no date', () => changed((text) => text.replace(AS_OF, 'yesterday')), 'no usable date'],
    [
      'not complete',
      () => changed((text) => text.replace('"complete"', '"pending"')),
      'not complete',
    ],
    ['a fraction', () => changed((text) => text.replace(/"count":\d+/, '"count":0.5')), 'a count'],
    [
      'less than nothing',
      () => changed((text) => text.replace(/"count":\d+/, '"count":-1')),
      'a count',
    ],
    ['no count', () => changed((text) => text.replace(/,"count":\d+/, '')), 'a count'],
    ['another shape', () => changed((text) => text.replace('[\\"', '[1,\\"')), 'another shape'],
    [
      'a foreign week',
      () => changed((text) => text.replace(/"text":"20\d\d-/, '"text":"1999-')),
      'another block',
    ],
    ['a lost name', () => changed((text) => text.replace('"displayed"', '7')), 'without text'],
  ])('is refused whole: %s', (_, make, words) => {
    const found = fromMeasureReport(make(), PUBLISHED_VIEWS);
    expect(found.ok).toBe(false);
    expect(found.ok ? '' : found.problem.message).toContain(words);
  });

  it('of a server that adds what is its own is read', () => {
    const found = fromMeasureReport(
      {
        ...report,
        id: '7',
        meta: { versionId: '3' },
        text: { status: 'generated', div: '<div/>' },
      },
      PUBLISHED_VIEWS,
    );
    expect(found).toMatchObject({ ok: true, value: { asOf: Date.parse(AS_OF) } });
  });
});
