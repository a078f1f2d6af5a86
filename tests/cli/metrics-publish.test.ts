import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MeasureReport } from 'fhir/r4';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { metricsCommand } from '#src/cli/metrics.ts';
import { fromLabelsLibrary } from '#src/fhir/published-labels.fhir.ts';
import { tokensFor } from '#tests/contract/client.ts';
import { HOSTS, type Running } from '#tests/contract/harness.ts';

const GOLDEN = 'tests/golden/tables/one-hospital';

/** Settings as a site would keep them, from those of the golden case. */
function settings(): string {
  const { sites, models, negatives, outcomes } = JSON.parse(
    readFileSync(`${GOLDEN}/settings.json`, 'utf8'),
  );
  const path = join(mkdtempSync(join(tmpdir(), 'publish-')), 'settings.json');
  writeFileSync(path, JSON.stringify({ sites, models, negatives, outcomes }));
  return path;
}
const rows = () => ['--from', GOLDEN, '--settings', settings()];

let told: string;
beforeEach(() => {
  told = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((words) => {
    told += words;
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** In this process: what a command prints goes into a file as well as to a terminal. */
async function run(...argv: readonly string[]): Promise<string> {
  const out = join(mkdtempSync(join(tmpdir(), 'publish-')), 'out.txt');
  expect(await metricsCommand.run([...argv, '--out', out])).toBe(0);
  return readFileSync(out, 'utf8');
}

describe('clinician-feedback metrics on FHIR', () => {
  it('prints figures, and which rule made each label', async () => {
    const out = await run(...rows(), '--only', 'adoption,accuracy-by-encounter');
    expect(out).toMatch(/adoption\n\s+displayed\s+[1-9]/);
    expect(out).toMatch(
      /label 91302008, by rule sepsis-dx \(Condition 91302008\): \d+ yes, \d+ no/,
    );
    expect(out).toMatch(/action antibiotic, by rule antibiotic-given .*: \d+ done/);
  });

  it('prints the rule of a label from a hospital’s own tables as docs/metrics.md shows it', async () => {
    const page = readFileSync('docs/metrics.md', 'utf8');
    const [, example = ''] = /```jsonc\n([\s\S]*?)```/.exec(page) ?? [];
    const own = mkdtempSync(join(tmpdir(), 'own-'));
    writeFileSync(join(own, 'settings.json'), example);
    const head = 'outcome_id,rule,kind,encounter_id,outcome_code,label';
    const outcomes = [
      'o1,sepsis-dx,label,e1,sepsis,true',
      'o2,sepsis-dx,label,e2,sepsis,false',
      'o3,antibiotic-given,action,e1,antibiotic,true',
    ];
    writeFileSync(join(own, 'outcomes.csv'), [head, ...outcomes].join('\n'));
    writeFileSync(
      join(own, 'scores.csv'),
      'score_id,score,threshold,horizon_h,outcome_code\ns1,0.7,0.6,12,sepsis',
    );
    const out = await run('--tables', own, '--settings', join(own, 'settings.json'));
    const made = out.split('\n').filter((line) => line.includes(', by rule '));
    expect(made).toHaveLength(2);
    for (const line of made) expect(page).toContain(`${line}\n`);
  });

  it('publishes into a folder, and says which views have no tables', async () => {
    const folder = join(mkdtempSync(join(tmpdir(), 'publish-')), 'out');
    const out = await run(...rows(), '--publish', folder);
    expect(out).toMatch(/: \d+ reports of \d+ measures\.\n$/);
    const reports = readFileSync(join(folder, 'MeasureReport.ndjson'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line): MeasureReport => JSON.parse(line));
    expect(reports.length).toBeGreaterThan(3);
    expect(reports.every(({ status, type }) => status === 'complete' && type === 'summary')).toBe(
      true,
    );
    const [, labels = ''] = readFileSync(join(folder, 'Library.ndjson'), 'utf8').split('\n');
    const read = fromLabelsLibrary(JSON.parse(labels));
    expect(read.ok && read.value.labels).toContainEqual(
      expect.objectContaining({ rule: 'sepsis-dx', kind: 'label', made: 'Condition 91302008' }),
    );
  });
});

describe('against a server', () => {
  let running: Running;
  beforeAll(async () => {
    const host = HOSTS.find(({ name }) => name === 'http');
    if (!host) throw new Error('no host');
    running = await host.start();
  });
  afterAll(() => running.stop());

  /** A token in the environment, as cron gives it. */
  async function grant(name: string, scope: string): Promise<string> {
    const { access_token } = await tokensFor(running, { scope: `launch openid ${scope}` });
    vi.stubEnv(name, access_token);
    return access_token;
  }

  it('publishes what a folder holds, and nothing the second time', async () => {
    const target = `${running.url}/fhir`;
    const scope = 'user/MeasureReport.crus user/Measure.crs user/Library.crus';
    const token = await grant('CLINICIAN_FEEDBACK_PUBLISH_TOKEN', scope);
    const first = await run(...rows(), '--publish', target);
    expect(first).toMatch(
      /: [1-9]\d* reports new, 0 changed, 0 as they were; \d+ measures new\.\n$/,
    );
    const [, created] = /: (\d+) reports new/.exec(first) ?? [];
    expect(told).toContain('Rules that made the labels');
    const second = await run(...rows(), '--publish', target);
    expect(second).toBe(`${target}: 0 reports new, 0 changed, ${created} as they were.\n`);
    expect(first + told).not.toContain(token);
  });

  it('reads it by search with the token of the environment, and says what it lacks', async () => {
    const from = ['--from', `${running.url}/fhir`, '--only', 'adoption'];
    await expect(run(...from)).rejects.toThrow(/The sign-in has ended\..*CLINICIAN_FEEDBACK_TOKEN/);
    const token = await grant('CLINICIAN_FEEDBACK_TOKEN', 'user/*.rs');
    const out = await run(...from);
    expect(out).toMatch(/^adoption\n/);
    expect(told).toMatch(/^Patient: [1-9]/m);
    expect(out + told).not.toContain(token);
  });

  it('publishes nothing of a part', async () => {
    await grant('CLINICIAN_FEEDBACK_TOKEN', 'user/*.crus');
    const target = `${running.url}/fhir`;
    await expect(run('--from', target, '--cap', '1', '--publish', target)).rejects.toThrow(
      'nothing is published of a part',
    );
    expect(told).toContain('Raise --cap');
  });
});
