import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import edrees from '#tests/golden/published/edrees-2020.json';
import wong from '#tests/golden/published/wong-2021.json';
import { runCli } from './run.ts';

/** A folder with these files. */
function folder(files: Readonly<Record<string, string>>): string {
  const path = mkdtempSync(join(tmpdir(), 'metrics-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return path;
}

/** What a hospital's own log may look like: answers of thirteen clinicians, and nothing else. */
const ANSWERS = Array.from({ length: 130 }, (_, i) => ({
  decision_id: `d${i}`,
  recommendation_id: `r${i}`,
  clinician_id: `c${i % 13}`,
  model_id: i % 2 === 0 ? 'sepsis' : 'falls',
  response: i % 4 === 0 ? 'overridden' : 'accepted',
  reason_code: i % 4 === 0 ? 'action-completed' : '',
  decided_at: `2026-03-${String(1 + (i % 28)).padStart(2, '0')}T08:00:00+01:00`,
  reason_display: 'Done, "already"\nby the night shift',
}));
const NAMES = Object.keys(ANSWERS[0] ?? {});
const quoted = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const csv = [
  NAMES.join(','),
  ...ANSWERS.map((row) => Object.values(row).map(quoted).join(',')),
].join('\r\n');
const ndjson = ANSWERS.map((row) => JSON.stringify(row)).join('\n');

interface Printed {
  readonly metric: string;
  readonly figure: string;
  readonly slice?: string;
  readonly value: string;
  readonly low?: string;
  readonly high?: string;
}

describe('clinician-feedback metrics', () => {
  it.each([
    ['wong-2021', wong.printed as Printed[]],
    ['edrees-2020', edrees.printed as Printed[]],
  ])('prints what %s printed', async (study, printed) => {
    const { code, out, err } = await runCli('metrics', '--published', study);
    expect([code, err]).toEqual([0, '']);
    for (const { metric, figure, slice, value, low, high } of printed) {
      if (slice !== undefined) continue;
      const section = out.split('\n\n').find((part) => part.startsWith(`${metric}\n`)) ?? '';
      const line = section.split('\n').find((each) => each.trim().startsWith(`${figure} `)) ?? '';
      expect(line).toMatch(new RegExp(`${figure}\\s+${value.replace('.', '\\.')}`));
      if (low) expect(line).toContain(`${low} to ${high}`);
    }
  });

  it('cuts by what is asked, in text and in JSON', async () => {
    const argv = [
      'metrics',
      '--published',
      'edrees-2020',
      '--only',
      'adoption',
      '--by',
      'risk-band',
    ];
    const text = await runCli(...argv);
    expect(text.out).toMatch(/risk-band highest\n[\s\S]*override of decided\s+87\.3 %/);
    const { out } = await runCli(...argv, '--json');
    const found = JSON.parse(out) as {
      version: number;
      metrics: {
        name: string;
        slices: { slice: object; figures: { name: string; value?: number }[] }[];
      }[];
    };
    expect(found.version).toBe(1);
    expect(found.metrics.map(({ name }) => name)).toEqual(['adoption']);
    expect(found.metrics[0]?.slices.map(({ slice }) => slice)).toEqual([
      { 'risk-band': 'highest' },
      { 'risk-band': 'other' },
    ]);
  });

  it('reads a log of answers alone, as CSV and as NDJSON, and says what it lacks', async () => {
    const [fromCsv, fromNdjson] = await Promise.all(
      [{ 'decisions.csv': csv }, { 'decisions.ndjson': ndjson }].map((files) =>
        runCli(
          'metrics',
          '--tables',
          folder(files),
          '--by',
          'model',
          '--time-zone',
          'Europe/Berlin',
        ),
      ),
    );
    expect([fromCsv?.code, fromCsv?.err]).toEqual([0, '']);
    expect(fromNdjson?.out).toBe(fromCsv?.out);
    expect(fromCsv?.out).toMatch(/model sepsis\n\s+displayed\s+65\n/);
    expect(fromCsv?.out).toMatch(/acceptance of decided\s+\d+\.\d %\s+\S+ % to \S+ %\s+32\/65/);
    expect(fromCsv?.out).toContain('accuracy-by-alert: absent, needs scores, outcomes');
  });

  it('writes to a file', async () => {
    const out = join(folder({}), 'report.json');
    const ran = await runCli('metrics', '--published', 'wong-2021', '--json', '--out', out);
    expect([ran.code, ran.out]).toEqual([0, '']);
    expect(JSON.parse(readFileSync(out, 'utf8'))).toMatchObject({ version: 1, windowHours: 24 });
  });

  it.each([
    [['metrics'], 'either --from DIR|URL, --tables DIR or --published'],
    [['metrics', '--published', 'nobody'], '--published takes wong-2021 or edrees-2020'],
    [['metrics', '--published', 'wong-2021', '--by', 'moon'], '--by takes model, version'],
    [['metrics', '--published', 'wong-2021', '--only', 'moon'], '--only takes adoption'],
    [['metrics', '--published', 'wong-2021', '--window-hours', '0'], '--window-hours'],
    [['metrics', '--published', 'wong-2021', '--time-zone', 'Mars'], '--time-zone'],
  ])('refuses wrong use: %j', async (argv, words) => {
    const { code, out, err } = await runCli(...argv);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(words);
  });

  it.each([
    ['no folder', undefined, 'could not be read'],
    ['no table', { 'notes.txt': '' }, 'holds no table'],
    [
      'a wrong word',
      { 'decisions.csv': csv.replace('overridden', 'secret-word') },
      'line 2: response must be one of',
    ],
    [
      'a missing column',
      { 'decisions.csv': csv.replace('response,', 'answer,') },
      'response must not be empty',
    ],
    ['a torn line', { 'decisions.csv': `${csv}\r\na,b` }, 'cells, and the header has'],
    ['no JSON', { 'decisions.ndjson': '{"decision_id"' }, 'line 1: no JSON'],
    ['Parquet', { 'decisions.parquet': '' }, 'no Parquet file'],
  ])('fails with words where there is %s', async (_, files, words) => {
    const { code, out, err } = await runCli(
      'metrics',
      '--tables',
      files ? folder(files) : '/nowhere',
    );
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain(words);
    expect(err).not.toContain('secret-word');
  });

  it('explains itself', async () => {
    const { code, out } = await runCli('metrics', '--help');
    expect(code).toBe(0);
    for (const option of ['--tables', '--published', '--by', '--only', '--json', 'docs/metrics.md'])
      expect(out).toContain(option);
  });
});
