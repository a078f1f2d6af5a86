import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '#src/cli/duckdb/database.ts';
import { csvLine, textCells } from '#src/domain/export/csv-text.ts';
import { type Column, defineTable } from '#src/domain/tables/column.ts';
import { text } from '#src/sql/fhirpath/compile.ts';
import { csvLines } from '#src/sql/tables/csv-lines.ts';
import { columnTypes } from '#src/sql/tables/typed-row.ts';

const column = (type: Column['type']): Column => ({
  ...{ type, nullable: true, description: '', source: '', privacy: 'none' },
});
const TABLE = defineTable({
  ...{ name: 't', grain: '', description: '', key: ['id'] },
  columns: {
    id: column('integer'),
    word: column('string'),
    other: column('code'),
    share: column('number'),
    is: column('boolean'),
    seen_at: column('instant'),
    seen_offset_min: column('integer'),
    known_at: column('instant'),
  },
});

const WORDS = [
  ...[
    'plain',
    '',
    'Größe 3',
    ' led',
    "'",
    "'=1",
    "''-x",
    '=SUM(A1)',
    '+1',
    '-1',
    '@x',
    '\tx',
    'a\tb',
  ],
  ...['a,b', 'say "no"', 'two\nlines', 'cr\rhere', '\n=x', 'unit\u001f=sep', '-"x",y', null],
];
const NUMBERS = [
  ...[0, 1, -1, 0.5, 0.1 + 0.2, 1 / 3, 123456.75, 1e-4, 0.00012, 0.00001, 1.25e-5, -2.5e-6],
  ...[1e-6, 1e-7, 1.5e-9, 12345678901, 99.999, null],
];
const INSTANTS = [
  [0, 0],
  [1_767_225_600_005, 60],
  [1_767_225_600_050, -570],
  [1_767_225_600_500, null],
  [null, null],
] as const;

test('SQL writes every line as TypeScript does', async () => {
  const place = mkdtempSync(join(tmpdir(), 'lines-'));
  const db = await openDatabase({ beside: place, threads: 1 });
  try {
    const rows = WORDS.flatMap((word, w) =>
      NUMBERS.map((share, n) => {
        const [seen_at, seen_offset_min] = INSTANTS[(w + n) % INSTANTS.length] ?? [null, null];
        const other = WORDS[(w * 7 + n) % WORDS.length];
        const is = n % 3 === 0 ? null : n % 3 === 1;
        return {
          id: w * 100 + n,
          word,
          other,
          share,
          is,
          seen_at,
          seen_offset_min,
          known_at: seen_at,
        };
      }),
    );
    const given = rows.map((row) => text(JSON.stringify(row))).join(', ');
    await db.run(
      `CREATE TABLE t AS SELECT unnest(from_json(line, '{${columnTypes(TABLE)
        .map(([name, type]) => `"${name}": "${type}"`)
        .join(', ')}}')) FROM (SELECT unnest([${given}]) AS line)`,
    );
    const found = await db.rows(csvLines(TABLE, 'SELECT * FROM t ORDER BY id'));
    const cells = textCells(TABLE);
    expect(found.map(({ line }) => `${String(line)}\r\n`)).toEqual(
      rows.map((row) => csvLine(cells(row))),
    );
  } finally {
    await db.close();
    rmSync(place, { recursive: true, force: true });
  }
});
