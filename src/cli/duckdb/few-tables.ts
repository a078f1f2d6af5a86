import type { Table } from '#src/domain/tables/column.ts';
import { TABLES, type Tables } from '#src/domain/tables/schema.ts';
import { columnTypes } from '#src/sql/tables/typed-row.ts';
import type { Database } from './database.ts';
import { FEW } from './few.ts';
import { smallTable } from './settings-tables.ts';

/** Puts tables that TypeScript derived beside those that SQL will. */
export async function fewTables(db: Database, tables: Tables): Promise<void> {
  for (const name of FEW) {
    const table: Table = TABLES[name];
    const columns = columnTypes(table);
    const rows: readonly Readonly<Record<string, string | number | boolean | null>>[] =
      tables[name] ?? [];
    await smallTable(
      db,
      name,
      Object.fromEntries(columns),
      rows.map((row) => columns.map(([column]) => row[column])),
    );
  }
}
