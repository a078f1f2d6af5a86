import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readExportOptions } from '#src/cli/export/options.ts';
import { exportCommand } from '#src/cli/export.ts';
import { metricsCommand } from '#src/cli/metrics.ts';
import { writeSimulation } from '#src/cli/simulate/write.ts';
import { simulate } from '#src/domain/simulate/simulate.ts';

const place = mkdtempSync(join(tmpdir(), 'engine-'));
afterAll(() => rmSync(place, { recursive: true, force: true }));

/** What a clinician may type, and what a spreadsheet must not run; in a few answers of the file. */
const TYPED = ['=cmd|x', "'-1", 'said “no”, "twice"', 'two\nlines', '@here\twide', 'plain'];

function typed(path: string): void {
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  let next = 0;
  const changed = lines.map((line) => {
    const words = TYPED[next];
    if (words === undefined || !line.includes('"recommendation-response"')) return line;
    next++;
    const answer: object = JSON.parse(line);
    return JSON.stringify({ ...answer, note: [{ text: words }] });
  });
  expect(next).toBe(TYPED.length);
  writeFileSync(path, `${changed.join('\n')}\n`);
}

const folder = join(place, 'hospital');
const source = ['--from', join(folder, 'fhir'), '--settings', join(folder, 'settings.json')];
beforeAll(async () => {
  const options = { seed: 5, weeks: 2, perWeek: 60, start: '2026-03-23' };
  const quiet = { check: () => undefined, progress: () => undefined };
  mkdirSync(folder);
  const made = simulate({ ...options, scenario: 'alert-fatigue' });
  await writeSimulation(made, { folder, format: 'csv', decisions: undefined, ...quiet });
  typed(join(folder, 'fhir', 'Observation.ndjson'));
});

async function exported(name: string, ...argv: readonly string[]): Promise<string> {
  const out = join(place, name);
  expect(await exportCommand.run([...source, '--out', out, ...argv])).toBe(0);
  return out;
}
const operational = ['--profile', 'operational', '--with-free-text'];

describe('--engine duckdb', () => {
  it('writes the package that TypeScript writes, and answers alone byte for byte', async () => {
    const ours = await exported('typescript', ...operational);
    const theirs = await exported('duckdb', ...operational, '--engine', 'duckdb');
    const files = readdirSync(join(ours, 'csv'));
    expect(files).toContain('response_units.csv');
    for (const name of ['csv', 'views'].flatMap((part) =>
      readdirSync(join(ours, part)).map((file) => join(part, file)),
    ))
      expect({ [name]: readFileSync(join(theirs, name), 'utf8') }).toEqual({
        [name]: readFileSync(join(ours, name), 'utf8'),
      });
    const alone = await exported(
      'alone',
      ...operational,
      '--engine',
      'duckdb',
      '--only',
      'decisions',
    );
    const answers = readFileSync(join(alone, 'csv/decisions.csv'), 'utf8');
    expect(answers).toContain("'=cmd|x");
    expect(answers).toBe(readFileSync(join(ours, 'csv/decisions.csv'), 'utf8'));
    const manifest = JSON.parse(readFileSync(join(alone, 'manifest.json'), 'utf8'));
    expect(manifest.rows).toEqual({ decisions: answers.split('\r\n').length - 2 });
    expect(readdirSync(place).filter((name) => name.startsWith('.duckdb'))).toEqual([]);
  }, 60_000);

  it('leaves free text out unless it is asked for', async () => {
    const alone = await exported(
      ...['quiet', '--profile', 'operational', '--engine', 'duckdb', '--only', 'decisions'],
    );
    for (const name of readdirSync(alone, { recursive: true, withFileTypes: true }))
      if (name.isFile())
        expect(readFileSync(join(name.parentPath, name.name), 'utf8')).not.toContain('=cmd|x');
  }, 30_000);

  it('protects what leaves under the other profiles', async () => {
    const out = await exported(
      ...['private', '--profile', 'deidentified', '--engine', 'duckdb', '--only', 'decisions'],
    );
    const answers = readFileSync(join(out, 'csv/decisions.csv'), 'utf8');
    expect(answers.split('\r\n').length).toBeGreaterThan(50);
    expect(answers).not.toMatch(/Patient\/|Practitioner\/|2026-0/);
  }, 30_000);

  it('gives the figures that TypeScript gives', async () => {
    const figures = async (...more: readonly string[]) => {
      const out = join(place, `figures-${more.length}.json`);
      await metricsCommand.run([...source, '--json', '--out', out, ...more]);
      return JSON.parse(readFileSync(out, 'utf8'));
    };
    expect(await figures('--engine', 'duckdb')).toEqual(await figures());
  }, 60_000);

  it('is refused where there are no files, and so is what only it can do', () => {
    const given = ['--profile', 'operational', '--out', 'out'];
    const cases = [
      [['--tables', 'folder', '--engine', 'duckdb'], 'reads files'],
      [['--from', 'https://ehr.example.org/fhir', '--engine', 'duckdb'], 'reads files'],
      [['--from', 'folder', '--engine', 'spark'], 'typescript or duckdb'],
      [['--from', 'folder', '--only', 'decisions'], '--engine duckdb'],
      [['--from', 'folder', '--engine', 'duckdb', '--only', 'models'], 'takes decisions'],
    ] as const;
    for (const [argv, words] of cases)
      expect(() => readExportOptions([...argv, ...given])).toThrow(words);
  });
});
