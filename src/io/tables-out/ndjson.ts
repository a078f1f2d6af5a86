import { textCells } from '#src/domain/export/csv-text.ts';
import { type MakeEncoder, NO_BYTES } from './encoder.ts';

/** One object for each row, every column in it. */
export const ndjsonEncoder: MakeEncoder = (table) => {
  const utf8 = new TextEncoder();
  const names = Object.keys(table.columns);
  const cells = textCells(table);
  const line = (row: Readonly<Record<string, unknown>>): string => {
    const values = cells(row);
    return `${JSON.stringify(Object.fromEntries(names.map((name, at) => [name, values[at]])))}\n`;
  };
  return {
    begin: () => NO_BYTES,
    add: (rows) => utf8.encode(rows.map(line).join('')),
    end: () => NO_BYTES,
  };
};
