import { csvCell } from '#src/domain/export/csv-text.ts';
import { TABLES, type TableName } from '#src/domain/tables/schema.ts';

export const FORMATS = ['csv', 'ndjson'] as const;
export type Format = (typeof FORMATS)[number];

type Row = Readonly<Record<string, unknown>>;

/**
 * The header and the rows of one table; without a header where the lines name their columns. Instants
 * are whole milliseconds, as in every engine.
 */
export function tableLines(name: TableName, format: Format) {
  const columns = Object.keys(TABLES[name].columns);
  return {
    header: format === 'csv' ? columns.join(',') : undefined,
    line: (row: Row): string =>
      format === 'csv'
        ? columns.map((column) => csvCell(row[column])).join(',')
        : JSON.stringify(row),
  };
}
