import type { Page } from '@playwright/test';
import type { Observation } from 'fhir/r4';
import { launchAddress } from '#tests/support/launch-address.ts';
import { component, expectValid, exposuresOf, responsesOf } from './fhir-reader.ts';
import { appFrame, expect, expectSent, openPatient, type Stage, signIn, test } from './stage.ts';

// An exposure says that a person could have read headline and score: it is the denominator of
// every adoption metric, so one too many is as wrong as one too few.
const SEPSIS = /Start the sepsis bundle/;
const SENT = { timeout: 25_000 };
/** Longer than the second that counts, and the time that a write takes on a busy machine. */
const LONG_ENOUGH = 3_000;

const seen = async (stage: Stage, patient: string): Promise<string[]> =>
  (await exposuresOf(stage, patient)).map((one) => one.focus?.[0]?.reference ?? '');

const identifiers = (all: readonly Observation[]) =>
  all.map((one) => one.identifier?.[0]?.value ?? '');

/** The clinician's window as another tab would make it: loaded, running, not to be seen. */
async function hide(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const state = { hidden: true };
    Object.defineProperty(document, 'visibilityState', {
      get: () => (state.hidden ? 'hidden' : 'visible'),
    });
    addEventListener('message', (event) => {
      if (event.data !== 'show') return;
      state.hidden = false;
      document.dispatchEvent(new Event('visibilitychange'));
    });
  });
}

