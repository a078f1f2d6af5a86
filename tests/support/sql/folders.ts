import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '#src/cli/duckdb/database.ts';
import type { Table } from '#src/domain/tables/column.ts';

export const GOLDEN = 'tests/golden/tables';
export const CASES = readdirSync(GOLDEN, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

export type Resource = { readonly resourceType: string };

export const linesOf = <T>(path: string): readonly T[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

/** Resources as a Bulk Data export would have written them: a file for each type, in a new folder. */
export function asBulk(resources: readonly Resource[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'bulk-'));
  for (const [type, all] of Map.groupBy(resources, (one) => one.resourceType))
    writeFileSync(
      join(folder, `${type}.ndjson`),
      all.map((one) => `${JSON.stringify(one)}\n`).join(''),
    );
  return folder;
}

/** The rows of a table in the order of its keys, without nulls, numbers as JavaScript has them. */
export async function rowsIn(db: Database, table: Table): Promise<readonly object[]> {
  const order = table.key.map((column) => `"${column}"`).join(', ');
  const rows = await db.rows(`SELECT * FROM ${table.name} ORDER BY ${order}`);
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row)
        .filter(([, cell]) => cell !== null)
        .map(([name, cell]) => [name, isNumber(table, name) ? Number(cell) : cell]),
    ),
  );
}

const isNumber = (table: Table, name: string): boolean =>
  ['integer', 'instant', 'number'].includes(table.columns[name]?.type ?? '');

export const withoutNulls = (row: object): object =>
  Object.fromEntries(Object.entries(row).filter(([, cell]) => cell !== null));
