import { describe, expect, it } from 'vitest';
import { aggregate, entryOf, regroup } from '#src/domain/aggregates/aggregates.ts';
import { blockOf, blocksBetween, lastDayOf } from '#src/domain/aggregates/blocks.ts';
import { PUBLISHED_VIEWS } from '#src/domain/aggregates/published-views.ts';
import type { View } from '#src/domain/aggregates/view.ts';
import { DASHBOARD_VIEWS } from '#src/domain/aggregates/views.ts';
import { byCell } from '#src/domain/metrics/counts.ts';
import { factsOf } from '#src/domain/metrics/facts/facts.ts';
import type { Dimension, SlicedCounts } from '#src/domain/metrics/slices.ts';
import { randomTables } from '#tests/unit/metrics/random-tables.ts';

const facts = factsOf(randomTables(11, 300), { until: Date.UTC(2026, 5, 1) });
const all = aggregate(facts, PUBLISHED_VIEWS);

const sums = (sliced: SlicedCounts) =>
  [...sliced].map(([key, { counts }]) => [key, [...byCell(counts)]]);

const viewOf = (name: string): { readonly view: View; readonly counts: SlicedCounts } => {
  const view = PUBLISHED_VIEWS.find((one) => one.name === name);
  const counts = all.get(name);
  if (!view || !counts) throw new Error(`No view ${name}.`);
  return { view, counts };
};

describe('views', () => {
  it('have names of their own, fit for an address, a known metric, and weeks', () => {
    const names = PUBLISHED_VIEWS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { name, metric, by } of PUBLISHED_VIEWS) {
      expect(name).toMatch(/^[a-z][a-z-]{1,63}$/);
      expect(entryOf(metric).name).toBe(metric);
      expect(by).toContain('week');
    }
    expect(() => entryOf('moon')).toThrow('no metric');
  });

  it.each(PUBLISHED_VIEWS)(
    '$name agrees with `metrics --by`, for each of its dimensions',
    (view) => {
      const counts = all.get(view.name) ?? new Map();
      const dimensions: readonly Dimension[] = view.by.filter((one) => one !== 'week');
      for (const keep of [[], ...dimensions.map((one) => [one])])
        expect(sums(regroup(counts, view.by, keep))).toEqual(
          sums(entryOf(view.metric).count(facts, keep)),
        );
      expect(counts.size).toBeGreaterThan(0);
    },
  );

  it('in weeks keep the week, in blocks its block of four', () => {
    const weekly = viewOf('adoption-weekly');
    const blocks = viewOf('adoption-by-role');
    const weeks = (one: typeof weekly) =>
      [...one.counts.values()].map(({ slice }) => slice[one.view.by.indexOf('week')] ?? '');
    expect(new Set(weeks(weekly).map(blockOf))).toEqual(new Set(weeks(blocks)));
    expect(new Set(weeks(weekly)).size).toBeGreaterThan(new Set(weeks(blocks)).size);
  });
});

describe('what the dashboard asks of the views', () => {
  it('intervals over units come from a view without clusters', () => {
    const { view, counts } = viewOf('adoption-weekly');
    const [whole] = regroup(counts, view.by, [], { clusterBy: 'unit' }).values();
    expect([...(whole?.counts.keys() ?? [])].toSorted()).toEqual(['', 'u1', 'u2', 'u3']);
  });

  it('a filter leaves the rest as it is', () => {
    const { view, counts } = viewOf('reasons');
    const model = view.by.indexOf('model');
    const sepsis = regroup(counts, view.by, ['site'], {
      where: (slice) => slice[model] === 'sepsis',
    });
    const rows = {
      ...facts,
      presentations: () => facts.presentations().filter((row) => row.model_id === 'sepsis'),
    };
    expect(sums(sepsis)).toEqual(sums(entryOf('reasons').count(rows, ['site'])));
  });

  it('clinicians stay apart where the funnel needs them, and nowhere else in these views', () => {
    const clusters = ({ name }: View) =>
      [...(all.get(name)?.values() ?? [])].flatMap(({ counts }) => [...counts.keys()]);
    const withClinicians = DASHBOARD_VIEWS.filter((view) =>
      clusters(view).some((one) => /^c\d+$/.test(one)),
    );
    expect(withClinicians.map(({ name }) => name)).toEqual(['clinician-variation']);
  });
});

describe('blocks of four weeks', () => {
  it('are the same for everybody, and follow one another without a gap', () => {
    expect(blockOf('1970-01-05')).toBe('1970-01-05');
    expect(blockOf('1970-02-01')).toBe('1970-01-05');
    expect(blockOf('1970-02-02')).toBe('1970-02-02');
    expect(blockOf('1970-01-04')).toBe('1969-12-08');
    expect(lastDayOf('1970-01-05')).toBe('1970-02-01');
    const blocks = blocksBetween('2026-01-01', '2026-03-15');
    expect(blocks.map(blockOf)).toEqual(blocks);
    expect(blocks[0]).toBe(blockOf('2026-01-01'));
    expect(blocks.at(-1)).toBe(blockOf('2026-03-15'));
    expect(blocksBetween('2026-03-16', '2026-03-15')).toEqual([]);
  });
});
