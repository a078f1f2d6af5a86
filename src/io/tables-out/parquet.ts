import type { SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { Column, ColumnType } from '#src/domain/tables/column.ts';
import type { MakeEncoder, Row } from './encoder.ts';

/** Rows of one group: what a reader takes in at once, and what is in memory here. */
const GROUP_ROWS = 50_000;

const TYPE: Readonly<Record<ColumnType, Pick<SchemaElement, 'type'> & Partial<SchemaElement>>> = {
  string: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  code: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  integer: { type: 'INT64' },
  number: { type: 'DOUBLE' },
  boolean: { type: 'BOOLEAN' },
  // Milliseconds, and normalised to UTC: the offset stands in its own column.
  instant: {
    type: 'INT64',
    converted_type: 'TIMESTAMP_MILLIS',
    logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
  },
  date: { type: 'INT32', converted_type: 'DATE', logical_type: { type: 'DATE' } },
};

/** The same milliseconds. A converted type would say UTC, so there is none. */
const ZONELESS: typeof TYPE.instant = {
  type: 'INT64',
  logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: false, unit: 'MILLIS' },
};

const element = (name: string, { type, nullable, zoneless }: Column): SchemaElement => ({
  name,
  ...(zoneless ? ZONELESS : TYPE[type]),
  repetition_type: nullable ? 'OPTIONAL' : 'REQUIRED',
});

const value = (type: ColumnType, cell: unknown): unknown => {
  if (cell === null || cell === undefined) return null;
  if (type === 'integer' && typeof cell === 'number') return BigInt(cell);
  if (type === 'instant' && typeof cell === 'number') return new Date(cell);
  if (type === 'date') return new Date(`${String(cell)}T00:00:00Z`);
  return cell;
};

/** What was written since the last time; the writer goes on counting from there. */
function taken(writer: ByteWriter): Uint8Array {
  const bytes = writer.getBytes().slice();
  writer.index = 0;
  return bytes;
}

/**
 * Parquet with the types of the schema; words that come again stand once, in a dictionary. Statistics
 * are left out of text: the least and the greatest name of a group are two names.
 */
export const parquetEncoder: MakeEncoder = (table) => {
  const columns = Object.entries<Column>(table.columns);
  const writer = new ByteWriter();
  const schema: SchemaElement[] = [
    { name: table.name, num_children: columns.length },
    ...columns.map(([name, column]) => element(name, column)),
  ];
  const file = new ParquetWriter({ writer, schema, createdBy: 'clinician-feedback' });
  let waiting: Row[] = [];
  function group(): void {
    if (waiting.length === 0) return;
    file.write({
      rowGroupSize: GROUP_ROWS,
      columnData: columns.map(([name, { type }]) => ({
        name,
        data: waiting.map((row) => value(type, row[name])),
        statistics: type !== 'string' && type !== 'code',
      })),
    });
    waiting = [];
  }
  return {
    begin: () => taken(writer),
    add(rows) {
      for (const row of rows) {
        waiting.push(row);
        if (waiting.length === GROUP_ROWS) group();
      }
      return taken(writer);
    },
    end() {
      group();
      file.finish();
      return taken(writer);
    },
  };
};
