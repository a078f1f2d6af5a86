import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 as nodeCrc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { crc32 } from '#src/io/tables-out/zip.ts';
import { zipTarget } from '#src/io/tables-out/zip-target.ts';

const text = (words: string) => new TextEncoder().encode(words);

/** Python's reader is nobody of ours; it checks every CRC. */
const READ =
  'import sys,zipfile,json;z=zipfile.ZipFile(sys.argv[1]);assert z.testzip() is None;' +
  'print(json.dumps({i.filename:[z.read(i).decode(),i.date_time[0]] for i in z.infolist()}))';

describe('a package as one file', () => {
  it('has the CRC that Node computes, whole and in pieces', () => {
    const bytes = Uint8Array.from({ length: 4_099 }, (_, at) => (at * 31) % 251);
    expect(crc32(bytes)).toBe(nodeCrc32(bytes));
    expect(crc32(bytes.subarray(100), crc32(bytes.subarray(0, 100)))).toBe(nodeCrc32(bytes));
    expect(crc32(text('123456789'))).toBe(0xcbf4_3926);
  });

  it('is opened by a reader that we did not write, file by file, and tells no date', async () => {
    const target = zipTarget();
    // Two are open at once, as a view is while tables are written.
    const view = await target.open('views/ä.csv');
    const table = await target.open('csv/decisions.csv');
    await table.write(text('a,b\r\n'));
    await view.write(text('x\r\n'));
    await table.write(text('1,2\r\n'));
    const written = await table.close();
    await view.close();
    await (await target.open('empty.txt')).close();
    const { zip, files } = target.finish();
    expect(files.map(({ path }) => path)).toEqual([
      'csv/decisions.csv',
      'views/ä.csv',
      'empty.txt',
    ]);
    expect(written).toEqual({
      path: 'csv/decisions.csv',
      bytes: 10,
      sha256: 'ea14f99c47575613ab22111122c847728c61007f6bfd7b062d02fcb99df3feb0',
    });
    const folder = mkdtempSync(join(tmpdir(), 'zip-'));
    try {
      const path = join(folder, 'package.zip');
      writeFileSync(path, new Uint8Array(await zip.arrayBuffer()));
      expect(readFileSync(path).length).toBe(zip.size);
      const found = execFileSync('python3', ['-c', READ, path], { encoding: 'utf8' });
      expect(JSON.parse(found)).toEqual({
        'csv/decisions.csv': ['a,b\r\n1,2\r\n', 1980],
        'views/ä.csv': ['x\r\n', 1980],
        'empty.txt': ['', 1980],
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
