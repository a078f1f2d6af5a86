import type { Column, Table } from '#src/domain/tables/column.ts';

const SQL_TYPE: Readonly<Record<Column['type'], string>> = {
  string: 'VARCHAR',
  code: 'VARCHAR',
  date: 'VARCHAR',
  integer: 'BIGINT',
  instant: 'BIGINT',
  number: 'DOUBLE',
  boolean: 'BOOLEAN',
};

/** Name and SQL type of every column, in the order of the table. */
export const columnTypes = (table: Table): readonly (readonly [name: string, type: string])[] =>
  Object.entries(table.columns).map(([name, { type }]) => [name, SQL_TYPE[type]]);

/** The cells of a row: what is given, and null of the right type for the rest. */
export function cells(table: Table, given: Readonly<Record<string, string>>): string {
  const strange = Object.keys(given).find((name) => table.columns[name] === undefined);
  if (strange !== undefined) throw new RangeError(`${table.name} has no column ${strange}.`);
  return columnTypes(table)
    .map(([name, type]) => `CAST(${given[name] ?? 'NULL'} AS ${type}) AS "${name}"`)
    .join(',\n  ');
}

/** The columns of a table, with some of them replaced: what a step of the derivation writes. */
export const rewritten = (
  table: Table,
  from: string,
  given: Readonly<Record<string, string>>,
): string =>
  cells(
    table,
    Object.fromEntries(
      Object.keys(table.columns).map((name) => [name, given[name] ?? `${from}."${name}"`]),
    ),
  );

/** Where a row was read and which version it is, beside its cells (`Sourced`). */
export const SOURCE_COLUMNS = [
  ['place', 'VARCHAR'],
  ['version', 'BIGINT'],
  ['updated_at', 'BIGINT'],
] as const;
