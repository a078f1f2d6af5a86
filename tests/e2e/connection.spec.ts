import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, type Stage, test } from './stage.ts';

// The refusals that the check provokes on purpose are errors in a browser's console.
test.use({ expectedNoise: /status of (400|401|403|404|412)/ });

const row = (page: Page, title: string) =>
  page.getByRole('row').filter({ has: page.getByText(title, { exact: true }) });

const ended = (page: Page) =>
  expect(page.getByRole('status')).toHaveText(
    /^\d+ passed, \d+ warnings?, \d+ failed, \d+ skipped\.$/,
  );

const testAnswersOf = (server: Stage['sandbox']) =>
  server
    .list('Observation')
    .filter(({ meta }) => meta?.tag?.some(({ code }) => code === 'connection-check'))
    .map(({ status }) => status);

async function violations(page: Page): Promise<unknown[]> {
  const { violations: found } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return found.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
}

test('the connection check: open to anybody, then signed in, then with a test answer, by keyboard', async ({
  page,
  stage,
}) => {
  await page.goto(`${stage.appUrl}connection`);
  await expect(page).toHaveTitle('Connection check');
  await page.getByRole('button', { name: 'Check without signing in' }).click();
  await ended(page);
  await expect(row(page, 'PKCE')).toContainText('Passed');
  await expect(row(page, 'Canonical base')).toContainText('Failed');
  await expect(page.getByRole('button', { name: /Write a test answer/ })).toHaveCount(0);

  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByLabel('Patient').selectOption('sepsis');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText(/^Signed in, with KOWALSKA, Hanna open/)).toBeVisible();
  expect(page.url()).not.toContain('code=');
  await page.getByRole('button', { name: 'Run the checks that only read' }).press('Enter');
  await ended(page);
  await expect(row(page, 'Refresh')).toContainText('the token was renewed');
  await expect(row(page, 'Observation by identifier')).toContainText('Passed');
  expect(testAnswersOf(stage.sandbox)).toEqual([]);

  await page
    .getByRole('button', { name: /^Write a test answer to test patient KOWALSKA/ })
    .press('Enter');
  await expect(page.getByRole('group', { name: 'Write to KOWALSKA, Hanna?' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: /is a test patient: write$/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await ended(page);
  await expect(row(page, 'Read back')).toContainText('all there');
  await expect(row(page, 'Retract')).toContainText('2 test answers retracted');
  await expect(page.getByText('"conditionalCreate": true')).toBeVisible();
  expect(testAnswersOf(stage.sandbox)).toEqual(['entered-in-error', 'entered-in-error']);
  expect(await violations(page), 'axe').toEqual([]);

  for (const button of ['Save as JSON', 'Save the file for the vendor']) {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: button }).click();
    const file = await readFile(await (await download).path(), 'utf8');
    expect(file).toContain('Conditional create');
    expect(file).not.toMatch(/KOWALSKA|Kowalska|sepsis|Bearer|eyJ/);
  }
});

test('at every width and in both colour schemes: axe, and nothing to scroll sideways', async ({
  page,
  stage,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(`${stage.appUrl}connection`);
  await page.getByRole('button', { name: 'Check without signing in' }).click();
  await ended(page);
  for (const width of [320, 480, 1280])
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height: 900 });
      // Else axe may look while a button's colour is on its way to the other scheme.
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect(await violations(page), `${width} px, ${colorScheme}`).toEqual([]);
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(sideways, `${width} px`).toBeLessThanOrEqual(0);
    }
});

test('is reached on a plain web server too: a folder, and a parameter', async ({ page, stage }) => {
  await page.goto(`${stage.appUrl}connection/`);
  await expect(page.getByRole('heading', { name: 'Connection check' })).toBeVisible();
  expect(page.url()).toBe(`${stage.appUrl}index.html?page=connection`);
});

test.describe('with a hospital store that has a sign-in of its own', () => {
  test.use({ stageOptions: { store: { auth: 'smart' } } });

  test('signs in to both, and writes to the store alone', async ({ page, stage }) => {
    await page.goto(`${stage.appUrl}index.html?page=connection`);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByLabel('Patient').selectOption('sepsis');
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect(page).not.toHaveURL(new RegExp(`^${stage.ehrUrl}`));
    const option = page.getByLabel('Patient').locator('option', { hasText: 'Hanna Kowalska' });
    await page.getByLabel('Patient').selectOption(await option.getAttribute('value'));
    await page.getByRole('button', { name: 'Continue' }).click();

    await page.getByRole('button', { name: /^Write a test answer/ }).click();
    await page.getByRole('button', { name: /is a test patient: write$/ }).click();
    await ended(page);
    await expect(row(page, 'Store: the same patient')).toContainText('found by identifier');
    await expect(row(page, 'Store: Read back')).toContainText('all there');
    await expect(row(page, 'Create')).toContainText('no answer goes here');
    expect(testAnswersOf(stage.sandbox)).toEqual([]);
    expect(stage.store && testAnswersOf(stage.store.sandbox)).toEqual([
      'entered-in-error',
      'entered-in-error',
    ]);
  });
});
