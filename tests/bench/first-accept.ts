import type { Page } from '@playwright/test';
import type { Stage } from '#tests/e2e/stage.ts';
import { launchAddress } from '#tests/support/launch-address.ts';
import { ARMING_MS } from './marks.ts';

/** The first card's `Accept`, on a page of the app by itself, once it takes a click. */
export async function firstAccept(page: Page, stage: Stage) {
  await page.goto(await launchAddress(stage, { patient: 'sepsis' }));
  const button = page.getByRole('button', { name: 'Accept', exact: true }).first();
  await button.waitFor();
  await page.waitForTimeout(ARMING_MS + 300);
  return button;
}
