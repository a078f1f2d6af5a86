import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from './run.ts';

/** Two versions of one model; of the second nothing is left but an answer. */
function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'recall-'));
  const at = '2026-03-02T08:00:00Z';
  const write = (name: string, lines: readonly string[]) =>
    writeFileSync(join(path, `${name}.csv`), `${lines.join('\n')}\n`);
  write('recommendations', [
    'recommendation_id,model_id,model_version,patient_id,fired_at',
    `r1,films,1,p1,${at}`,
    `r2,films,1,p2,${at}`,
    `r3,others,1,p3,${at}`,
  ]);
  write('decisions', [
    'decision_id,recommendation_id,model_id,model_version,patient_id,clinician_id,response,decided_at,recorded_at,is_head',
    `d1,r1,films,1,p1,c1,accepted,${at},${at},true`,
    `d2,r4,films,2,p4,c2,overridden,${at},${at},true`,
  ]);
  return path;
}

describe('clinician-feedback recall', () => {
  it('writes everything that one version touched, and nothing of another', async () => {
    const source = folder();
    const out = join(source, 'recall.ndjson');
    const argv = ['recall', '--tables', source, '--model', 'films', '--version', '1', '--out', out];
    const { code, err } = await runCli(...argv);
    expect([code, err]).toEqual([0, expect.stringContaining('2 recommendations, 2 patients')]);
    const rows = readFileSync(out, 'utf8').trim().split('\n');
    expect(rows.map((line) => JSON.parse(line).patient)).toEqual(['p1', 'p2']);
  });

  it('finds by its answer a recommendation that is gone', async () => {
    const { out } = await runCli('recall', '--tables', folder(), '--model', 'films');
    const rows = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(rows.map(({ recommendation }) => recommendation)).toEqual(['r1', 'r2', 'r4']);
    expect(rows[2]).toMatchObject({
      patient: 'p4',
      answers: [{ by: 'c2', response: 'overridden' }],
    });
  });

  it('asks which model', async () => {
    const { code, err } = await runCli('recall', '--tables', '.');
    expect([code, err]).toEqual([2, expect.stringContaining('--model ID')]);
  });
});
