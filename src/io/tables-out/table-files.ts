import type { WrittenFile } from '#src/domain/export/datapackage.ts';
import type { Table } from '#src/domain/tables/column.ts';
import type { Encoder, Format, MakeEncoder, Row } from './encoder.ts';
import type { OutFile, PackageTarget } from './package-target.ts';

export type FormatFile = WrittenFile & { readonly format: Format };

/** One table in every format that was asked for, written as its rows come. */
export interface TableFiles {
  add(rows: readonly Row[]): Promise<void>;
  close(): Promise<{ readonly rows: number; readonly files: readonly FormatFile[] }>;
}

/** Parquet's writer is loaded only where Parquet is written. */
async function encoderOf(format: Format): Promise<MakeEncoder> {
  switch (format) {
    case 'csv':
      return (await import('./csv.ts')).csvEncoder;
    case 'ndjson':
      return (await import('./ndjson.ts')).ndjsonEncoder;
    case 'parquet':
      return (await import('./parquet.ts')).parquetEncoder;
  }
}

/**
 * Each format has a folder of its own, so that `--tables` can be given either.
 * @param folder instead of that.
 */
export async function openTable(
  target: PackageTarget,
  table: Table,
  formats: readonly Format[],
  folder?: string,
): Promise<TableFiles> {
  const outs: { format: Format; file: OutFile; encoder: Encoder }[] = [];
  for (const format of formats) {
    const encoder = (await encoderOf(format))(table);
    const file = await target.open(`${folder ?? format}/${table.name}.${format}`);
    await file.write(encoder.begin());
    outs.push({ format, file, encoder });
  }
  let count = 0;
  return {
    async add(rows) {
      count += rows.length;
      for (const { file, encoder } of outs) await file.write(encoder.add(rows));
    },
    async close() {
      const files: FormatFile[] = [];
      for (const { format, file, encoder } of outs) {
        await file.write(encoder.end());
        files.push({ ...(await file.close()), format });
      }
      return { rows: count, files };
    },
  };
}
