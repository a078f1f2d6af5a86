import type { Column, Table } from '#src/domain/tables/column.ts';
import type { RowSource } from '#src/io/tables-out/row-source.ts';
import { inKeyOrder, MADE } from './copy-tables.ts';
import type { Cell, Database } from './database.ts';

const NUMBERS: readonly Column['type'][] = ['integer', 'instant', 'number'];

/** Integers of 64 bits come as text; no cell of ours is above 2^53. */
function toNumbers(table: Table): (cell: Cell, name: string) => string | number | boolean | null {
  const numbers = new Set(
    Object.entries(table.columns).flatMap(([name, { type }]) =>
      NUMBERS.includes(type) ? [name] : [],
    ),
  );
  return (cell, name) => {
    if (cell === null || typeof cell === 'boolean' || typeof cell === 'number') return cell;
    return numbers.has(name) ? Number(cell) : String(cell);
  };
}

/** The tables of a database for whoever writes packages: row by row, never all of them in memory. */
export function rowsInDatabase(db: Database): RowSource {
  const byName = new Map(MADE.map((table) => [table.name, table]));
  return {
    tables: MADE,
    async *rows(name) {
      const table = byName.get(name);
      if (table === undefined) return;
      const cell = toNumbers(table);
      for await (const rows of db.stream(inKeyOrder(table)))
        for (const row of rows)
          yield Object.fromEntries(
            Object.entries(row).map(([column, value]) => [column, cell(value, column)]),
          );
    },
  };
}
