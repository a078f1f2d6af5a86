import type { Column, Table } from '#src/domain/tables/column.ts';
import { instantText } from './instant-text.ts';

/**
 * What a spreadsheet would take for a formula gets an apostrophe, and so does what begins with
 * apostrophes before such a letter: then taking one away gives back every text, whichever it was.
 */
const FORMULA = /^'*[=+\-@\t\r\n]/;
const GUARDED = /^'+[=+\-@\t\r\n]/;

export const guarded = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);
export const unguarded = (text: string): string => (GUARDED.test(text) ? text.slice(1) : text);

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** RFC 4180. Nothing is an empty cell; a text without letters is `""`. */
export function csvCell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = guarded(String(value));
  return text === '' || /[",\r\n]/.test(text) ? quoted(text) : text;
}

export const csvLine = (cells: readonly unknown[]): string => `${cells.map(csvCell).join(',')}\r\n`;

/** The column with the offset of an instant: `decided_offset_min` for `decided_at`. */
const offsetOf = (name: string): string => `${name.replace(/_at$/, '')}_offset_min`;

/** Cells as texts of a line have them: an instant as ISO 8601 with the offset with which it was sent. */
export function textCells(table: Table): (row: Readonly<Record<string, unknown>>) => unknown[] {
  const columns = Object.entries<Column>(table.columns).map(([name, { type }]) => ({
    name,
    offset: type === 'instant' ? offsetOf(name) : undefined,
  }));
  return (row) =>
    columns.map(({ name, offset }) => {
      const value = row[name] ?? null;
      if (offset === undefined || typeof value !== 'number') return value;
      const minutes = row[offset];
      return instantText(value, typeof minutes === 'number' ? minutes : 0);
    });
}
