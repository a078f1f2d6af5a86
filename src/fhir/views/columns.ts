import type { Column, Table } from '#src/domain/tables/column.ts';
import type { ViewColumn } from './view.ts';

/** Which version of which resource a row is of: what the tables are made unique by. */
export const VERSION_COLUMNS: readonly ViewColumn[] = [
  { name: 'resource_id', path: 'id', type: 'string', description: 'Logical id of the resource.' },
  {
    name: 'version_id',
    path: 'meta.versionId',
    type: 'string',
    description: 'Version of the resource.',
  },
  {
    name: 'recorded_at',
    path: 'meta.lastUpdated',
    type: 'instant',
    description: 'When the server stored this version, by the server’s clock.',
  },
];

const TYPES: Readonly<Record<Column['type'], ViewColumn['type']>> = {
  string: 'string',
  code: 'code',
  date: 'string',
  integer: 'integer',
  number: 'decimal',
  boolean: 'boolean',
  instant: 'dateTime',
};

export type Paths = Readonly<Record<string, string>>;

/** Columns of a flat table with their paths; name, type and description are the table's own. */
export function columnsOf(table: Table, paths: Paths): readonly ViewColumn[] {
  return Object.entries(paths).map(([name, path]) => {
    const column = table.columns[name];
    if (column === undefined) throw new RangeError(`${table.name} has no column ${name}.`);
    return { name, path, type: TYPES[column.type], description: column.description };
  });
}

/** A column that no table has: what a row is made of, and cannot hold itself. */
export const extra = (
  name: string,
  path: string,
  description: string,
  collection?: true,
): ViewColumn => ({
  name,
  path,
  type: 'string',
  description,
  ...(collection && { collection }),
});
