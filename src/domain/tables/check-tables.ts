import { checkRow, type RowProblem } from './check-row.ts';
import type { Table } from './column.ts';
import { TABLES, type Tables } from './schema.ts';

type AnyRow = Readonly<Record<string, unknown>>;

export interface TableReport {
  readonly table: string;
  readonly rows: number;
  readonly problems: readonly RowProblem[];
  /** Rows beyond the first with the same key. */
  readonly duplicateKeys: number;
  /** Values of each foreign key that no row at hand has, where that table is at hand. */
  readonly dangling: Readonly<Record<string, number>>;
}

/** JSON, so that no separator in a value can make two keys alike. */
const keyOf = (table: Table, row: AnyRow): string =>
  JSON.stringify(table.key.map((name) => row[name] ?? null));

function duplicates(table: Table, rows: readonly AnyRow[]): number {
  return rows.length - new Set(rows.map((row) => keyOf(table, row))).size;
}

function danglingIn(
  table: Table,
  rows: readonly AnyRow[],
  all: Readonly<Record<string, readonly AnyRow[] | undefined>>,
): Readonly<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const [name, { references }] of Object.entries(table.columns)) {
    if (references === undefined) continue;
    const [target = '', column = ''] = references.split('.');
    const known = all[target];
    if (known === undefined) continue;
    const values = new Set(known.map((row) => row[column]));
    const lost = rows.filter((row) => row[name] != null && !values.has(row[name])).length;
    if (lost > 0) found[name] = lost;
  }
  return found;
}

/**
 * Every row, the keys, and what points nowhere. A dangling reference is counted and no error: an
 * answer may stand in another store than the recommendation, and arrives before it.
 */
export function checkTables(tables: Tables): readonly TableReport[] {
  const all: Readonly<Record<string, readonly AnyRow[] | undefined>> = tables;
  return Object.values(TABLES).flatMap((table: Table) => {
    const rows = all[table.name];
    if (rows === undefined) return [];
    return [
      {
        table: table.name,
        rows: rows.length,
        problems: rows.flatMap((row) => checkRow(table, row)),
        duplicateKeys: duplicates(table, rows),
        dangling: danglingIn(table, rows, all),
      },
    ];
  });
}
