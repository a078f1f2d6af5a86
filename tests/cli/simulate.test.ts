import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UsageError } from '#src/cli/command.ts';
import { newFolder } from '#src/cli/simulate/folder.ts';
import { readSimulateOptions } from '#src/cli/simulate/options.ts';
import { ROOT } from '#tests/architecture/source.ts';
import { runCli } from './run.ts';

/** Several processes on a machine that has other things to do. */
const PATIENT_MS = 60_000;

const fresh = () => mkdtempSync(join(tmpdir(), 'simulate-'));
const lines = (path: string) => readFileSync(path, 'utf8').trimEnd().split('\n');

describe('clinician-feedback simulate', () => {
  it(
    'writes FHIR, tables and the truth, and metrics reads both alike',
    async () => {
      const out = join(fresh(), 'hospital');
      const size = ['--decisions', '150', '--weeks', '6', '--seed', '5'];
      const made = await runCli('simulate', '--scenario', 'already-treated', ...size, '--out', out);
      expect(made).toMatchObject({ code: 0, out: '' });
      expect(made.err).toMatch(/^week 1 of 6: \d+ answers\n/);
      expect(readdirSync(join(out, 'fhir')).toSorted()).toEqual([
        'Condition.ndjson',
        'Device.ndjson',
        'Encounter.ndjson',
        'Location.ndjson',
        'Observation.ndjson',
        'Patient.ndjson',
        'Practitioner.ndjson',
        'Procedure.ndjson',
        'RiskAssessment.ndjson',
      ]);
      for (const file of readdirSync(join(out, 'fhir')))
        for (const line of lines(join(out, 'fhir', file)))
          expect(JSON.parse(line).meta.tag).toMatchObject([
            { code: 'HTEST' },
            { code: 'simulated' },
          ]);
      const truth = JSON.parse(readFileSync(join(out, 'truth.json'), 'utf8'));
      const answers = lines(join(out, 'tables', 'decisions.csv')).length - 1;
      expect(answers).toBeGreaterThanOrEqual(150);
      expect(answers).toBeLessThan(300);
      expect(truth).toMatchObject({
        scenario: 'already-treated',
        written: { rows: { decisions: answers } },
      });
      expect(truth.problems).toMatchObject([{ signals: ['reason-concentration'] }]);
      const asked = ['--only', 'adoption,reasons,fatigue', '--json'];
      const settings = ['--settings', join(out, 'settings.json')];
      const [tables, fhir] = await Promise.all([
        runCli('metrics', '--tables', join(out, 'tables'), ...settings, ...asked),
        runCli(
          ...['metrics', '--from', join(out, 'fhir'), ...settings],
          ...['--config', join(out, 'config.json'), ...asked],
        ),
      ]);
      expect([tables.code, fhir.code]).toEqual([0, 0]);
      expect(JSON.parse(fhir.out).metrics).toEqual(JSON.parse(tables.out).metrics);
    },
    PATIENT_MS,
  );

  it(
    'gives the same files for the same seed, also as NDJSON',
    async () => {
      const folder = fresh();
      const run = (name: string) =>
        runCli(
          ...['simulate', '--scenario', 'healthy', '--weeks', '2', '--per-week', '20'],
          ...['--format', 'ndjson', '--start', '2026-03-02', '--out', join(folder, name)],
        );
      const [one, other] = await Promise.all([run('one'), run('other')]);
      expect([one?.code, other?.code]).toEqual([0, 0]);
      const whole = (name: string) =>
        readdirSync(join(folder, name), { recursive: true, encoding: 'utf8' })
          .filter((path) => /\.\w+$/.test(path))
          .toSorted()
          .map((path) => [path, readFileSync(join(folder, name, path), 'utf8')]);
      expect(whole('one')).toEqual(whole('other'));
      expect(lines(join(folder, 'one', 'tables', 'scores.ndjson'))[0]).toMatch(/^\{"score_id":/);
    },
    PATIENT_MS,
  );

  it(
    'leaves nothing where it was stopped',
    async () => {
      const out = join(fresh(), 'stopped');
      const argv = ['simulate', '--scenario', 'healthy', '--weeks', '2000', '--out', out];
      const child = spawn(process.execPath, ['src/cli/main.ts', ...argv], { cwd: ROOT });
      const err: string[] = [];
      const code = await new Promise((resolve, reject) => {
        child.once('error', reject).once('close', resolve);
        child.stderr.on('data', (chunk) => {
          if (err.length === 0) child.kill('SIGINT');
          err.push(String(chunk));
        });
      });
      expect(code).toBe(1);
      expect(err.join('')).toContain('Stopped. Nothing was written.');
      expect([existsSync(out), existsSync(`${out}.partial`)]).toEqual([false, false]);
    },
    PATIENT_MS,
  );

  it(
    'ends with 2 where it was called wrongly',
    async () => {
      const { code, err } = await runCli('simulate', '--scenario', 'doom', '--out', 'x');
      expect(err).toContain('--scenario takes one of silent-death');
      expect(code).toBe(2);
    },
    PATIENT_MS,
  );
});

describe('its options', () => {
  const healthy = ['--scenario', 'healthy', '--out', 'x'];

  it.each([
    [['--out', 'x'], '--scenario takes one of silent-death'],
    [['--scenario', 'healthy'], '--out DIR'],
    [[...healthy, '--format', 'xml'], '--format takes csv or ndjson'],
    [[...healthy, '--weeks', '0'], '--weeks takes a whole number'],
    [[...healthy, '--seed', '1.5'], '--seed takes a whole number'],
    [[...healthy, '--start', '2026-01-07'], '2026-01-05 is the one'],
    [[...healthy, '--start', '2026-02-30'], '--start takes a Monday'],
    [[...healthy, '--decisions', '9', '--weeks', '2', '--per-week', '9'], 'leave one out'],
  ])('%j: says the cure', (argv, words) => {
    expect(() => readSimulateOptions(argv)).toThrow(UsageError);
    expect(() => readSimulateOptions(argv)).toThrow(words);
  });

  it('overwrites nothing', async () => {
    const folder = fresh();
    mkdirSync(join(folder, 'full'));
    writeFileSync(join(folder, 'full', 'mine.txt'), 'mine');
    mkdirSync(join(folder, 'killed.partial'));
    await expect(newFolder(join(folder, 'full'))).rejects.toThrow('is not empty: name another');
    await expect(newFolder(join(folder, 'killed'))).rejects.toThrow('remove it');
    await expect(newFolder(join(folder, 'killed'))).rejects.toThrow(UsageError);
    expect(readdirSync(folder).toSorted()).toEqual(['full', 'killed.partial']);
  });
});
