import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, describe, expect, it } from 'vitest';
import { UsageError } from '#src/cli/command.ts';
import { readExportOptions } from '#src/cli/export/options.ts';
import { exportCommand } from '#src/cli/export.ts';
import { readTableFolder } from '#src/cli/sources/table-folder.ts';
import { ROOT } from '#tests/architecture/source.ts';
import { PLANTED } from '#tests/unit/privacy/planted.ts';

const place = () => mkdtempSync(join(tmpdir(), 'export-'));

/** A hospital's own log, with identifiers in columns that no table knows. */
const ANSWERS = Array.from({ length: 120 }, (_, i) => ({
  decision_id: `d${i}`,
  recommendation_id: `r${i}`,
  clinician_id: `Dr. Quarrington-Voss ${i % 13}`,
  patient_id: `MRN00481516-${i % 40}`,
  model_id: ['sepsis', 'falls', null][i % 3] ?? null,
  model_version: '2.1',
  response: i % 4 === 0 ? 'overridden' : 'accepted',
  comment: i === 3 ? '=cmd|Ottoline Quarrington' : null,
  comment_present: i === 3,
  decided_at: `2026-03-${String(1 + (i % 28)).padStart(2, '0')}T08:00:00+01:00`,
  'phone +1 603 555 0147': '6035550147',
  next_of_kin: 'Ottoline Quarrington',
}));

function log(): string {
  const folder = join(place(), 'Ottoline Quarrington 219-09-9931');
  mkdirSync(folder);
  const lines = ANSWERS.map((row) => `${JSON.stringify(row)}\n`);
  writeFileSync(join(folder, 'decisions.ndjson'), lines.join(''));
  writeFileSync(join(folder, 'MRN00481516.csv'), 'name\r\nOttoline Quarrington\r\n');
  return folder;
}

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

async function exported(...argv: readonly string[]): Promise<string> {
  const out = join(place(), 'package');
  expect(await exportCommand.run(['--tables', log(), '--out', out, ...argv])).toBe(0);
  return out;
}

const manifestOf = (out: string) => JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'));

describe('an operational package', () => {
  let out = '';
  beforeAll(async () => {
    const formats = ['--format', 'csv,ndjson,parquet'];
    out = await exported('--profile', 'operational', '--with-free-text', ...formats);
  });

  it('is listed whole, file by file, in its manifest', () => {
    const listed: readonly { path: string; sha256: string }[] = manifestOf(out).files;
    const there = filesIn(out).map((path) => path.slice(out.length + 1));
    expect(listed.map(({ path }) => path).toSorted()).toEqual(
      there.filter((path) => path !== 'manifest.json').toSorted(),
    );
    for (const { path, sha256 } of listed) {
      const hash = createHash('sha256').update(readFileSync(join(out, path)));
      expect([path, hash.digest('hex')]).toEqual([path, sha256]);
    }
    expect(existsSync(`${out}.partial`)).toBe(false);
  });

  it('is a folder of tables for every other command, whichever format is taken', async () => {
    const [csv, ndjson, parquet] = await Promise.all(
      ['csv', 'ndjson', 'parquet'].map((format) => readTableFolder(join(out, format))),
    );
    expect(csv?.decisions).toHaveLength(120);
    expect(ndjson).toEqual(csv);
    expect(parquet).toEqual(csv);
    expect(csv?.decisions?.find((row) => row.decision_id === 'd3')?.comment).toMatch(/^=cmd/);
    expect(readFileSync(join(out, 'csv/decisions.csv'), 'utf8')).toContain(",'=cmd|");
  });

  it('is read by DuckDB, with types', async () => {
    const connection = await (await DuckDBInstance.create()).connect();
    const sql = `SELECT typeof(any_value(decided_at)) AS time, typeof(any_value(comment_present)) AS said,
      count(*)::INT AS n, min(epoch_ms(decided_at))::VARCHAR AS first
      FROM '${join(out, 'parquet/decisions.parquet')}'`;
    expect((await connection.runAndReadAll(sql)).getRowObjects()).toEqual([
      {
        time: 'TIMESTAMP WITH TIME ZONE',
        said: 'BOOLEAN',
        n: 120,
        first: String(Date.parse('2026-03-01T08:00:00+01:00')),
      },
    ]);
    const csv = `SELECT count(*)::INT AS n, min(epoch_ms(decided_at))::VARCHAR AS first
      FROM read_csv('${join(out, 'csv/decisions.csv')}', types = {'decided_at': 'TIMESTAMPTZ'})`;
    expect((await connection.runAndReadAll(csv)).getRowObjects()).toEqual([
      { n: 120, first: String(Date.parse('2026-03-01T08:00:00+01:00')) },
    ]);
  });

  it.for([
    ['Rscript', 'starter.R'],
    ['python3', 'starter.py'],
  ] as const)(
    'has a starter that makes the table of adoption again: %s',
    ([command, script], test) => {
      const ran = spawnSync(command, [script], { cwd: out, encoding: 'utf8' });
      if (ran.error) test.skip(`NOT RUN: ${command} is not on this machine, ${script} is untested`);
      const numbers = (text: string) =>
        text
          .trim()
          .split(/\r?\n/)
          .map((line) =>
            line.split(',').map((cell) => (cell.includes('.') ? Number(cell).toFixed(9) : cell)),
          )
          .toSorted();
      expect(ran.stderr).toBe('');
      expect(numbers(ran.stdout)).toEqual(
        numbers(readFileSync(join(out, 'views/adoption.csv'), 'utf8')),
      );
    },
  );
});

