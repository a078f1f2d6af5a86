import { stat } from 'node:fs/promises';
import type { Database } from './database.ts';

/** Bytes from which several threads are worth their cost: some pieces of a file for each. */
const LARGE = 128 << 20;
/** Rows of the largest table from which they are: DuckDB shares tables out by 122,880. */
const MANY = 500_000;

/** As many threads as the files have work for. */
export async function forFiles(db: Database, files: readonly string[]): Promise<void> {
  let bytes = 0;
  for (const path of files) bytes += (await stat(path)).size;
  await db.threads(bytes < LARGE ? 'one' : 'all');
}

/** As many threads as there is work for in the tables that were made so far. */
export async function forRows(db: Database): Promise<void> {
  const [largest] = await db.rows('SELECT max(estimated_size) AS n FROM duckdb_tables()');
  await db.threads(Number(largest?.n) < MANY ? 'one' : 'all');
}
