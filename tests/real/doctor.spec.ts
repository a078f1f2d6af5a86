import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConnectionReport } from '#src/domain/connection/report.ts';
import { runCli } from '#tests/cli/run.ts';
import { expect, expectOpen, test } from './real.ts';

test('doctor: with the clinician’s own token, a test patient and a test answer', async ({
  page,
  real,
}) => {
  const { chart } = real;
  const answered = page.waitForResponse(
    (response) => /token/.test(response.url()) && response.request().method() === 'POST',
  );
  await page.goto(await real.launchUrl());
  await expectOpen(page, chart);
  const { access_token } = (await (await answered).json()) as { access_token: string };

  const folder = mkdtempSync(join(tmpdir(), 'doctor-'));
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text, { mode: 0o600 });
    return join(folder, name);
  };
  const common = [
    ...['--iss', real.issuers[0]?.iss ?? '', '--origin', new URL(real.appUrl()).origin],
    ...['--config', file('config.json', JSON.stringify(real.config))],
    ...['--token-file', file('token', access_token), '--write'],
    ...['--patient', chart.patient, '--encounter', chart.encounter, '--user', chart.practitioner],
  ];
  const text = await runCli('doctor', ...common, '--server-words');
  writeFileSync(test.info().outputPath('doctor.txt'), text.out);
  expect(text.err).toBe('');
  const out = join(folder, 'report.json');
  await runCli('doctor', ...common, '--json', '--out', out);
  const report = JSON.parse(readFileSync(out, 'utf8')) as ConnectionReport;
  // What a server announces is its own matter; what it did with the test answer must agree with the
  // journeys, which write too.
  expect(report.about.depth).toBe('written');
  const written = report.results.filter(({ group }) => group === 'write');
  expect(written.map(({ id, status }) => `${id} ${status}`)).toEqual(
    written.map(({ id }) => `${id} pass`),
  );
  expect(report.advice).toContainEqual(
    expect.objectContaining({ setting: 'conditionalCreate', value: true }),
  );
  expect(report.stays).toEqual([]);
});