describe('a de-identified package of a folder full of names', () => {
  it('has none of them, in columns that nobody knows, in names of folders and files', async () => {
    const out = await exported('--profile', 'deidentified', '--format', 'csv,parquet');
    const text = filesIn(out)
      .map((path) => `${path.slice(out.length)}\n${readFileSync(path, 'latin1')}`)
      .join('\n')
      .toLowerCase();
    const needles = Object.values(PLANTED)
      .flat()
      .filter((one) => one.length > 5);
    expect(needles.filter((one) => text.includes(one.toLowerCase()))).toEqual([]);
    expect(text).not.toMatch(/quarrington|next_of_kin|2026-03|sepsis/);
    expect(manifestOf(out).rows.decisions).toBe(120);
  });

  it('has the same names again with the key, which only its owner may read', async () => {
    const key = join(place(), 'key.ndjson');
    const read = (out: string) => readFileSync(join(out, 'csv/decisions.csv'), 'utf8');
    const one = read(await exported('--profile', 'deidentified', '--key', key));
    expect(statSync(key).mode & 0o777).toBe(0o600);
    expect(read(await exported('--profile', 'deidentified', '--key', key))).toBe(one);
    expect(read(await exported('--profile', 'deidentified'))).not.toBe(one);
    chmodSync(key, 0o644);
    await expect(exported('--profile', 'deidentified', '--key', key)).rejects.toThrow('chmod 600');
  });
});

describe('a folder that is there', () => {
  it('is refused, and gives way to --replace if it is a package', async () => {
    const out = await exported('--profile', 'limited');
    const argv = ['--tables', log(), '--profile', 'operational', '--out', out];
    await expect(exportCommand.run(argv)).rejects.toThrow('--replace');
    expect(manifestOf(out).profile).toBe('limited');
    expect(await exportCommand.run([...argv, '--replace'])).toBe(0);
    expect(manifestOf(out).profile).toBe('operational');
    expect(readdirSync(join(out, '..'))).toEqual(['package']);
  });

  it('is left alone if it is somebody’s own, and after a failure', async () => {
    const own = place();
    writeFileSync(join(own, 'thesis.txt'), 'five years');
    const argv = ['--profile', 'limited', '--out', own, '--replace'];
    await expect(exportCommand.run(['--tables', log(), ...argv])).rejects.toThrow(UsageError);
    const out = join(own, 'package');
    const broken = ['--tables', join(own, 'nothing'), '--profile', 'limited', '--out', out];
    await expect(exportCommand.run(broken)).rejects.toThrow('could not be read');
    expect(readdirSync(own)).toEqual(['thesis.txt']);
  });
});

it('Ctrl-C ends it at once and leaves nothing', async () => {
  const out = join(place(), 'package');
  const asked = Promise.withResolvers<void>();
  // Never answers.
  const server = createServer(() => asked.resolve());
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const from = `http://127.0.0.1:${port}/fhir`;
  const argv = ['export', '--from', from, '--profile', 'limited', '--out', out];
  const env = { ...process.env, CLINICIAN_FEEDBACK_TOKEN: 'token' };
  const child = spawn(process.execPath, ['src/cli/main.ts', ...argv], { cwd: ROOT, env });
  const ended = new Promise((resolve) => child.once('close', resolve));
  await asked.promise;
  expect(existsSync(`${out}.partial`)).toBe(true);
  child.kill('SIGINT');
  expect(await ended).toBe(1);
  server.closeAllConnections();
  server.close();
  expect([existsSync(out), existsSync(`${out}.partial`)]).toEqual([false, false]);
});

describe('wrong use names its cure', () => {
  const given = ['--tables', 'somewhere', '--out', 'there'];
  it.each([
    [[], '--profile operational|limited|deidentified'],
    [['--profile', 'anonymous'], '--profile operational|limited|deidentified'],
    [['--profile', 'deidentified', '--with-free-text'], 'leave --with-free-text out'],
    [['--profile', 'limited', '--format', 'csv,xlsx'], 'csv, ndjson, parquet'],
    [['--profile', 'limited', '--key', 'there/key'], 'outside --out'],
    [['--profile', 'operational', '--key', 'key'], '--profile limited or deidentified'],
    [['--profile', 'limited', '--words', 'words.json'], '--profile deidentified'],
    [['--profile', 'limited', '--since', '2026-03-01'], '--since is for a server'],
  ])('%j', (argv, cure) => {
    const read = () => readExportOptions([...given, ...argv]);
    expect(read).toThrow(UsageError);
    expect(read).toThrow(cure);
  });
});
