import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { AuditEvent, Observation } from 'fhir/r4';
import { expectValid } from './fhir-reader.ts';
import { unzipped } from './package-reader.ts';
import { expect, type Stage, test } from './stage.ts';

// A small hospital with some weeks behind it.
test.use({ stageOptions: { scenario: 'hospital', past: { weeks: 4, perWeek: 60 } } });

const PURPOSE = 'Study 42, approved by the board';

const isAnswer = ({ code }: Observation): boolean =>
  code.coding?.some((one) => one.code === 'recommendation-response') ?? false;

async function openExport(page: Page, stage: Stage): Promise<void> {
  await stage.published;
  await page.goto(`${stage.appUrl}export/`);
  await page.getByRole('button', { name: 'Sign in to Sandbox EHR' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('button', { name: 'Count' })).toBeDisabled();
  await page.getByLabel('Purpose').fill(PURPOSE);
}

async function count(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Count' }).click();
  await expect(page.getByRole('table', { name: 'Rows by table' })).toBeVisible({ timeout: 20_000 });
}

test('a de-identified package holds what the server has, and its export is on record before it is offered', async ({
  page,
  stage,
}) => {
  await openExport(page, stage);
  expect(page.url()).not.toContain('code=');
  await count(page);
  const answers = stage.sandbox.list('Observation').filter(isAnswer);
  expect(answers.length).toBeGreaterThan(50);
  const rows = page.getByRole('table', { name: 'Rows by table' });
  await expect(rows.getByRole('row', { name: /^decisions/ })).toContainText(
    answers.length.toLocaleString('en'),
  );
  await page.getByText(/^decisions: 20 of/).click();
  await expect(page.getByRole('table', { name: 'Some rows of decisions' })).toContainText(
    /patient-[0-9a-f]{18}/,
  );
  await axeAtWidths(page);

  expect(stage.sandbox.list('AuditEvent')).toEqual([]);
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const offer = page.getByRole('button', { name: 'Download' });
  await expect(offer).toBeVisible({ timeout: 20_000 });
  const [event, ...others] = stage.sandbox.list('AuditEvent') as AuditEvent[];
  expect(others).toEqual([]);

  const downloading = page.waitForEvent('download');
  await offer.click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('clinician-feedback-deidentified.zip');
  const files = unzipped(await download.path());
  const manifest = JSON.parse(files['manifest.json'] ?? '') as {
    profile: string;
    rows: Record<string, number>;
  };
  expect(manifest.profile).toBe('deidentified');
  expect(manifest.rows.decisions).toBe(answers.length);
  expect(files['csv/decisions.csv']?.trim().split('\r\n')).toHaveLength(answers.length + 1);
  const whole = JSON.stringify(files);
  for (const { id } of stage.sandbox.list('Patient')) expect(whole).not.toContain(`"${id}"`);
  expect(whole).not.toContain(PURPOSE);

  expectValid(event);
  expect(event?.purposeOfEvent).toEqual([{ text: PURPOSE }]);
  const person = event?.agent.find(({ requestor }) => requestor)?.who?.reference;
  expect(person).toMatch(/^Practitioner\//);
  const recorded = event?.entity?.map(({ name, detail }) => [name, detail?.[0]?.valueString]);
  expect(recorded).toContainEqual(['decisions', String(answers.length)]);
  expect(recorded).toContainEqual(['research package', 'deidentified']);
  // Nothing stays but the download; the trail's record waits, sealed, where answers do.
  const kept = await page.evaluate(async () => [
    (await indexedDB.databases()).filter(({ name }) => name !== 'clinician-feedback-outbox').length,
    (await caches.keys()).length,
    Object.keys(localStorage).length,
  ]);
  expect(kept).toEqual([0, 0, 0]);
});

test('a file of the site says which words may stay; one with mistakes is refused', async ({
  page,
  stage,
}) => {
  await openExport(page, stage);
  const device = stage.sandbox
    .list('Device')
    .map(({ identifier }) => identifier?.[0]?.value)
    .find((value) => value !== undefined);
  const choose = (name: string, content: unknown) =>
    page.getByLabel('Site settings (optional)').setInputFiles({
      name,
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(content)),
    });
  const sites = [{ site: 'North', timeZone: 'Europe/Berlin' }];
  await choose('wrong.json', { sites: [{ site: 'North', timeZone: 'Mars/Base' }] });
  await expect(page.getByRole('alert')).toContainText('sites[0].timeZone');
  await choose('settings.json', { sites, models: [{ model_id: device }] });
  await expect(page.getByText('1 model and 0 rules for outcomes.')).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await count(page);
  await page.getByText(/^scores: 20 of/).click();
  const scores = page.getByRole('table', { name: 'Some rows of scores' });
  await expect(scores).toContainText(device ?? 'no device');
  await expect(scores).toContainText(/site-[0-9a-f]{18}/);
  await axeAtWidths(page);
});

test.describe('without a network', () => {
  test.use({ expectedNoise: /Failed to load resource|ERR_/ });

  test('there is no export, and the cure is said; then it goes on', async ({ page, stage }) => {
    await openExport(page, stage);
    stage.sandbox.faults.add({ path: '/fhir/Observation*', effect: { kind: 'offline' } });
    await page.getByRole('button', { name: 'Count' }).click();
    await expect(page.getByRole('alert')).toContainText('Check the network, then count again');
    await expect(page.getByRole('button', { name: 'Export', exact: true })).toBeDisabled();
    stage.sandbox.faults.clear();
    await count(page);
    await expect(page.getByRole('alert')).toHaveCount(0);
  });
});

test.describe('where it cannot be', () => {
  test.use({ expectedNoise: /403|Failed to load resource/ });

  test('no record, no download; and what may not be read is said', async ({ page, stage }) => {
    await openExport(page, stage);
    stage.sandbox.faults.add({
      method: 'GET',
      path: '/fhir/RiskAssessment*',
      effect: { kind: 'status', status: 403 },
    });
    await page.getByLabel('First day').fill('2019-01-01');
    await page.getByLabel('Last day').fill('2019-01-31');
    await count(page);
    const warnings = page.getByRole('list');
    await expect(warnings).toContainText('No answers were found in this period');
    await expect(warnings).toContainText('Ask for user/RiskAssessment.rs');

    stage.sandbox.faults.add({
      method: 'POST',
      path: '/fhir/AuditEvent*',
      effect: { kind: 'status', status: 403 },
    });
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await expect(page.getByRole('alert')).toContainText(
      'could not be stored, so there is no download',
    );
    await expect(page.getByRole('button', { name: 'Download' })).toHaveCount(0);
    await expect(page.getByLabel('Include free text')).toHaveCount(0);
    await page.getByLabel('Limited data set').check();
    await expect(page.getByLabel('Include free text')).not.toBeChecked();
  });
});

async function axeAtWidths(page: Page): Promise<void> {
  for (const width of [480, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    const over = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(over, `scrolls sideways at ${width}`).toBe(0);
  }
}
