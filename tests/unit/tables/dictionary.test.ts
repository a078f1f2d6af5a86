import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { dictionary } from '#src/domain/tables/dictionary.ts';
import { TABLES } from '#src/domain/tables/schema.ts';

test('docs/tables.md is what the schema says; `node src/cli/write-dictionary.ts` rewrites it', () => {
  expect(readFileSync('docs/tables.md', 'utf8')).toBe(dictionary());
});

test('the dictionary has every column of every table', () => {
  const rows = dictionary()
    .split('\n')
    .filter((line) => line.startsWith('| `'));
  const columns = Object.values(TABLES).flatMap((table) => Object.keys(table.columns));
  expect(columns.length).toBeGreaterThan(100);
  expect(rows.length).toBeGreaterThan(columns.length);
});
