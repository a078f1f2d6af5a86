import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CountTable, Shown } from '#src/domain/disclosure/count-table.ts';
import { shareMayBeShown, suppress } from '#src/domain/disclosure/suppress.ts';

const gap = undefined;
const both = { rowTotals: true, columnTotals: true };

describe('small counts', () => {
  it('of 1 to 10 are left out; 0 and 11 are shown', () => {
    const cells = [[0, 1, 10, 11]];
    expect(suppress({ cells, rowTotals: false, columnTotals: false }).cells).toEqual([
      [0, gap, gap, 11],
    ]);
  });

  it('take one more with them where a sum would give them away', () => {
    expect(suppress({ cells: [[5, 20, 300]], rowTotals: true, columnTotals: false })).toEqual({
      cells: [[gap, gap, 300]],
      rowTotals: [325],
      columnTotals: [],
      total: gap,
    });
  });

  it('take a rectangle with them where rows and columns have sums', () => {
    const cells = [
      [4, 30, 50],
      [40, 25, 60],
      [70, 80, 90],
    ];
    const { cells: shown, rowTotals, columnTotals, total } = suppress({ cells, ...both });
    expect(shown).toEqual([
      [gap, gap, 50],
      [gap, gap, 60],
      [70, 80, 90],
    ]);
    expect([rowTotals, columnTotals, total]).toEqual([[84, 125, 240], [114, 135, 200], 449]);
  });

  it('two of one each are given away by their sum, so a third goes', () => {
    const { cells } = suppress({ cells: [[1, 1, 40, 50]], rowTotals: true, columnTotals: false });
    expect(cells).toEqual([[gap, gap, gap, 50]]);
  });

  it('a sum that is small itself is left out too', () => {
    const { rowTotals, cells } = suppress({
      cells: [
        [3, 4],
        [200, 300],
      ],
      ...both,
    });
    expect(rowTotals[0]).toBeUndefined();
    expect(cells[0]).toEqual([gap, gap]);
  });
});

describe('a share', () => {
  it.each([
    [50, 100, true],
    [5, 100, false],
    [95, 100, false],
    [0, 100, true],
    [100, 100, true],
    [0, 8, false],
  ])('%i of %i: %s', (numerator, denominator, shown) => {
    expect(shareMayBeShown(numerator, denominator)).toBe(shown);
  });
});

/** One more than the largest count below: one is all that a count has to move. */
const HIGHEST = 13;

/** Every table of counts ≥ 1 in the gaps that agrees with all that is shown: what an attacker can do. */
function agreeing(table: CountTable, shown: Shown): readonly (readonly number[])[] {
  const width = table.cells[0]?.length ?? 0;
  const flat = table.cells.flat();
  const seen = shown.cells.flat();
  const found: number[][] = [];
  const fits = (cells: readonly number[]): boolean => {
    const rows = table.cells.map((_, r) => cells.slice(r * width, (r + 1) * width));
    const add = (all: readonly number[]) => all.reduce((a, b) => a + b, 0);
    return (
      shown.rowTotals.every((total, r) => total === undefined || add(rows[r] ?? []) === total) &&
      shown.columnTotals.every(
        (total, c) => total === undefined || add(rows.map((row) => row[c] ?? 0)) === total,
      ) &&
      (shown.total === undefined || add(cells) === shown.total)
    );
  };
  const fill = (at: number, cells: readonly number[]): void => {
    if (at === flat.length) {
      if (fits(cells)) found.push([...cells]);
      return;
    }
    const known = seen[at];
    if (known !== undefined) fill(at + 1, [...cells, known]);
    else for (let value = 1; value <= HIGHEST; value++) fill(at + 1, [...cells, value]);
  };
  fill(0, []);
  return found;
}

it('nothing that is left out can be worked out, whatever the table (all tables that agree, counted)', () => {
  const cell = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 9, max: 12 }));
  const table = fc.record({
    cells: fc.array(fc.tuple(cell, cell), { minLength: 2, maxLength: 2 }),
    rowTotals: fc.boolean(),
    columnTotals: fc.boolean(),
  });
  fc.assert(
    fc.property(table, (given) => {
      const shown = suppress(given);
      const gaps = shown.cells.flat().flatMap((one, at) => (one === undefined ? [at] : []));
      const small = given.cells.flat().flatMap((one, at) => (one > 0 && one <= 10 ? [at] : []));
      expect(gaps).toEqual(expect.arrayContaining(small));
      const possible = agreeing(given, shown);
      for (const at of small) {
        // With everything gone there is no sum left to compare with.
        const everything = shown.cells.flat().every((one) => one === undefined);
        const sums = [...shown.rowTotals, ...shown.columnTotals, shown.total];
        if (everything && sums.every((one) => one === undefined)) continue;
        expect(new Set(possible.map((one) => one[at])).size).toBeGreaterThan(1);
      }
    }),
    { numRuns: 30, seed: 5 },
  );
});
