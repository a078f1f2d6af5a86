import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTableFolder } from '#src/cli/sources/table-folder.ts';
import { csvCell, guarded, unguarded } from '#src/domain/export/csv-text.ts';
import { checkRow } from '#src/domain/tables/check-row.ts';
import type { Table } from '#src/domain/tables/column.ts';
import { TABLES } from '#src/domain/tables/schema.ts';
import { FORMATS } from '#src/io/tables-out/encoder.ts';
import { writePackage } from '#src/io/tables-out/write-package.ts';
import { HOSTILE, hostileRows } from './hostile-rows.ts';
import { memoryTarget, packageOptions, parquetHead, rowsOf } from './memory-target.ts';

const ROWS = Object.values<Table>(TABLES).map((table) => [table, hostileRows(table)] as const);

async function written() {
  const target = memoryTarget();
  await writePackage(rowsOf(ROWS), target, packageOptions({ formats: FORMATS, freeText: true }));
  return target;
}

describe('every table with cells that a format could mistake', () => {
  it('is a table', () => {
    expect(ROWS.flatMap(([table, rows]) => rows.flatMap((row) => checkRow(table, row)))).toEqual(
      [],
    );
  });

  it('comes back from CSV, NDJSON and Parquet, row by row', async () => {
    const { files } = await written();
    const folder = mkdtempSync(join(tmpdir(), 'round-'));
    for (const [path, bytes] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), bytes);
    }
    for (const format of FORMATS) {
      const back = await readTableFolder(join(folder, format));
      for (const [table, rows] of ROWS) {
        const name = Object.keys(TABLES).find((one) => one === table.name) ?? '';
        expect(Reflect.get(back, name), `${format} ${name}`).toEqual(rows);
      }
    }
  });

  it('has Parquet with its types, UTC timestamps in milliseconds and dictionaries', async () => {
    const { files } = await written();
    const head = parquetHead(files.get('parquet/decisions.parquet') ?? Buffer.alloc(0));
    const element = (name: string) => head.schema.find((one) => one.name === name);
    expect(element('decided_at')).toMatchObject({
      type: 'INT64',
      logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
      repetition_type: 'OPTIONAL',
    });
    expect(element('decided_week')).toMatchObject({ type: 'INT32', converted_type: 'DATE' });
    expect(element('comment_present')).toMatchObject({
      type: 'BOOLEAN',
      repetition_type: 'REQUIRED',
    });
    const chunk = head.row_groups[0]?.columns.find(
      ({ meta_data }) => meta_data?.path_in_schema[0] === 'response',
    );
    expect(chunk?.meta_data?.encodings).toContain('RLE_DICTIONARY');
  });
});

describe('a cell of CSV', () => {
  it.each(['=1+1', '+49', '-x', '@cmd', '\ttab', '\rreturn', '\nline', "'=1", "''+1"])(
    'that a spreadsheet would run is text: %j',
    (text) => {
      expect(csvCell(text)).toMatch(/^"?'/);
      expect(unguarded(guarded(text))).toBe(text);
    },
  );

  it('is otherwise as it is, and nothing is not the empty text', () => {
    expect(HOSTILE.map((text) => unguarded(guarded(text)))).toEqual(HOSTILE);
    expect(["'tis", -5, null, '', 'a,b'].map(csvCell)).toEqual(["'tis", '-5', '', '""', '"a,b"']);
  });
});
