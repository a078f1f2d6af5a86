import type { Column, Table } from '#src/domain/tables/column.ts';
import type { DecisionRow } from '#src/domain/tables/decisions.ts';
import { responseUnits } from '#src/domain/tables/derive/response-units.ts';
import type { ExposureRow } from '#src/domain/tables/exposures.ts';
import { RESPONSE_UNITS } from '#src/domain/tables/response-units.ts';
import { TABLES } from '#src/domain/tables/schema.ts';
import type { Row } from '#src/io/tables-out/encoder.ts';
import type { RowSource } from '#src/io/tables-out/row-source.ts';
import { text } from '#src/sql/fhirpath/compile.ts';
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

export async function allOf<T>(rows: Iterable<T> | AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const row of rows) all.push(row);
  return all;
}

/** So many displays are put together with their answers at a time. */
const AT_ONCE = 20_000;

/**
 * The units that metrics count, some recommendations at a time. What takes answers back is given with all
 * of them, since it may stand with another recommendation.
 */
async function* unitRows(
  db: Database,
  rowsOf: (table: Table, where: string) => AsyncIterable<Row>,
) {
  const bounds = await db.rows(`SELECT max(id) AS last FROM (SELECT recommendation_id AS id,
    row_number() OVER (ORDER BY recommendation_id) // ${AT_ONCE} AS part FROM exposures) GROUP BY part ORDER BY last`);
  let after = '';
  for (const { last } of bounds) {
    const here = `recommendation_id > ${text(after)} AND recommendation_id <= ${text(String(last))}`;
    const exposures = await allOf(rowsOf(TABLES.exposures, here));
    const decisions = await allOf(
      rowsOf(TABLES.decisions, `(${here}) OR response IN ('withdrawn', 'unknown')`),
    );
    // Rows of the engine have the columns of their tables.
    yield* responseUnits(exposures as ExposureRow[], decisions as DecisionRow[]);
    after = String(last);
  }
}

/**
 * The tables of a database for whoever writes packages: row by row, never all of them in memory.
 * @param only the one table that there is.
 */
export function rowsInDatabase(db: Database, only?: 'decisions'): RowSource {
  const made = only === undefined ? MADE : MADE.filter(({ name }) => name === only);
  const byName = new Map(made.map((table) => [table.name, table]));

  async function* rowsOf(table: Table, where: string): AsyncGenerator<Row> {
    const cell = toNumbers(table);
    for await (const rows of db.stream(inKeyOrder(table, where)))
      for (const row of rows)
        yield Object.fromEntries(
          Object.entries(row).map(([column, value]) => [column, cell(value, column)]),
        );
  }

  return {
    tables: only === undefined ? [...made, RESPONSE_UNITS] : made,
    async *rows(name) {
      const table = byName.get(name);
      if (name === RESPONSE_UNITS.name && only === undefined) yield* unitRows(db, rowsOf);
      if (table !== undefined) yield* rowsOf(table, 'true');
    },
  };
}
