import type { Column, Table } from './column.ts';

export interface RowProblem {
  readonly table: string;
  readonly column: string;
  readonly code: 'missing' | 'unknown-column' | 'wrong-type' | 'unknown-word' | 'out-of-range';
  /** Says the rule, never the value: rows hold patients. */
  readonly message: string;
}

// `Date` reaches 8.64e15 ms; beyond it no engine has a calendar.
const LAST_INSTANT = 8.64e15;
const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

const isDate = (value: unknown): boolean =>
  typeof value === 'string' &&
  DATE.test(value) &&
  new Date(`${value}T00:00:00Z`).toISOString().startsWith(value);

const FITS: Readonly<Record<Column['type'], (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string' && value !== '',
  code: (value) => typeof value === 'string' && value !== '' && value.trim() === value,
  integer: Number.isSafeInteger,
  number: Number.isFinite,
  boolean: (value) => typeof value === 'boolean',
  instant: (value) =>
    Number.isSafeInteger(value) && typeof value === 'number' && Math.abs(value) <= LAST_INSTANT,
  date: isDate,
};

const outside = (column: Column, value: unknown): boolean =>
  typeof value === 'number' &&
  (value < (column.min ?? Number.NEGATIVE_INFINITY) ||
    value > (column.max ?? Number.POSITIVE_INFINITY));

const limits = ({ min, max }: Column): string =>
  [min === undefined ? '' : `at least ${min}`, max === undefined ? '' : `at most ${max}`]
    .filter((part) => part !== '')
    .join(' and ');

function cellProblem(
  column: Column,
  value: unknown,
): Pick<RowProblem, 'code' | 'message'> | undefined {
  if (value === null || value === undefined) {
    return column.nullable ? undefined : { code: 'missing', message: 'must not be empty' };
  }
  if (!FITS[column.type](value)) {
    return { code: 'wrong-type', message: `must be of type ${column.type}` };
  }
  if (column.values && !column.values.some((word) => word === value)) {
    return { code: 'unknown-word', message: `must be one of: ${column.values.join(', ')}` };
  }
  if (outside(column, value)) return { code: 'out-of-range', message: `must be ${limits(column)}` };
  return undefined;
}

/** What is wrong with one row, from wherever it came; empty: it is a row of this table. */
export function checkRow(
  table: Table,
  row: Readonly<Record<string, unknown>>,
): readonly RowProblem[] {
  const problems: RowProblem[] = [];
  for (const [name, column] of Object.entries(table.columns)) {
    const found = cellProblem(column, row[name]);
    if (found) problems.push({ table: table.name, column: name, ...found });
  }
  for (const name of Object.keys(row)) {
    if (Object.hasOwn(table.columns, name)) continue;
    const message = 'is no column of this table';
    problems.push({ table: table.name, column: name, code: 'unknown-column', message });
  }
  return problems;
}
