import type { Page } from '@playwright/test';
import { expectValid, responseCode, responsesOf } from './fhir-reader.ts';
import { appFrame, expect, expectSent, openPatient, signIn, test, watchNoise } from './stage.ts';

const TITLE = /Start the sepsis bundle/;
const SENT = { timeout: 25_000 };

test.use({ movableClock: true });

test.describe('wrong patient', () => {
  // A token so short that every request renews it: the renewed one speaks of somebody else.
  test.use({ stageOptions: { accessTokenSeconds: 20 } });

  test('a token that changes its patient takes the screen away, and nothing is filed', async ({
    page,
    stage,
  }) => {
    let switched = false;
    await page.route('**/auth/token', async (route) => {
      const response = await route.fetch();
      const token = (await response.json()) as Record<string, unknown>;
      const renewed = route.request().postData()?.includes('grant_type=refresh_token');
      await route.fulfill({
        response,
        json: renewed && switched ? { ...token, patient: 'name-twin' } : token,
      });
    });
    await signIn(page, stage);
    await page.getByRole('button', { name: 'Open Hanna Kowalska', exact: true }).click();
    const app = appFrame(page);
    const card = app.getByRole('article', { name: TITLE });
    await card.getByRole('button', { name: 'Accept', exact: true }).click();
    await expect(card.getByRole('status')).toContainText('Saved on this device');
    switched = true;
    await page.clock.fastForward(10_000);
    // The answer is on its way when the renewed token names another patient: it must not follow.
    await expect(app.getByText(/may be the wrong patient/)).toBeVisible({ timeout: 25_000 });
    await expect(card).toHaveCount(0);
    for (const patient of ['sepsis', 'name-twin'])
      expect(await responsesOf(stage, patient)).toEqual([]);
  });
});

test('a recommendation about somebody else is never shown, and the clinician is told', async ({
  page,
  stage,
}) => {
  await page.route('**/fhir/RiskAssessment?*', async (route) => {
    const response = await route.fetch();
    const bundle = (await response.json()) as {
      entry?: { resource: { resourceType: string; subject?: { reference: string } } }[];
    };
    for (const { resource } of bundle.entry ?? [])
      if (resource.resourceType === 'RiskAssessment')
        resource.subject = { reference: 'Patient/name-twin' };
    await route.fulfill({ response, json: bundle });
  });
  await signIn(page, stage);
  const app = await openPatient(page, 'Hanna Kowalska');
  await app.getByText('What was wrong').click();
  await expect(app.getByText(/another patient/).first()).toBeVisible();
  await expect(app.getByRole('article', { name: TITLE })).toHaveCount(0);
});

test.describe('a sign-in that ends', () => {
  test.use({ expectedNoise: /status of 40[01]/ });

  test('keeps the draft and the answer, and one click leads back in', async ({ page, stage }) => {
    await signIn(page, stage);
    const app = await openPatient(page, 'Hanna Kowalska');
    const card = app.getByRole('article', { name: TITLE });
    await card.getByRole('button', { name: 'Override', exact: true }).click();
    await card.getByRole('textbox', { name: 'Comment' }).fill('Half a thought');
    const other = app.getByRole('article', { name: /Check potassium/ });
    await other.getByRole('button', { name: /Check potassium/ }).click();
    await other.getByRole('button', { name: 'Accept', exact: true }).click();

    await expect(other.getByRole('status')).toContainText('Saved on this device');
    stage.sandbox.faults.add({ effect: { kind: 'status', status: 401 } });
    await page.clock.fastForward(10_000);
    await expect(other.getByRole('button', { name: 'Sign in' }).first()).toBeVisible(SENT);
    await expect(other.getByRole('status')).toContainText('Needs sign-in');
    stage.sandbox.faults.clear();
    await other.getByRole('button', { name: 'Sign in' }).first().click();

    // Back in the same panel: the answer goes out by itself, the words are still there.
    const back = appFrame(page).getByRole('article', { name: TITLE });
    await expect.poll(() => responsesOf(stage, 'sepsis').then((all) => all.length), SENT).toBe(1);
    await expect(back.getByRole('textbox', { name: 'Comment' })).toHaveValue('Half a thought');
    await back.getByRole('button', { name: /I disagree clinically/ }).click();
    await expectSent(page, back);
    const answers = await responsesOf(stage, 'sepsis');
    expect(answers.map(responseCode)).toEqual(['accepted', 'overridden']);
    expect(answers[1]?.note?.[0]?.text).toBe('Half a thought');
    for (const answer of answers) expectValid(answer);
  });
});

test('two patients in two windows of one browser: each answer on its own patient', async ({
  page,
  stage,
  context,
}) => {
  const second = await context.newPage();
  const noise = watchNoise(second);
  await signIn(page, stage);
  await signIn(second, stage);
  const first = await openPatient(page, 'Hanna Kowalska');
  const other = await openPatient(second, 'Jinho Hwang');
  await accept(page, first, TITLE);
  await acceptFirst(second, other);
  for (const app of [first, other])
    await expect(app.getByText('Saved on this device').first()).toBeVisible();
  // One clock for both windows: they are of one browser.
  await page.clock.fastForward(10_000);
  await expect
    .poll(
      async () => [
        (await responsesOf(stage, 'sepsis')).length,
        (await responsesOf(stage, 'already-treated')).length,
      ],
      SENT,
    )
    .toEqual([1, 1]);
  const [here] = await responsesOf(stage, 'sepsis');
  const [there] = await responsesOf(stage, 'already-treated');
  expect(here?.subject?.reference).toBe('Patient/sepsis');
  expect(there?.subject?.reference).toBe('Patient/already-treated');
  expectValid(here);
  expectValid(there);
  expect(noise).toEqual([]);
});

test('keyboard only: override with a reason, and Enter never accepts by default', async ({
  page,
  stage,
}) => {
  await signIn(page, stage);
  const app = await openPatient(page, 'Hanna Kowalska');
  const card = app.getByRole('article', { name: TITLE });
  await expect(card.getByRole('button', { name: 'Accept', exact: true })).toBeVisible();
  await app.getByRole('main').click({ position: { x: 2, y: 2 } });
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await tabTo(page, app, 'Override');
  await expect(card.getByRole('button', { name: 'Override', exact: true })).toBeEnabled();
  await page.keyboard.press('Enter');
  await expect(card.getByRole('group', { name: 'Reason for override' })).toBeVisible();
  await tabTo(page, app, /I disagree clinically/);
  // What just appeared takes no key for half a second.
  await expect(card.getByRole('button', { name: /I disagree clinically/ })).toBeEnabled();
  await page.keyboard.press('Enter');
  await expectSent(page, card);
  const answers = await responsesOf(stage, 'sepsis');
  expect(answers.map(responseCode)).toEqual(['overridden']);
  expectValid(answers[0]);
});

type App = ReturnType<typeof appFrame>;

async function accept(_page: Page, app: App, title: RegExp): Promise<void> {
  const card = app.getByRole('article', { name: title });
  await card.getByRole('button', { name: 'Accept', exact: true }).click();
}

async function acceptFirst(_page: Page, app: App): Promise<void> {
  await app.getByRole('button', { name: 'Accept', exact: true }).first().click();
}

/** Presses Tab until the control of that name has the focus; fails when there is no way to it. */
async function tabTo(page: Page, app: App, name: string | RegExp): Promise<void> {
  const wanted = app.getByRole('button', { name, exact: typeof name === 'string' }).first();
  for (let presses = 0; presses < 60; presses++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`No way by keyboard to ${name}`);
}
