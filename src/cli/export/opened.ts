import { dirname, resolve } from 'node:path';
import { type RowSource, rowsInMemory } from '#src/io/tables-out/row-source.ts';
import type { Database } from '../duckdb/database.ts';
import { readSource, type Source } from '../sources/read-source.ts';
import type { SourceOptions } from '../sources/source-options.ts';
import type { ExportOptions } from './options.ts';

/** Rows that can be gone through, wherever they are. */
export interface Opened extends Omit<Source, 'tables'> {
  readonly rows: RowSource;
  /** Where the engine has them. */
  readonly db?: Database;
  close(): Promise<void>;
}

/** @param source with the folder in place of a server of which a bulk export was made. */
export async function openRows(
  source: SourceOptions,
  { engine, only, out }: ExportOptions,
): Promise<Opened> {
  if (engine === 'duckdb') {
    const { engineSource } = await import('../duckdb/engine-source.ts');
    return engineSource(source, dirname(resolve(out)), only);
  }
  const { tables, ...read } = await readSource(source);
  return { ...read, rows: rowsInMemory(tables), close: async () => undefined };
}
