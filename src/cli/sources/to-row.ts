import type { Column, Table } from '#src/domain/tables/column.ts';

export type Cells = Readonly<Record<string, unknown>>;

/** What a hospital's own log seldom says, because there it is always so. */
const DEFAULTS: Cells = {
  status: 'final',
  recommendation_version: 'unknown',
  score_version: 'unknown',
  prediction: 0,
  implied: false,
  comment_present: false,
  censored: false,
  time_quality: 'ok',
  sink: 'table',
  label_source: 'table',
  carrier: 'RiskAssessment',
};
/** Recommendations have other words for it. */
const STATUS: Readonly<Record<string, string>> = { recommendations: 'current' };

/** A record of a file as a row of the table: all its columns and no others. `checkRow` follows. */
export function toRow(table: Table, cells: Cells): Cells {
  const row: Record<string, unknown> = {};
  for (const [name, column] of Object.entries(table.columns)) {
    const value = toValue(column, cells[name]);
    const usual = name === 'status' ? (STATUS[table.name] ?? DEFAULTS.status) : DEFAULTS[name];
    row[name] = value ?? (column.nullable ? null : (usual ?? null));
  }
  const { score, threshold } = row;
  if ('fired' in row && row.fired === null && typeof score === 'number')
    row.fired = typeof threshold === 'number' ? score >= threshold : null;
  return row;
}

/** From text, as CSV has it, and from what Parquet has for an instant, a day and a long integer. */
function toValue({ type }: Column, cell: unknown): unknown {
  if (cell === undefined || cell === null || cell === '') return null;
  if (typeof cell === 'bigint') return Number(cell);
  if (cell instanceof Date) return type === 'date' ? dayOf(cell) : cell.getTime();
  if (typeof cell !== 'string') return cell;
  switch (type) {
    case 'integer':
    case 'number':
      return cell.trim() === '' ? null : Number(cell);
    case 'instant':
      return /(Z|[+-]\d{2}:\d{2})$/.test(cell) ? Date.parse(cell) : Number(cell);
    case 'boolean':
      return { true: true, false: false, '1': true, '0': false }[cell.toLowerCase()] ?? cell;
    default:
      return cell;
  }
}

const dayOf = (date: Date): string =>
  Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 10);

const CURES: Partial<Readonly<Record<Column['type'], string>>> = {
  instant: 'write it with its offset, as 2026-03-02T08:00:00+01:00, or as milliseconds since 1970',
  date: 'write it as 2026-03-02',
  boolean: 'write true or false',
  integer: 'write a whole number without a unit',
  number: 'write a number with a decimal point and without a unit',
};

/**
 * What to do about a cell that does not fit: nothing where the rule is the cure.
 * @param there whether the file has the column at all.
 */
export function cureFor(column: Column | undefined, code: string, there: boolean): string {
  if (code === 'missing')
    return there ? 'fill it, or leave the row out' : 'the file has no column of this name; add it';
  return code === 'wrong-type' && column ? (CURES[column.type] ?? '') : '';
}
