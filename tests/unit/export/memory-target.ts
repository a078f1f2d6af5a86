import { createHash } from 'node:crypto';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { surrogates } from '#src/domain/privacy/surrogates.ts';
import type { Table } from '#src/domain/tables/column.ts';
import type { Row } from '#src/io/tables-out/encoder.ts';
import type { PackageTarget } from '#src/io/tables-out/package-target.ts';
import type { RowSource } from '#src/io/tables-out/row-source.ts';
import type { PackageOptions } from '#src/io/tables-out/write-package.ts';

export interface MemoryTarget extends PackageTarget {
  readonly files: ReadonlyMap<string, Buffer>;
  text(path: string): string;
}

export function memoryTarget(): MemoryTarget {
  const files = new Map<string, Buffer>();
  return {
    files,
    text: (path) => {
      const found = files.get(path);
      if (!found) throw new Error(`no ${path} among ${[...files.keys()].join(', ')}`);
      return found.toString('utf8');
    },
    async open(path) {
      const chunks: Uint8Array[] = [];
      return {
        async write(bytes) {
          chunks.push(bytes.slice());
        },
        async close() {
          const whole = Buffer.concat(chunks);
          files.set(path, whole);
          const sha256 = createHash('sha256').update(whole).digest('hex');
          return { path, bytes: whole.length, sha256 };
        },
      };
    },
  };
}

/** Names that can be told apart and are the same in every run. */
export const countingNames = (from = 0) => {
  let next = from;
  return () => String(next++).padStart(6, '0');
};

export const packageOptions = (given: Partial<PackageOptions> = {}): PackageOptions => ({
  profile: 'operational',
  freeText: false,
  formats: ['csv'],
  surrogates: surrogates(countingNames()),
  keyed: false,
  words: {},
  appVersion: '9.9.9',
  writtenAt: '2026-11-22T10:00:00.000Z',
  origin: { kind: 'tables', place: 'somewhere', query: {}, whole: true, problems: [] },
  progress: () => undefined,
  ...given,
});

export const rowsOf = (tables: readonly (readonly [Table, readonly Row[]])[]): RowSource => ({
  tables: tables.map(([table]) => table),
  rows: (name) => tables.find(([table]) => table.name === name)?.[1] ?? [],
});

const arrayBuffer = (bytes: Buffer): ArrayBuffer => new Uint8Array(bytes).buffer;

export const parquetRows = (bytes: Buffer) =>
  parquetReadObjects({ file: arrayBuffer(bytes), compressors });

export const parquetHead = (bytes: Buffer) => parquetMetadata(arrayBuffer(bytes));
