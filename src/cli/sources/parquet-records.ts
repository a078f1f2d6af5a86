import type { Cells } from './to-row.ts';

/** So many rows are in memory as columns at a time; a row group may hold millions. */
const AT_ONCE = 50_000;

/**
 * The rows of a Parquet file, numbered from 1; only the named columns are read. Any compression that
 * Parquet knows. Throws with the reason where it is no Parquet file.
 */
export async function* parquetRecords(
  path: string,
  names: readonly string[],
): AsyncGenerator<{ readonly line: number; readonly cells: Cells }> {
  const { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } = await import(
    'hyparquet'
  );
  const { compressors } = await import('hyparquet-compressors');
  const file = await asyncBufferFromFile(path);
  const metadata = await parquetMetadataAsync(file).catch((cause) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`no Parquet file (${why}). Write it anew, or as CSV or NDJSON.`);
  });
  const own = new Set(metadata.schema.map(({ name }) => name));
  const columns = names.filter((name) => own.has(name));
  const rows = Number(metadata.num_rows);
  for (let rowStart = 0; rowStart < rows; rowStart += AT_ONCE) {
    const rowEnd = Math.min(rows, rowStart + AT_ONCE);
    const found = await parquetReadObjects({
      file,
      metadata,
      compressors,
      columns,
      rowStart,
      rowEnd,
    });
    for (const [i, cells] of found.entries()) yield { line: rowStart + i + 1, cells };
  }
}
