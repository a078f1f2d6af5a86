import { beforeAll, describe, expect, it } from 'vitest';
import { SAFE_HARBOR } from '#src/domain/privacy/safe-harbor.ts';
import type { Table } from '#src/domain/tables/column.ts';
import { RESPONSE_UNITS } from '#src/domain/tables/response-units.ts';
import { TABLES } from '#src/domain/tables/schema.ts';
import { FORMATS, type Format } from '#src/io/tables-out/encoder.ts';
import { writePackage } from '#src/io/tables-out/write-package.ts';
import {
  memoryTarget,
  packageOptions,
  parquetHead,
  parquetRows,
  rowsOf,
} from '#tests/unit/export/memory-target.ts';
import { PLANTED, plantedRows, unreadRows } from './planted.ts';

const ALL: readonly Table[] = [...Object.values(TABLES), RESPONSE_UNITS];

/** Everything that a package says, as text: bytes, decoded Parquet, its metadata, names of files. */
async function everything(
  rows: (table: Table) => ReturnType<typeof plantedRows>,
  profile: 'operational' | 'deidentified',
  formats: readonly Format[] = FORMATS,
): Promise<string> {
  const target = memoryTarget();
  const origin = {
    kind: 'folder',
    place: '/data/Ottoline Quarrington 219-09-9931',
    query: { since: '1957-03-14' },
    whole: true,
    problems: [{ place: 'MRN00481516.ndjson', message: 'x: o.quarrington@wallop.test', times: 1 }],
  };
  const source = rowsOf(ALL.map((table) => [table, rows(table)] as const));
  await writePackage(source, target, packageOptions({ profile, formats, origin }));
  const said: string[] = [];
  for (const [path, bytes] of target.files) {
    said.push(path, bytes.toString('latin1'), bytes.toString('utf8'));
    if (!path.endsWith('.parquet')) continue;
    const plain = (_: string, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value;
    said.push(JSON.stringify(await parquetRows(bytes), plain));
    said.push(JSON.stringify(parquetHead(bytes), plain));
  }
  return said.join('\n').toLowerCase();
}

/** `ann` is in `channel`: a short word must stand alone. */
const found = (text: string, planted: string): boolean =>
  /^[a-z]{1,4}$/.test(planted)
    ? new RegExp(`(^|[^a-z])${planted}([^a-z]|$)`).test(text)
    : text.includes(planted.toLowerCase());

describe('a de-identified package of rows with an identifier in every text', () => {
  let texts: readonly string[] = [];
  beforeAll(async () => {
    texts = [
      await everything(plantedRows, 'deidentified'),
      // Parquet has no place for a text in a column of numbers, and says so.
      await everything(unreadRows, 'deidentified', ['csv', 'ndjson']),
    ];
  });

  it.each(SAFE_HARBOR)('$letter: $what', ({ planted }) => {
    const needles = PLANTED[planted] ?? [];
    expect(needles.length).toBeGreaterThan(1);
    expect(texts.map((text) => needles.filter((one) => found(text, one)))).toEqual([[], []]);
  });

  it('holds no date and no time of day, in whatever form', () => {
    const at = Date.parse('2026-03-04T05:06:07Z');
    for (const text of texts) {
      // seismometer needs instants: there, each patient's time begins in 1970.
      expect(text.match(/(?!1970)\d{4}-\d{2}-\d{2}t\d{2}:/)).toBeNull();
      expect(text).not.toContain('2026-03');
      expect(text).not.toContain(String(at).slice(0, 8));
    }
  });
});

it('the search would find them: an operational package holds what was planted', async () => {
  const text = await everything(plantedRows, 'operational');
  const missed = Object.values(PLANTED)
    .flat()
    .filter((one) => !found(text, one) && !one.includes('"'));
  expect(missed).toEqual([]);
});
