import { csvLine, textCells } from '#src/domain/export/csv-text.ts';
import { type MakeEncoder, NO_BYTES } from './encoder.ts';

/** RFC 4180 in UTF-8: a header, CRLF, and nothing that a spreadsheet would run. */
export const csvEncoder: MakeEncoder = (table) => {
  const utf8 = new TextEncoder();
  const cells = textCells(table);
  return {
    begin: () => utf8.encode(csvLine(Object.keys(table.columns))),
    add: (rows) => utf8.encode(rows.map((row) => csvLine(cells(row))).join('')),
    end: () => NO_BYTES,
  };
};
