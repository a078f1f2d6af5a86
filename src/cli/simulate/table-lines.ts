import { TABLES, type TableName } from '#src/domain/tables/schema.ts';

export const FORMATS = ['csv', 'ndjson'] as const;
export type Format = (typeof FORMATS)[number];

type Row = Readonly<Record<string, unknown>>;

/** RFC 4180. Nothing is an empty cell; instants are whole milliseconds, as in every engine. */
function cell(value: unknown): string {
  const text = value === null || value === undefined ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The header and the rows of one table; without a header where the lines name their columns. */
export function tableLines(name: TableName, format: Format) {
  const columns = Object.keys(TABLES[name].columns);
  return {
    header: format === 'csv' ? columns.join(',') : undefined,
    line: (row: Row): string =>
      format === 'csv' ? columns.map((column) => cell(row[column])).join(',') : JSON.stringify(row),
  };
}
