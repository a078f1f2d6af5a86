import type { Locator, Page } from '@playwright/test';
import { launchAddress } from '#tests/support/launch-address.ts';
import { expect, type Stage, test } from './stage.ts';

// The answer sticks to the bottom of the screen while its card is longer than the screen. It must be
// there, hide nothing that has the keyboard, and stay out of the way where there is no room for it.
const SEPSIS = /Start the sepsis bundle/;

async function openCard(page: Page, stage: Stage, width: number, height: number) {
  await page.setViewportSize({ width, height });
  await page.goto(await launchAddress(stage, { patient: 'sepsis' }));
  const card = page.getByRole('article', { name: SEPSIS });
  await expect(card.getByText('Platelets')).toBeAttached();
  return card;
}

const answer = (card: Locator, name: string) => card.getByRole('button', { name, exact: true });

/** Nothing else lies over the middle of what has the keyboard. */
const focusIsCovered = (page: Page) =>
  page.evaluate(() => {
    const active = document.activeElement;
    if (!active || active === document.body) return false;
    const { left, right, top, bottom } = active.getBoundingClientRect();
    const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    return !(hit !== null && (active.contains(hit) || hit.contains(active)));
  });

for (const [width, height] of [
  [480, 705],
  [320, 720],
  [1280, 800],
] as const) {
  test(`all four answers are in sight, unscrolled, at ${width} × ${height}`, async ({
    page,
    stage,
  }) => {
    const card = await openCard(page, stage, width, height);
    for (const name of ['Accept', 'Override', 'Accept with changes', 'Defer'])
      await expect(answer(card, name)).toBeInViewport({ ratio: 1 });
    await expect(card.getByText(/By this model/)).toBeInViewport({ ratio: 1 });
  });
}

test('scrolling neither moves the answer away nor disarms it', async ({ page, stage }) => {
  const card = await openCard(page, stage, 320, 720);
  const accept = answer(card, 'Accept');
  await expect(accept).not.toHaveAttribute('aria-disabled');
  const before = await accept.boundingBox();
  // Looked at in the same moment: half a second later nobody could tell.
  const armed = await accept.evaluate(async (button) => {
    scrollBy(0, 60);
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    return { disabled: button.ariaDisabled, scrolled: scrollY };
  });
  expect(armed).toEqual({ disabled: null, scrolled: 60 });
  expect((await accept.boundingBox())?.y).toBe(before?.y);
});

test('what has the keyboard is never under the answer, nor under the banner', async ({
  page,
  stage,
}) => {
  await openCard(page, stage, 320, 720);
  const stops: string[] = [];
  for (const key of ['Tab', 'Shift+Tab']) {
    for (let step = 0; step < 14; step += 1) {
      await page.keyboard.press(key);
      stops.push((await page.evaluate(() => document.activeElement?.textContent)) ?? '');
      expect(await focusIsCovered(page), `${key}: ${stops.at(-1)}`).toBe(false);
    }
  }
  expect(stops).toContain('About this model');
});

test('on a low screen, as at 400 % zoom, it lies where it belongs', async ({ page, stage }) => {
  const card = await openCard(page, stage, 320, 500);
  await expect(answer(card, 'Accept')).not.toBeInViewport();
  await answer(card, 'Accept').scrollIntoViewIfNeeded();
  await expect(answer(card, 'Accept')).toBeInViewport({ ratio: 1 });
});
