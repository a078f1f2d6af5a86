import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { reportAsText } from '#src/domain/connection/report-text.ts';
import { runCli } from '#tests/cli/run.ts';
import { type CheckStage, startChecks } from '#tests/support/connection.ts';

const guide = readFileSync('docs/connection-check.md', 'utf8');
const [, run = '', lossy = '', losses = ''] = [...guide.matchAll(/^```\n([\s\S]*?)^```$/gm)].map(
  ([, text = '']) => text,
);

let stage: CheckStage;
afterEach(() => stage?.running.stop());

/** "Read back" of "  FAIL  Read back: stored in part …". */
const titles = (text: string) =>
  [...text.matchAll(/^ {2}(?:pass|WARN|FAIL|skip) {2}(.+?): /gm)].map(([, title = '']) => title);

describe('docs/connection-check.md', () => {
  it('shows a run as it really is: every check, in its order', async () => {
    stage = await startChecks();
    const really = reportAsText(await stage.run({ write: true }));
    expect(titles(run)).toEqual(titles(really));
  });

  it('shows what a lossy server really loses', async () => {
    stage = await startChecks({ vendor: 'lossy' });
    const really = reportAsText(await stage.run({ write: true }));
    const found = really.slice(
      really.indexOf('A test answer\n'),
      really.indexOf('Where answers go'),
    );
    expect(lossy.trim()).toBe(found.trim());
    for (const line of losses.split('\n').filter((one) => one.startsWith('  - ')))
      expect(really).toContain(line);
  });

  it('names every option', async () => {
    const { out } = await runCli('doctor', '--help');
    const options = [...out.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, option = '']) => option);
    expect(options.length).toBeGreaterThan(10);
    for (const option of options) expect(guide).toContain(`\`${option}`);
  });
});
