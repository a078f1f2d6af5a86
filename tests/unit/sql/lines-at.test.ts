import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { linesAt } from '#src/cli/duckdb/lines-at.ts';

test('lines are found by their place through all files, also those that a piece of a file cuts', async () => {
  const place = mkdtempSync(join(tmpdir(), 'lines-at-'));
  try {
    const long = `{"a":"${'ü'.repeat(3 << 20)}"}`;
    const texts = [`{"n":0}\n${long}\n\n\r\n{"n":2}`, `\n{"n":3}\r\n{"n":4}\n`];
    const paths = texts.map((text, nth) => {
      const path = join(place, `${nth}.ndjson`);
      writeFileSync(path, text);
      return path;
    });
    const found = [];
    for await (const line of linesAt(paths, new Set([1, 2, 4]))) found.push(line);
    expect(found).toEqual([long, '{"n":2}', '{"n":4}']);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
});
