import type { Locator, Page } from '@playwright/test';
import { responsesOf } from './fhir-reader.ts';
import { MortalBrowser } from './mortal-browser.ts';
import { expect, openPatient, type Stage, signIn, test, watchNoise } from './stage.ts';

// What a clinician typed and did not send is no answer: it comes back to its own user and patient
// after a crash, is shown to nobody else, and is never sent.
const TITLE = /Start the sepsis bundle/;
const WORDS = 'Half a thought, typed before the power went';

test.describe.configure({ timeout: 180_000 });

async function open(page: Page, stage: Stage, clinician?: RegExp, patient = 'Hanna Kowalska') {
  await signIn(page, stage, clinician);
  const app = await openPatient(page, patient);
  await expect(app.getByRole('article').first()).toBeVisible();
  return app.getByRole('article', { name: TITLE });
}

const comment = (card: Locator) => card.getByRole('textbox', { name: 'Comment' });

/** Bytes of what lies sealed on the shelf of drafts, each. */
async function sealedSizes(page: Page, stage: Stage): Promise<number[]> {
  const frame = page.frames().find((one) => one.url().startsWith(stage.appUrl));
  return await (frame ?? page.mainFrame()).evaluate(
    () =>
      new Promise<number[]>((resolve, reject) => {
        const opening = indexedDB.open('clinician-feedback-outbox');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const asked = opening.result.transaction('drafts').objectStore('drafts').getAll();
          asked.onsuccess = () => {
            opening.result.close();
            resolve(
              (asked.result as { sealed: { data: ArrayBuffer } }[]).map(
                ({ sealed }) => sealed.data.byteLength,
              ),
            );
          };
        };
      }),
  );
}

/** Opens Override, types, and waits until the device has the words. */
async function type(page: Page, stage: Stage, card: Locator): Promise<void> {
  await card.getByRole('button', { name: 'Override', exact: true }).click();
  await expect(comment(card)).toBeVisible();
  await expect.poll(() => sealedSizes(page, stage)).toHaveLength(1);
  const [empty = 0] = await sealedSizes(page, stage);
  await comment(card).fill(WORDS);
  await expect
    .poll(async () => (await sealedSizes(page, stage))[0])
    .toBeGreaterThanOrEqual(empty + WORDS.length);
}

test('kill -9: the words are there after the next sign-in, for their own user and patient, and nothing was sent', async ({
  stage,
  launchOptions,
}) => {
  const browser = new MortalBrowser(launchOptions);
  try {
    const page = await (await browser.start()).newPage();
    await type(page, stage, await open(page, stage, /Hospitalist/));
    await browser.kill();

    const again = await (await browser.start()).newPage();
    const noise = watchNoise(again);
    const colleague = await open(again, stage, /Intensivist/);
    await expect(colleague.getByRole('button', { name: 'Override', exact: true })).toBeVisible();
    await expect(comment(colleague)).toHaveCount(0);

    const elsewhere = await open(again, stage, /Hospitalist/, 'Jinho Hwang');
    await expect(comment(elsewhere)).toHaveCount(0);

    const back = await open(again, stage, /Hospitalist/);
    await expect(comment(back)).toHaveValue(WORDS);
    expect(await responsesOf(stage, 'sepsis')).toEqual([]);
    expect(noise).toEqual([]);
  } finally {
    await browser.close();
  }
});

test.describe('an answer that is kept', () => {
  test.use({ movableClock: true });

  test('takes its draft away with it', async ({ page, stage }) => {
    const card = await open(page, stage);
    await type(page, stage, card);
    await card.getByRole('button', { name: /I disagree clinically/ }).click();
    await expect(card.getByRole('status')).toContainText('Saved on this device');
    await expect.poll(() => sealedSizes(page, stage)).toEqual([]);
    const again = await open(page, stage);
    await again.getByRole('button', { name: TITLE }).click();
    await expect(again).toContainText(WORDS);
    await expect(comment(again)).toHaveCount(0);
  });
});

test.describe('a device that keeps nothing', () => {
  test.use({ stageOptions: { site: { deviceStorage: 'none' } } });

  test('keeps words in the tab, into its next launch, and nothing on the device', async ({
    page,
    stage,
  }) => {
    const card = await open(page, stage);
    await card.getByRole('button', { name: 'Override', exact: true }).click();
    await comment(card).fill(WORDS);
    const back = await open(page, stage);
    await expect(comment(back)).toHaveValue(WORDS);
    const frame = page.frames().find((one) => one.url().startsWith(stage.appUrl));
    const databases = await frame?.evaluate(() => indexedDB.databases());
    expect(databases).toEqual([]);
  });
});
