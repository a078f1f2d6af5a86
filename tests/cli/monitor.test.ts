import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { runCli } from './run.ts';

const WEEK_MS = 7 * 86_400_000;
const START = Date.parse('2026-01-05T08:00:00Z');
const WEEKS = 18;
const ONSET = 12;
const FIRED = 60;
/** Displays that a device without a network sent weeks later, each with its answer. */
const LATE = 200;

/**
 * A hospital's own log: sixty alerts a week, of which nearly all are opened, and then half of them.
 * @param stored when what nobody seemed to have opened turned out to be opened; absent: never.
 */
function folder(stored?: string): string {
  const path = mkdtempSync(join(tmpdir(), 'monitor-'));
  const rows = Array.from({ length: WEEKS * FIRED }, (_, i) => {
    const week = Math.floor(i / FIRED);
    const at = new Date(START + week * WEEK_MS + (i % FIRED) * 3_600_000).toISOString();
    const seen = i % FIRED < (week < ONSET ? 54 : 30) + (week % 3);
    return { id: `r${i}`, at, seen };
  });
  const shown = rows.filter(({ seen }) => seen);
  const late = stored === undefined ? [] : rows.filter(({ seen }) => !seen).slice(-LATE);
  const write = (name: string, lines: readonly string[]) =>
    writeFileSync(join(path, `${name}.csv`), `${lines.join('\n')}\n`);
  write('recommendations', [
    'recommendation_id,model_id,fired_at',
    ...rows.map(({ id, at }) => `${id},films,${at}`),
  ]);
  write('exposures', [
    'exposure_id,recommendation_id,clinician_id,model_id,displayed_at,recorded_at',
    ...shown.map(({ id, at }, i) => `e${id},${id},c${i % 12},films,${at},${at}`),
    ...late.map(({ id, at }, i) => `e${id},${id},c${i % 12},films,${at},${stored}`),
  ]);
  write('decisions', [
    'decision_id,recommendation_id,clinician_id,model_id,response,decided_at,recorded_at',
    ...shown.map(({ id, at }, i) => `d${id},${id},c${i % 12},films,accepted,${at},${at}`),
    ...late.map(({ id, at }, i) => `d${id},${id},c${i % 12},films,accepted,${at},${stored}`),
  ]);
  write('changes', [
    'change_id,kind,model_id,changed_at,description',
    `c1,interface,films,${new Date(START + (ONSET - 1) * WEEK_MS).toISOString()},The list moved to another tab`,
    `c2,interface,falls,${new Date(START + ONSET * WEEK_MS).toISOString()},Another model`,
  ]);
  return path;
}

describe('clinician-feedback monitor', () => {
  let tables = '';
  beforeAll(() => {
    tables = folder();
  });

  it('says what, since when, how sure and what next, and fails where it is asked to', async () => {
    const { code, out, err } = await runCli(
      'monitor',
      '--tables',
      tables,
      '--fail-on',
      'usage-collapse',
    );
    expect([code, err]).toEqual([1, '']);
    expect(out).toContain('1 signal');
    expect(out).toContain('usage-collapse: Fewer recommendations are looked at');
    expect(out).toContain('since     week of 2026-03-30');
    expect(out).toMatch(
      /seen by somebody, of fired: 5\d\.\d % \(\d+\.\d % to \d+\.\d %\), against 9\d/,
    );
    expect(out).toContain('2026-03-23 interface The list moved to another tab');
    expect(out).not.toContain('Another model');
    expect(out).toContain('Not watched, tables are missing: monitor-alert-rate (scores, outcomes)');
  });

  it('gives JSON for programs; what is not asked for fails nothing', async () => {
    const { code, out } = await runCli(
      'monitor',
      '--tables',
      tables,
      '--json',
      '--fail-on',
      'outlier',
    );
    const report = JSON.parse(out);
    expect(code).toBe(0);
    expect(report.signals).toMatchObject([
      {
        name: 'usage-collapse',
        model_id: 'films',
        since: '2026-03-30',
        current: true,
        changes: ['c1'],
      },
    ]);
  });

  it('looks as on an earlier day', async () => {
    const { code, out } = await runCli(
      'monitor',
      '--tables',
      tables,
      '--as-of',
      '2026-03-31',
      '--fail-on',
      'any',
    );
    expect([code, out]).toEqual([0, expect.stringContaining('2026-03-31: no signal')]);
  });

  it('holds a model against what its site has agreed', async () => {
    const path = mkdtempSync(join(tmpdir(), 'monitor-targets-'));
    const rows = Array.from({ length: 12 * 40 }, (_, i) => {
      const at = new Date(START + Math.floor(i / 40) * WEEK_MS + (i % 40) * 3_600_000);
      return { at: at.toISOString(), fired: i % 4 !== 0, id: `e${i}` };
    });
    writeFileSync(
      join(path, 'scores.csv'),
      `score_id,encounter_id,model_id,score,threshold,fired,scored_at\n${rows
        .map(({ id, at, fired }) => `s${id},${id},falls,${fired ? 0.9 : 0.1},0.5,${fired},${at}`)
        .join('\n')}\n`,
    );
    writeFileSync(
      join(path, 'outcomes.csv'),
      `outcome_id,rule,encounter_id,kind,outcome_code,label,happened_at\n${rows
        .map(({ id, at }) => `o${id},fell,${id},label,fall,true,${at}`)
        .join('\n')}\n`,
    );
    const settings = join(path, 'settings.json');
    const agreed = { acceptable: 0.85, unacceptable: 0.78 };
    writeFileSync(
      settings,
      JSON.stringify({
        sites: [{ site: 'North', timeZone: 'UTC' }],
        targets: [{ model_id: 'falls', sensitivity: agreed }],
      }),
    );
    const asOf = ['--as-of', '2026-06-01', '--fail-on', 'any'];
    const usual = await runCli('monitor', '--tables', path, ...asOf);
    expect([usual.code, usual.out]).toEqual([0, expect.stringContaining('no signal')]);
    const own = await runCli('monitor', '--tables', path, '--settings', settings, ...asOf);
    expect([own.code, own.out]).toEqual([1, expect.stringContaining('low-sensitivity')]);
    expect(own.out).toContain('against 85.0 %');
  });

  it('shows past weeks as they were known: what came later is left out, and said', async () => {
    const path = folder('2026-08-01T00:00:00Z');
    const args = ['--tables', path, '--as-of', '2026-06-01', '--json'];
    const [known, whole] = [
      await runCli('monitor', ...args),
      await runCli('monitor', '--tables', tables, '--as-of', '2026-06-01', '--json'),
    ];
    const { late, ...report } = JSON.parse(known.out);
    expect(late).toBe(2 * LATE);
    expect({ ...report, late: 0 }).toEqual(JSON.parse(whole.out));
    const { out } = await runCli('monitor', ...args.slice(0, -1));
    expect(out).toContain(`Left out, stored after their week had been read: ${2 * LATE} rows`);
  });

  it.each([
    [['--tables', 'x', '--fail-on', 'everything'], '--fail-on takes any, usage-collapse'],
    [['--tables', 'x', '--as-of', 'today'], '--as-of takes a day'],
    [[], 'Give --from DIR'],
  ])('%j is wrong use', async (argv, message) => {
    const { code, err } = await runCli('monitor', ...argv);
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });
});
