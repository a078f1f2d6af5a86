import {
  test as base,
  type ConsoleMessage,
  expect,
  type FrameLocator,
  type Locator,
  type Page,
} from '@playwright/test';
import { startStage } from '#src/cli/stage.ts';
import type { StageOptions } from '#src/cli/stage-options.ts';

export type Stage = Awaited<ReturnType<typeof startStage>>;

interface Fixtures {
  /** What the stage is started with; `test.use({ stageOptions: … })` changes it. */
  stageOptions: Partial<StageOptions>;
  stage: Stage;
  /** Console errors that this test provokes; anything else fails it. */
  expectedNoise: RegExp;
  /** The page's clock can be moved on (`undoTimePasses`): for tests that are not about the wait. */
  movableClock: boolean;
}

/**
 * A sandbox of its own for every test, on free ports: no test sees another's answers. Noise fails:
 * an unexpected console error, page error or CSP violation is a defect.
 */
export const test = base.extend<Fixtures>({
  stageOptions: [{}, { option: true }],
  expectedNoise: [/^never$/, { option: true }],
  stage: async ({ stageOptions }, use) => {
    const stage = await startStage({ port: 0, seed: 1, ...stageOptions });
    await use(stage);
    await stage.close();
  },
  movableClock: [false, { option: true }],
  page: async ({ page, expectedNoise, movableClock }, use) => {
    if (movableClock) await page.clock.install();
    const noise = watchNoise(page, expectedNoise);
    await use(page);
    expect(noise, 'console errors').toEqual([]);
  },
});

export { expect };

export function watchNoise(page: Page, expected = /^never$/): string[] {
  const noise: string[] = [];
  const note = (text: string) => {
    if (!expected.test(text)) noise.push(text);
  };
  page.on('console', (message: ConsoleMessage) => {
    if (message.type() === 'error') note(`${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => note(String(error)));
  return noise;
}

/** Signs in to the sandbox EHR as the `n`-th clinician. */
export async function signIn(page: Page, stage: Stage, clinician: RegExp = /./): Promise<void> {
  await page.goto(stage.ehrUrl);
  await page.getByRole('button', { name: clinician }).first().click();
}

/** The ten seconds in which an answer can be undone are over, and it is sent. Needs `movableClock`. */
export async function expectSent(page: Page, card: Locator): Promise<void> {
  const status = card.getByRole('status');
  await expect(status).toContainText('Saved on this device');
  await page.clock.fastForward(10_000);
  await expect(status).toContainText('Sent');
}

/** Opens a patient's chart from the ward list; the app launches in the side panel. */
export async function openPatient(page: Page, name: string | RegExp): Promise<FrameLocator> {
  const button =
    typeof name === 'string'
      ? page.getByRole('button', { name: `Open ${name}`, exact: true })
      : page.getByRole('button', { name });
  await button.first().click();
  const app = appFrame(page);
  await expect(app.getByRole('region', { name: 'Patient' })).toBeVisible();
  return app;
}

export const appFrame = (page: Page): FrameLocator =>
  page.frameLocator('iframe[title="AI recommendations"]:visible');
