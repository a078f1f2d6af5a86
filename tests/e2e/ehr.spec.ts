import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, openPatient, signIn, test } from './stage.ts';

const frames = (page: Page) => page.locator('iframe[title="AI recommendations"]');
const shown = (page: Page) => page.locator('iframe[title="AI recommendations"]:visible');

async function expectNoFindings(page: Page, where: string): Promise<void> {
  // The framed app is checked by its own tests.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().exclude('iframe').analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow, `${where} scrolls sideways`).toBeLessThanOrEqual(0);
}

test.describe('sandbox EHR page', () => {
  test('lists who lies in a bed, by unit', async ({ page, stage }) => {
    await signIn(page, stage);
    const open = page.getByRole('button', { name: /^Open / });
    await expect(open.first()).toBeVisible();
    const all = await open.count();
    expect(all).toBeGreaterThanOrEqual(16);
    await page.getByRole('combobox', { name: 'Unit' }).selectOption({ label: 'Intensive Care' });
    expect(await open.count()).toBeLessThan(all);
    await expect(page.getByText('Sandbox EHR – synthetic patients')).toBeVisible();
  });

  test('gives the app exactly the width that the panel says', async ({ page, stage }) => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await signIn(page, stage);
    await openPatient(page, 'Hanna Kowalska');
    const address = await shown(page).getAttribute('src');
    for (const width of [320, 480]) {
      await page.getByRole('button', { name: `${width} px` }).click();
      expect((await shown(page).boundingBox())?.width).toBe(width);
    }
    await page.getByRole('button', { name: 'Full tab' }).click();
    expect((await shown(page).boundingBox())?.width).toBeGreaterThan(1000);
    expect(await shown(page).getAttribute('src'), 'no new launch by resizing').toBe(address);
    await page.getByRole('button', { name: 'Reload panel' }).click();
    await expect(shown(page)).not.toHaveAttribute('src', address ?? '');
  });

  test('keeps two charts apart: a launch and a frame each, one on the screen', async ({
    page,
    stage,
  }) => {
    await signIn(page, stage);
    await openPatient(page, 'Hanna Kowalska');
    await page.getByRole('button', { name: 'Patient list' }).click();
    await expect(shown(page)).toHaveCount(0);
    await openPatient(page, 'Hania Kowalska');
    await expect(frames(page)).toHaveCount(2);
    await expect(shown(page)).toHaveCount(1);
    const addresses = await frames(page).evaluateAll((all) =>
      all.map((one) => one.getAttribute('src')),
    );
    expect(new Set(addresses).size).toBe(2);
    await page.getByRole('button', { name: 'Close chart of Hania Kowalska' }).click();
    await expect(frames(page)).toHaveCount(1);
    await expect(shown(page), 'closing never slides to another patient').toHaveCount(0);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect(frames(page)).toHaveCount(0);
    await expect(page.getByRole('heading', { name: 'Sign in as' })).toBeVisible();
  });

  test('opens and leaves a chart by keyboard alone', async ({ page, stage }) => {
    await signIn(page, stage);
    const open = page.getByRole('button', { name: 'Open Hanna Kowalska' });
    await open.focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('article', { name: 'Chart of Hanna Kowalska' })).toBeVisible();
    await expect(page.getByRole('main')).toBeFocused();
    await page.getByRole('tab', { name: 'Summary' }).focus();
    await page.keyboard.press('ArrowRight');
    await expect(page.getByRole('tab', { name: 'Vitals & labs' })).toBeFocused();
    await expect(page.getByRole('table').first()).toBeVisible();
    await page.getByRole('button', { name: 'Sandbox tools' }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog', { name: 'Sandbox tools' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Sandbox tools' })).toBeFocused();
  });

  for (const [width, colorScheme] of [
    [1280, 'light'],
    [1280, 'dark'],
    [480, 'dark'],
    [320, 'light'],
  ] as const)
    test(`has no findings at ${width} px, ${colorScheme}`, async ({ page, stage }) => {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      await page.goto(stage.ehrUrl);
      await expect(page.getByRole('heading', { name: 'Sign in as' })).toBeVisible();
      await expectNoFindings(page, 'sign-in');
      await signIn(page, stage);
      await expect(page.getByRole('button', { name: 'Open Hanna Kowalska' })).toBeVisible();
      await expectNoFindings(page, 'list');
      await openPatient(page, 'Hanna Kowalska');
      if (width < 800) await page.getByRole('button', { name: 'Chart', exact: true }).click();
      for (const name of ['Summary', 'Vitals & labs', 'Medications', 'Notes']) {
        await page.getByRole('tab', { name }).click();
        await expect(page.getByRole('tabpanel').getByText('Loading…')).toHaveCount(0);
        await expectNoFindings(page, name);
      }
      await page.getByRole('button', { name: 'Sandbox tools' }).click();
      await expect(page.getByText(/\d+ found/)).toBeVisible();
      await expectNoFindings(page, 'tools');
    });
});
