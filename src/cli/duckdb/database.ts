import { rmSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

export type Cell = string | number | bigint | boolean | null | readonly string[];
export type Row = Readonly<Record<string, Cell>>;

/** DuckDB with what does not fit into memory in one folder, which goes when it is closed. */
export interface Database {
  run(sql: string): Promise<void>;
  rows(sql: string): Promise<readonly Row[]>;
  /** Rows by the thousand, as they come: never all of them in memory. */
  stream(sql: string): AsyncIterable<readonly Row[]>;
  /**
   * How many threads do what follows. A thread of the engine that finds no work asks for it again and again,
   * at the full cost of one that has some: of few rows one alone is as fast and half as dear.
   */
  threads(which: 'one' | 'all'): Promise<void>;
  /** Where temporary files may stand. */
  readonly folder: string;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** A new folder is made here, so that a full disk is the one that was named. */
  readonly beside: string;
  /** As DuckDB writes it: `1GB`. */
  readonly memoryLimit?: string;
  readonly threads?: number;
}

/** What tables are made in; the engine is loaded when it is asked for, and by no other part. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const folder = join(options.beside, `.duckdb-${process.pid}`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  // Ctrl-C ends the process where it stands.
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: options.memoryLimit ?? '1GB',
    temp_directory: join(folder, 'spill'),
    preserve_insertion_order: 'false',
    threads: String(options.threads ?? availableParallelism()),
  });
  const all = options.threads ?? availableParallelism();
  return database(instance, await instance.connect(), { folder, all }, () =>
    process.off('exit', remove),
  );
}

function database(
  instance: DuckDBInstance,
  connection: DuckDBConnection,
  { folder, all }: { readonly folder: string; readonly all: number },
  closed: () => void,
): Database {
  async function* stream(sql: string): AsyncGenerator<readonly Row[]> {
    const result = await connection.stream(sql);
    for await (const rows of result.yieldRowObjectJson()) yield rows.map(toRow);
  }
  return {
    folder,
    stream,
    async run(sql) {
      await connection.run(sql);
    },
    async threads(which) {
      await connection.run(`SET threads = ${which === 'all' ? all : 1}`);
    },
    async rows(sql) {
      const found: Row[] = [];
      for await (const rows of stream(sql)) found.push(...rows);
      return found;
    },
    async close() {
      connection.closeSync();
      instance.closeSync();
      await rm(folder, { recursive: true, force: true });
      closed();
    },
  };
}

function toRow(row: Readonly<Record<string, unknown>>): Row {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, toCell(value)]));
}

function toCell(value: unknown): Cell {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'bigint':
      return value;
    default:
      return Array.isArray(value) ? value.map(String) : null;
  }
}
