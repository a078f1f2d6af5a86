import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { checkRow } from '#src/domain/tables/check-row.ts';
import type { Table } from '#src/domain/tables/column.ts';
import { TABLES, type Tables } from '#src/domain/tables/schema.ts';
import { csvRecords } from './csv-records.ts';
import { fileLines } from './file-lines.ts';
import { ndjsonRecords } from './ndjson-records.ts';
import { parquetRecords } from './parquet-records.ts';
import { type Cells, cureFor, toRow } from './to-row.ts';

const MOST_PROBLEMS = 10;

const ENDINGS = ['parquet', 'ndjson', 'ndjson.gz', 'csv', 'csv.gz'] as const;

/**
 * The flat tables of a folder: `NAME.csv` (RFC 4180, UTF-8, with a header), `NAME.ndjson`, either also
 * with `.gz`, or `NAME.parquet`. Columns that no table knows are left aside. Throws with the first
 * problems: file, row, column and cure, and never a value.
 */
export async function readTableFolder(folder: string): Promise<Tables> {
  const files = await readdir(folder).catch(() => {
    throw new Error(`${folder} could not be read. Name a folder with --tables.`);
  });
  const tables: Record<string, readonly Cells[]> = {};
  for (const table of Object.values<Table>(TABLES)) {
    const own = ENDINGS.map((ending) => `${table.name}.${ending}`);
    const [file, other] = own.filter((name) => files.includes(name));
    if (other !== undefined)
      throw new Error(`${folder} holds both ${file} and ${other}. Take one of them away.`);
    if (file) tables[table.name] = await readTable(table, join(folder, file));
  }
  if (Object.keys(tables).length === 0)
    throw new Error(
      `${folder} holds no table, such as decisions.csv, decisions.ndjson or decisions.parquet.`,
    );
  // `checkRow` has judged every row.
  return tables as Tables;
}

async function readTable(table: Table, path: string): Promise<readonly Cells[]> {
  const rows: Cells[] = [];
  const problems: string[] = [];
  const unit = path.endsWith('.parquet') ? 'row' : 'line';
  try {
    for await (const { line, cells } of recordsOf(table, path)) {
      const row = toRow(table, cells);
      for (const { column, code, message } of checkRow(table, row)) {
        const cure = cureFor(table.columns[column], code, Object.hasOwn(cells, column));
        const words = cure === '' ? message : `${message}: ${cure}`;
        problems.push(`${path}, ${unit} ${line}: ${column} ${words}`);
      }
      if (problems.length >= MOST_PROBLEMS) break;
      rows.push(row);
    }
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(why.startsWith(path) ? why : `${path}, ${why}`, { cause });
  }
  if (problems.length > 0) throw new Error(problems.slice(0, MOST_PROBLEMS).join('\n'));
  return rows;
}

function recordsOf(
  table: Table,
  path: string,
): AsyncIterable<{ readonly line: number; readonly cells: Cells }> {
  if (path.endsWith('.parquet')) return parquetRecords(path, Object.keys(table.columns));
  const lines = fileLines(path);
  return /\.csv(\.gz)?$/.test(path) ? csvRecords(lines) : ndjsonRecords(lines);
}
