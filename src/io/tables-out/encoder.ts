import type { Table } from '#src/domain/tables/column.ts';

export const FORMATS = ['csv', 'ndjson', 'parquet'] as const;
export type Format = (typeof FORMATS)[number];

export type Row = Readonly<Record<string, unknown>>;

/** Rows of one table as the bytes of one file, piece by piece: nothing is kept but what a piece needs. */
export interface Encoder {
  begin(): Uint8Array;
  add(rows: readonly Row[]): Uint8Array;
  end(): Uint8Array;
}

export type MakeEncoder = (table: Table) => Encoder;

export const NO_BYTES = new Uint8Array();
