import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { exportCommand } from '#src/cli/export.ts';
import { simulateCommand } from '#src/cli/simulate.ts';

/*
 * The package, read by tools that are not ours. They are no part of this project's installation: name
 * an interpreter that has them, as docs/research.md says. A test that did not run says so.
 */
const PYTHON = process.env.CLINICIAN_FEEDBACK_PYTHON ?? 'python3';

const FIND = 'import sys, importlib.util as u; sys.exit(u.find_spec(sys.argv[1]) is None)';
const isThere = (library: string): boolean =>
  spawnSync(PYTHON, ['-c', FIND, library], { stdio: 'ignore' }).status === 0;
const frictionless = isThere('frictionless');
const seismometer = isThere('seismometer');
const NOT_RUN = (library: string) => `NOT RUN: ${library} is not on this machine`;

/** The last line of what a reader prints. */
function told(script: string, folder: string) {
  const ran = spawnSync(PYTHON, [`tests/support/readers/${script}`, folder], { encoding: 'utf8' });
  expect([ran.stderr, ran.status], script).toEqual([expect.anything(), 0]);
  return JSON.parse(ran.stdout.trim().split('\n').at(-1) ?? '');
}

const place = mkdtempSync(join(tmpdir(), 'readers-'));
const packageOf = (profile: string): string => join(place, profile);
const manifestOf = (profile: string) =>
  JSON.parse(readFileSync(join(packageOf(profile), 'manifest.json'), 'utf8'));

beforeAll(async () => {
  if (!frictionless && !seismometer) return;
  const hospital = join(place, 'hospital');
  const simulated = ['--scenario', 'hospital', '--decisions', '150', '--out', hospital];
  expect(await simulateCommand.run(simulated)).toBe(0);
  const source = ['--from', `${hospital}/fhir`, '--settings', `${hospital}/settings.json`];
  for (const profile of ['operational', 'deidentified']) {
    const out = ['--profile', profile, '--out', packageOf(profile)];
    expect(
      await exportCommand.run([...source, '--config', `${hospital}/config.json`, ...out]),
    ).toBe(0);
  }
}, 30_000);

describe.each(['operational', 'deidentified'])('a %s package', (profile) => {
  it('is valid to frictionless, every file, cell and key, with the rows of the manifest', (test) => {
    if (!frictionless) test.skip(NOT_RUN('frictionless'));
    const { failed, rows } = told('frictionless-validate.py', packageOf(profile));
    expect(failed).toEqual([]);
    const { rows: said } = manifestOf(profile);
    const filled = Object.fromEntries(Object.entries(said).filter(([, count]) => count !== 0));
    expect(Object.fromEntries(Object.entries(rows).filter(([, n]) => n !== null))).toEqual(filled);
  });

  it('is opened by seismometer, with every score and with labels of both kinds', (test) => {
    if (!seismometer) test.skip(NOT_RUN('seismometer'));
    const loaded = told('seismometer-load.py', join(packageOf(profile), 'seismometer/model-01'));
    expect(loaded.rows).toBeGreaterThan(30);
    expect(loaded.labels).toEqual([0, 1]);
    expect(loaded.positive).toBeGreaterThan(0);
    expect(loaded.thresholds).toHaveLength(1);
  }, 60_000);
});

it('frictionless says no where a cell is not what the schema says', (test) => {
  if (!frictionless) test.skip(NOT_RUN('frictionless'));
  const path = join(packageOf('operational'), 'csv/decisions.csv');
  writeFileSync(path, readFileSync(path, 'utf8').replaceAll(',overridden,', ',ignored,'));
  const { failed } = told('frictionless-validate.py', packageOf('operational'));
  expect(failed.map(([, type]: readonly string[]) => type)).toContain('constraint-error');
});
