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

async function read(name: string, only?: 'decisions') {
  const folder = asBulk(linesOf<Resource>(`${GOLDEN}/${name}/fhir.ndjson`));
  const settings = JSON.parse(readFileSync(`${GOLDEN}/${name}/settings.json`, 'utf8'));
  const options = { beside: folder, threads: 1, ...(only && { only }) };
  const tables = await tablesFromFolder(folder, settings, settings, options);
  return {
    ...tables,
    async close() {
      await tables.db.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

describe.each(CASES)('DuckDB makes the golden tables: %s', (name) => {
  test('row for row', async () => {
    const { db, bySql, close } = await read(name);
    try {
      // TypeScript reads what is odd; were it everything, nothing would be proved.
      expect(bySql).toBeGreaterThan(4);
      for (const table of Object.values(TABLES).filter((one) => one.name !== 'shifts'))
        expect({ [table.name]: await rowsIn(db, table) }).toEqual({
          [table.name]: expected(name, table.name),
        });
    } finally {
      await close();
    }
  }, 20_000);

  test('answers alone, of no more than they need', async () => {
    const { db, close } = await read(name, 'decisions');
    try {
      expect(await rowsIn(db, TABLES.decisions)).toEqual(expected(name, 'decisions'));
    } finally {
      await close();
    }
  }, 20_000);
});
