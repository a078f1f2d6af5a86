import { existsSync, readFileSync, rmSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { tablesFromFolder } from '#src/cli/duckdb/tables-from-folder.ts';
import { TABLES } from '#src/domain/tables/schema.ts';
import {
  asBulk,
  CASES,
  GOLDEN,
  linesOf,
  type Resource,
  rowsIn,
} from '#tests/support/sql/folders.ts';

const expected = (name: string, table: string): readonly unknown[] => {
  const path = `${GOLDEN}/${name}/expected/${table}.ndjson`;
  return existsSync(path) ? linesOf(path) : [];
};

describe.each(CASES)('DuckDB makes the golden tables: %s', (name) => {
  test('row for row', async () => {
    const folder = asBulk(linesOf<Resource>(`${GOLDEN}/${name}/fhir.ndjson`));
    const settings = JSON.parse(readFileSync(`${GOLDEN}/${name}/settings.json`, 'utf8'));
    const { db, bySql } = await tablesFromFolder(folder, settings, settings, {
      beside: folder,
      threads: 1,
    });
    try {
      // TypeScript reads what is odd; were it everything, nothing would be proved.
      expect(bySql).toBeGreaterThan(4);
      for (const table of Object.values(TABLES).filter((one) => one.name !== 'shifts'))
        expect({ [table.name]: await rowsIn(db, table) }).toEqual({
          [table.name]: expected(name, table.name),
        });
    } finally {
      await db.close();
      rmSync(folder, { recursive: true, force: true });
    }
  }, 20_000);
});
