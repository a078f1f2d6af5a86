import type { Table } from '../column.ts';
import { TABLES, type Tables } from '../schema.ts';

/** By code units and by number: what every engine sorts alike. */
function compareCells(a: unknown, b: unknown): number {
  if (a === b) return 0;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a) < String(b) ? -1 : 1;
}

const sorted = <R extends Readonly<Record<string, unknown>>>(
  table: Table,
  rows: readonly R[],
): readonly R[] =>
  rows.toSorted((a, b) => {
    for (const name of table.key) {
      const order = compareCells(a[name], b[name]);
      if (order !== 0) return order;
    }
    return 0;
  });

/** Two runs give the same file, byte for byte. */
export const inKeyOrder = (tables: Required<Omit<Tables, 'shifts'>>): Tables => ({
  scores: sorted(TABLES.scores, tables.scores),
  recommendations: sorted(TABLES.recommendations, tables.recommendations),
  exposures: sorted(TABLES.exposures, tables.exposures),
  decisions: sorted(TABLES.decisions, tables.decisions),
  outcomes: sorted(TABLES.outcomes, tables.outcomes),
  encounters: sorted(TABLES.encounters, tables.encounters),
  reviews: sorted(TABLES.reviews, tables.reviews),
  models: sorted(TABLES.models, tables.models),
  changes: sorted(TABLES.changes, tables.changes),
  incidents: sorted(TABLES.incidents, tables.incidents),
});
