import type { Column, Table } from '#src/domain/tables/column.ts';

/** The sign between cells that are looked at together; where it is in a text, that row is looked at closely. */
const BETWEEN = 'chr(31)';
/** What is quoted wherever it stands, and what a cell must not begin with as it stands, or is empty with. */
const ANYWHERE = ["'\"'", "','", 'chr(13)', 'chr(10)'];
const AT_BEGIN = ["''''", "'='", "'+'", "'-'", "'@'", 'chr(9)', BETWEEN];

/** Whether `csvCell` would change some cell: plain searches cost a tenth of an expression that says the same. */
const special = (cells: string): string =>
  `list_transform([${BETWEEN} || ${cells} || ${BETWEEN}], lambda one: ${[
    ...ANYWHERE.map((sign) => `contains(one, ${sign})`),
    ...AT_BEGIN.map((sign) => `contains(one, ${BETWEEN} || ${sign})`),
  ].join(' OR ')})[1]`;

const guarded = (cell: string): string =>
  `CASE WHEN regexp_matches(${cell}, '^''*[=+\\-@\\t\\r\\n]') THEN '''' || ${cell} ELSE ${cell} END`;

/** As `csvCell` writes a text. */
const close = (cell: string): string => `CASE WHEN ${cell} IS NULL THEN ''
  WHEN ${cell} = '' OR regexp_matches(${cell}, '[",\\r\\n]') THEN '"' || replace(${guarded(cell)}, '"', '""') || '"'
  ELSE ${guarded(cell)} END`;

/** As JavaScript writes a number: no point where there is nothing behind it, and small ones in full. */
const number = (cell: string): string => `CASE
  WHEN ${cell} = floor(${cell}) AND abs(${cell}) < 1e15 THEN CAST(CAST(${cell} AS BIGINT) AS VARCHAR)
  WHEN abs(${cell}) >= 1e-4 OR abs(${cell}) < 1e-6
    THEN regexp_replace(CAST(${cell} AS VARCHAR), 'e-0', 'e-')
  ELSE CASE WHEN ${cell} < 0 THEN '-' ELSE '' END || '0.' ||
    repeat('0', CAST(right(CAST(${cell} AS VARCHAR), 2) AS INTEGER) - 1)
    || regexp_extract(replace(replace(CAST(${cell} AS VARCHAR), '.', ''), '-', ''), '^[0-9]+') END`;

const sixty = (minutes: string): string =>
  `lpad(CAST(${minutes} // 60 AS VARCHAR), 2, '0') || ':' || lpad(CAST(${minutes} % 60 AS VARCHAR), 2, '0')`;
const instant = (cell: string, offset: string): string =>
  `strftime(make_timestamp((${cell} + coalesce(${offset}, 0) * 60000) * 1000), '%Y-%m-%dT%H:%M:%S.%g') ||
   CASE WHEN coalesce(${offset}, 0) = 0 THEN 'Z' ELSE
     CASE WHEN ${offset} < 0 THEN '-' ELSE '+' END || ${sixty(`abs(${offset})`)} END`;

const isText = ({ type }: Column): boolean =>
  type === 'string' || type === 'code' || type === 'date';

/**
 * Every row as the line that `io/tables-out/csv` writes, byte for byte, but for CR and LF at its end.
 * @param table as it is written. @param from its rows. @param key columns that are kept beside the line.
 */
export function csvLines(table: Table, from: string, key: readonly string[] = []): string {
  const kept = key.map((name) => `r."${name}", `).join('');
  const columns = Object.entries(table.columns);
  const cell = (name: string, column: Column): string => {
    const own = `r."${name}"`;
    const offset = `${name.replace(/_at$/, '')}_offset_min`;
    if (column.type === 'instant')
      return instant(own, table.columns[offset] === undefined ? '0' : `r."${offset}"`);
    return column.type === 'number'
      ? number(own)
      : isText(column)
        ? own
        : `CAST(${own} AS VARCHAR)`;
  };
  const line = (text: (cell: string) => string): string =>
    `concat(${columns
      .map(([name, column]) => (isText(column) ? text(`r."${name}"`) : cell(name, column)))
      .join(", ',', ")})`;
  const texts = columns.filter(([, column]) => isText(column)).map(([name]) => `r."${name}"`);
  return `SELECT ${kept}CASE WHEN ${special(`concat_ws(${BETWEEN}, ${texts.join(', ')})`)}
    THEN ${line(close)} ELSE ${line((own) => own)} END AS line FROM (${from}) r`;
}
