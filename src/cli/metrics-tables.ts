import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { checkRow } from '#src/domain/tables/check-row.ts';
import type { Column, Table } from '#src/domain/tables/column.ts';
import { TABLES, type Tables } from '#src/domain/tables/schema.ts';
import { csvRecords } from './metrics-csv.ts';

type Cells = Readonly<Record<string, unknown>>;

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

const MOST_PROBLEMS = 10;

/**
 * The flat tables of a folder, `NAME.csv` (RFC 4180, UTF-8, with a header) or `NAME.ndjson`. Columns
 * that no table knows are left aside. Throws with the first problems, by line; never with a value.
 */
export async function readTables(folder: string): Promise<Tables> {
  const files = await readdir(folder).catch(() => {
    throw new Error(`${folder} could not be read.`);
  });
  const tables: Record<string, readonly Cells[]> = {};
  for (const table of Object.values<Table>(TABLES)) {
    const file = [`${table.name}.ndjson`, `${table.name}.csv`].find((name) => files.includes(name));
    if (file) tables[table.name] = await readTable(table, join(folder, file));
    else if (files.includes(`${table.name}.parquet`))
      throw new Error(`${table.name}.parquet: write it as CSV or NDJSON first.`);
  }
  if (Object.keys(tables).length === 0)
    throw new Error(`${folder} holds no table, such as decisions.csv or decisions.ndjson.`);
  return tables as Tables;
}

async function readTable(table: Table, path: string): Promise<readonly Cells[]> {
  const lines = createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Infinity });
  const records = path.endsWith('.csv') ? csvRecords(lines) : ndjsonRecords(lines, path);
  const rows: Cells[] = [];
  const problems: string[] = [];
  for await (const { line, cells } of records) {
    const row = toRow(table, cells);
    for (const { column, message } of checkRow(table, row))
      problems.push(`${path}, line ${line}: ${column} ${message}`);
    if (problems.length >= MOST_PROBLEMS) break;
    rows.push(row);
  }
  if (problems.length > 0) throw new Error(problems.slice(0, MOST_PROBLEMS).join('\n'));
  return rows;
}

async function* ndjsonRecords(lines: AsyncIterable<string>, path: string) {
  let line = 0;
  for await (const text of lines) {
    line++;
    if (text.trim() === '') continue;
    yield { line, cells: parsed(text, `${path}, line ${line}`) };
  }
}

function parsed(text: string, where: string): Cells {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error(`${where}: no JSON.`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`${where}: no object.`);
  return value as Cells;
}

function toRow(table: Table, cells: Cells): Cells {
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

/** From the text of a CSV cell; an instant also as ISO 8601 with an offset. The check follows. */
function toValue({ type }: Column, cell: unknown): unknown {
  if (cell === undefined || cell === null || cell === '') return null;
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