test('one exposure for the card that was read, none for those that stayed closed', async ({
  page,
  stage,
}) => {
  await signIn(page, stage);
  const app = await openPatient(page, 'Hanna Kowalska');
  await expect(app.getByRole('article')).toHaveCount(3);
  await expect.poll(() => seen(stage, 'sepsis'), SENT).toHaveLength(1);
  await page.waitForTimeout(LONG_ENOUGH);
  const [exposure, ...others] = await exposuresOf(stage, 'sepsis');
  expect(others).toEqual([]);
  expect(exposure?.focus?.[0]?.reference).toMatch(/^RiskAssessment\//);
  expect(exposure?.subject?.reference).toBe('Patient/sepsis');
  expect(exposure?.performer?.[0]?.reference).toMatch(/^Practitioner\//);
  expect(exposure?.identifier?.[0]?.value).toMatch(/^urn:uuid:[0-9a-f-]{14}5/);
  expect(exposure?.meta?.security?.map(({ code }) => code)).toContain('DEVAST');
  expect(exposure?.device).toBeUndefined();
  expectValid(exposure);

  // Opening the next card is the next exposure; going back to the first is none.
  const next = app.getByRole('article', { name: /Check potassium/ });
  const toggle = next.getByRole('button', { name: /Check potassium/ });
  await toggle.click();
  await toggle.scrollIntoViewIfNeeded();
  await expect.poll(() => seen(stage, 'sepsis'), SENT).toHaveLength(2);
  await app.getByRole('article', { name: SEPSIS }).getByRole('button').first().click();
  await page.waitForTimeout(LONG_ENOUGH);
  const all = await exposuresOf(stage, 'sepsis');
  expect(new Set(identifiers(all)).size).toBe(2);
  expect(all).toHaveLength(2);
  for (const one of all) expectValid(one);
});

test('neither a collapsed card nor a glance of less than a second is an exposure', async ({
  page,
  stage,
}) => {
  // So low that the score of the card that opens by itself is not in view while it is closed.
  await page.setViewportSize({ width: 320, height: 200 });
  await page.goto(await launchAddress(stage, { patient: 'sepsis' }));
  const toggle = page.getByRole('article', { name: SEPSIS }).getByRole('button').first();
  await toggle.click();
  await expect(toggle).toHaveAttribute('aria-expanded', 'false');
  await page.setViewportSize({ width: 320, height: 700 });
  await page.waitForTimeout(LONG_ENOUGH);
  expect(await seen(stage, 'sepsis')).toEqual([]);
  // Timed inside the page: its timers keep their order however busy the machine is.
  await toggle.evaluate((button: HTMLElement) => {
    button.click();
    setTimeout(() => button.click(), 600);
  });
  await page.waitForTimeout(LONG_ENOUGH);
  await expect(toggle).toHaveAttribute('aria-expanded', 'false');
  expect(await seen(stage, 'sepsis')).toEqual([]);
  await toggle.click();
  await expect.poll(() => seen(stage, 'sepsis'), SENT).toHaveLength(1);
});

test('a card below the fold is seen only when it was scrolled to', async ({ page, stage }) => {
  // Banner, heading and title bar: the score of the first card lies below.
  await page.setViewportSize({ width: 320, height: 200 });
  await page.goto(await launchAddress(stage, { patient: 'sepsis' }));
  const card = page.getByRole('article', { name: SEPSIS });
  await expect(card.getByText(/By this model/)).toBeAttached();
  await page.waitForTimeout(LONG_ENOUGH);
  expect(await seen(stage, 'sepsis')).toEqual([]);
  await page.setViewportSize({ width: 320, height: 700 });
  await page.evaluate(() => scrollTo(0, 0));
  await expect.poll(() => seen(stage, 'sepsis'), SENT).toHaveLength(1);
});

// Opening a lower card closes the one above it: the page gets shorter, and without scrolling the
// headline of what was opened would be left above the top edge.
test('a card that is opened is there to be read, and so is an exposure', async ({
  page,
  stage,
}) => {
  await page.setViewportSize({ width: 480, height: 600 });
  await page.goto(await launchAddress(stage, { patient: 'sepsis' }));
  const toggle = page.getByRole('button', { name: /Check potassium/ });
  await toggle.click();
  await expect(toggle).toBeInViewport({ ratio: 1 });
  await expect
    .poll(() => seen(stage, 'sepsis'), SENT)
    .toContainEqual(expect.stringMatching(/DetectedIssue/));
});

test('a hidden tab shows nothing to anybody', async ({ page, stage }) => {
  await hide(page);
  await page.goto(await launchAddress(stage, { patient: 'sepsis' }));
  await expect(page.getByRole('article', { name: SEPSIS })).toBeVisible();
  await page.waitForTimeout(LONG_ENOUGH);
  expect(await seen(stage, 'sepsis')).toEqual([]);
  await page.evaluate(() => postMessage('show', '*'));
  await expect.poll(() => seen(stage, 'sepsis'), SENT).toHaveLength(1);
});

test('a reload in the same launch counts once, another launch counts again', async ({
  page,
  stage,
}) => {
  await page.goto(await launchAddress(stage, { patient: 'sepsis' }));
  await expect.poll(() => seen(stage, 'sepsis'), SENT).toHaveLength(1);
  await page.reload();
  await expect(page.getByRole('article', { name: SEPSIS })).toBeVisible();
  await page.waitForTimeout(LONG_ENOUGH);
  expect(await seen(stage, 'sepsis')).toHaveLength(1);

  await page.goto(await launchAddress(stage, { patient: 'sepsis' }));
  await expect.poll(() => seen(stage, 'sepsis'), SENT).toHaveLength(2);
  const [first, second] = await exposuresOf(stage, 'sepsis');
  expect(first?.focus).toEqual(second?.focus);
  expect(new Set(identifiers([first, second].filter((one) => one !== undefined))).size).toBe(2);
});

test.describe('a server that takes no exposures now', () => {
  test.use({ expectedNoise: /status of 503/ });

  test('gets the exposure from the next launch of the same clinician: exactly one', async ({
    page,
    stage,
    context,
  }) => {
    const down = { method: 'POST', path: '/fhir/Observation' } as const;
    stage.sandbox.faults.add({ ...down, effect: { kind: 'status', status: 503 } });
    const tried = page.waitForResponse(
      (response) => response.status() === 503 && /\/fhir\/Observation$/.test(response.url()),
      SENT,
    );
    await page.goto(await launchAddress(stage, { patient: 'sepsis' }));
    await tried;
    await page.close();
    expect(await seen(stage, 'sepsis')).toEqual([]);
    stage.sandbox.faults.clear();

    // Another clinician of this machine does not send it, and sees no sign of it.
    const other = await context.newPage();
    await hide(other);
    const colleague = { patient: 'sepsis', clinician: /Intensivist/ };
    await other.goto(await launchAddress(stage, colleague));
    await expect(other.getByRole('article', { name: SEPSIS })).toBeVisible();
    await other.waitForTimeout(2 * LONG_ENOUGH);
    expect(await seen(stage, 'sepsis')).toEqual([]);
    await expect(other.getByText(/wait/)).toHaveCount(0);
    await other.close();

    // Not to be seen, so that it has no exposure of its own.
    const next = await context.newPage();
    await hide(next);
    await next.goto(await launchAddress(stage, { patient: 'sepsis' }));
    await expect.poll(() => seen(stage, 'sepsis'), SENT).toHaveLength(1);
    await next.waitForTimeout(LONG_ENOUGH);
    const [exposure, ...others] = await exposuresOf(stage, 'sepsis');
    expect(others).toEqual([]);
    expectValid(exposure);
  });
});

test.describe('where the issuer is no hospital store', () => {
  test.use({ stageOptions: { issuer: { hospitalStore: false } }, movableClock: true });

  test('the chart gets response and reason, and nothing else', async ({ page, stage }) => {
    await signIn(page, stage);
    await openPatient(page, 'Hanna Kowalska');
    const card = appFrame(page).getByRole('article', { name: SEPSIS });
    await page.waitForTimeout(LONG_ENOUGH);
    await card.getByRole('button', { name: 'Override', exact: true }).click();
    await card.getByRole('button', { name: /I disagree clinically/ }).click();
    await expectSent(page, card);

    expect(await exposuresOf(stage, 'sepsis')).toEqual([]);
    const [answer] = await responsesOf(stage, 'sepsis');
    expect(component(answer, 'override-reason')).toBeDefined();
    const codes = (answer?.component ?? []).map((one) => one.code.coding?.[0]?.code);
    for (const code of [
      'displayed-at',
      'time-to-response',
      'evidence-opened',
      'usefulness',
      'arm',
      'shown-probability',
      'shown-risk-band',
    ])
      expect(codes, 'not for the chart').not.toContain(code);
    expectValid(answer);
  });
});
