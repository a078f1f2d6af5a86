import type { Table } from '#src/domain/tables/column.ts';
import { responseUnits } from '#src/domain/tables/derive/response-units.ts';
import { RESPONSE_UNITS } from '#src/domain/tables/response-units.ts';
import { TABLES, type Tables } from '#src/domain/tables/schema.ts';
import type { Row } from './encoder.ts';

/** Rows by table, from wherever they come: they are gone through twice, and never kept. */
export interface RowSource {
  /** Those that are there. `recommendations` before `decisions`, and those before what is about them. */
  readonly tables: readonly Table[];
  /** From the first row on, each time. */
  rows(table: string): Iterable<Row> | AsyncIterable<Row>;
}

/** Tables that are in memory, with the unit that metrics count, where displays and answers are known. */
export function rowsInMemory(tables: Tables): RowSource {
  const all = new Map<string, { readonly table: Table; readonly rows: readonly Row[] }>();
  for (const table of Object.values(TABLES)) {
    const rows = tables[table.name];
    if (rows) all.set(table.name, { table, rows });
  }
  const { exposures, decisions } = tables;
  if (exposures && decisions) {
    const rows = responseUnits(exposures, decisions);
    all.set(RESPONSE_UNITS.name, { table: RESPONSE_UNITS, rows });
  }
  return {
    tables: [...all.values()].map(({ table }) => table),
    rows: (name) => all.get(name)?.rows ?? [],
  };
}
