import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { build } from 'vite';
import { scenes } from '#tests/support/gallery/scenes.ts';
import { watchNoise } from './stage.ts';

// Every state of the review screen, at every width and in both colour schemes, under the policy of
// the real page. GALLERY_SHOTS=some/dir keeps a picture of each: look at them.
const ORIGIN = 'http://gallery.test';
const SHOTS = process.env.GALLERY_SHOTS;
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

let built: string;

test.beforeAll(async () => {
  built = mkdtempSync(join(tmpdir(), 'gallery-'));
  const configFile = fileURLToPath(new URL('../support/gallery/vite.config.ts', import.meta.url));
  await build({ configFile, logLevel: 'error', build: { outDir: built } });
});

async function open(page: Page, scene: string): Promise<void> {
  await page.goto(`${ORIGIN}/index.html?scene=${scene}`);
  // A page that holds a dialog only has no height of its own.
  await expect(
    page.locator('#root > *, #root dialog').filter({ visible: true }).first(),
  ).toBeVisible();
}

async function serve(page: Page): Promise<void> {
  await page.route(`${ORIGIN}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/favicon.ico') return route.fulfill({ status: 204 });
    const body = readFileSync(join(built, pathname));
    return route.fulfill({ body, contentType: TYPES[extname(pathname)] ?? 'text/plain' });
  });
}

const sidewaysScroll = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

async function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('button, summary, textarea:not([aria-hidden="true"])')]
      .map((one) => ({ name: one.textContent, box: one.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0 && (box.width < 24 || box.height < 24))
      .map(({ name, box }) => `${name} ${box.width}×${box.height}`),
  );
}

/** Names, roles and order in the narrowest panel; elsewhere, what differs there. */
async function findings(page: Page, width: number) {
  // One frame: looked at where it stands, and not through a page of axe's own for each state.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  if (width > 320) axe.withRules(['color-contrast', 'target-size', 'link-in-text-block']);
  const { violations } = await axe.analyze();
  return violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)]);
}

// Each width once and both themes: a theme moves nothing, and a width colours nothing.
for (const [width, colorScheme] of [
  [320, 'light'],
  [480, 'dark'],
  [1280, 'light'],
] as const) {
  test(`every state, ${width} px, ${colorScheme}: axe, reflow, targets, console`, async ({
    browser,
  }) => {
    test.setTimeout(300_000);
    const context = await browser.newContext({
      colorScheme,
      viewport: { width, height: 800 },
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    const noise = watchNoise(page);
    await page.clock.install();
    await serve(page);
    for (const scene of Object.keys(scenes)) {
      await test.step(scene, async () => {
        await open(page, scene);
        // The half second until the buttons are armed: axe does not look at disabled ones.
        await page.clock.runFor(600);
        const found = await findings(page, width);
        expect.soft(found, `${scene}: axe`).toEqual([]);
        expect.soft(await sidewaysScroll(page), `${scene}: sideways scroll`).toBeLessThanOrEqual(0);
        expect.soft(await smallTargets(page), `${scene}: targets`).toEqual([]);
        if (SHOTS) {
          await page.screenshot({
            path: join(SHOTS, `${scene}-${width}-${colorScheme}.png`),
            fullPage: true,
          });
        }
      });
    }
    expect(noise, 'console').toEqual([]);
    await context.close();
  });
}

test('keyboard: override by digit, focus on the group and then on the answer', async ({ page }) => {
  await serve(page);
  await open(page, 'one');
  await page.waitForTimeout(600);
  const card = page.getByRole('article');
  await card.getByRole('button', { name: 'Override', exact: true }).focus();
  await page.keyboard.press('Enter');
  const group = card.getByRole('group', { name: 'Reason for override' });
  await expect(group).toBeFocused();
  await page.waitForTimeout(600);
  await page.keyboard.press('4');
  await expect(card.getByText('I disagree clinically')).toBeVisible();
  await expect(card.getByRole('status')).toHaveText('Saved on this device');
  await expect(card.getByRole('group', { name: /^Overridden/ })).toBeFocused();
});

test('nothing is focused, and Enter right after loading decides nothing', async ({ page }) => {
  await serve(page);
  await page.goto(`${ORIGIN}/index.html?scene=one`);
  await page.getByRole('article').waitFor();
  await page.keyboard.press('Enter');
  await page.waitForTimeout(700);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Accept', exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Undo' })).toHaveCount(0);
});
