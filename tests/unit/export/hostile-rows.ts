import type { Column, Table } from '#src/domain/tables/column.ts';
import type { Row } from '#src/io/tables-out/encoder.ts';

/** What a file format or a spreadsheet could take for something else. */
export const HOSTILE = [
  'plain',
  'Schröder, “Zoë” — 心電図 🫀',
  'a "quoted", word',
  'two\nlines',
  'two\r\nlines\r',
  '=1+1',
  "'=1+1",
  "''@sum",
  '+49',
  '-x',
  '@cmd',
  '\ttab',
  "'tis no formula",
  'null',
  'NA',
  '0012',
  'true',
  '""',
  ' spaces ',
  'a\u0000b',
  // Not at the beginning: hyparquet takes it for a mark of the encoding.
  'a\uFEFFmark',
];

const NUMBERS = [0, -1, 0.1, 1e-9, 1e21, 123456.789];
const INTEGERS = [0, 1, Number.MAX_SAFE_INTEGER];
const INSTANTS = [
  0,
  -1,
  Date.parse('2026-03-29T00:59:59.999Z'),
  Date.parse('0005-01-01T00:00:00Z'),
  8.64e15,
];
const OFFSETS = [60, 0, -210, 840, null];

const at = <T>(list: readonly T[], i: number): T | undefined => list[i % list.length];

function value(name: string, column: Column, i: number): unknown {
  if (column.values) return at(column.values, i);
  if (name.endsWith('_offset_min')) return at(OFFSETS, i);
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = column;
  const within = (numbers: readonly number[]) =>
    at(
      numbers.filter((one) => one >= min && one <= max),
      i,
    );
  switch (column.type) {
    case 'string':
      return at(HOSTILE, i);
    case 'code':
      return at(
        HOSTILE.filter((word) => word.trim() === word),
        i,
      );
    case 'number':
      return within(NUMBERS);
    case 'integer':
      return within(INTEGERS);
    case 'boolean':
      return i % 2 === 0;
    case 'instant':
      return at(INSTANTS, i);
    case 'date':
      return at(['2026-03-02', '1999-12-27'], i);
  }
}

const isNumber = (cell: unknown): cell is number => typeof cell === 'number';

/** A reader fills it in, where it can be. */
const withFired = (row: Row): Row =>
  'fired' in row && isNumber(row.score) && isNumber(row.threshold)
    ? { ...row, fired: row.score >= row.threshold }
    : row;

/** Rows that `checkRow` passes; in every third, what may be empty is. */
export const hostileRows = (table: Table): readonly Row[] =>
  Array.from({ length: HOSTILE.length * 2 }, (_, row) => {
    const cells = Object.entries(table.columns).map(([name, column], at) => [
      name,
      column.nullable && (row + at) % 3 === 0 ? null : (value(name, column, row + at) ?? null),
    ]);
    return withFired(Object.fromEntries(cells));
  });
