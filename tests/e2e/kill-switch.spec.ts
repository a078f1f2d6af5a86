import type { Page } from '@playwright/test';
import type { Observation } from 'fhir/r4';
import { SYSTEM } from '#src/fhir/codes.ts';
import { component, exposuresOf, plainPost, responseCode, responsesOf } from './fhir-reader.ts';
import { appFrame, expect, expectSent, openPatient, type Stage, signIn, test } from './stage.ts';

// What somebody decides about a model in the registry, seen from a screen that is open meanwhile.
const TITLE = /Start the sepsis bundle/;
const HIDDEN = /^Advice hidden: Sepsis early warning/;
const REASON = 'Lactate arrives in mg/dL since this morning.';
const MINUTE = 60_000;

test.use({ movableClock: true });

const coded = (system: string, code: string) => ({ coding: [{ system, code }] });
const said = (code: string, valueString: string) => ({
  code: coded(SYSTEM.feedbackItem, code),
  valueString,
});

/** As any governance tool would write it: plain FHIR, in nobody's mapper. */
async function decide(
  stage: Stage,
  state: string,
  more: Partial<Observation> & { minutesAgo?: number } = {},
): Promise<void> {
  const { minutesAgo = 0, ...rest } = more;
  const start = new Date(Date.now() - minutesAgo * MINUTE).toISOString();
  await plainPost(stage, {
    resourceType: 'Observation',
    identifier: [{ system: SYSTEM.uri, value: `urn:uuid:${crypto.randomUUID()}` }],
    status: 'final',
    category: [coded(SYSTEM.feedbackCategory, 'ai-governance')],
    code: coded(SYSTEM.feedbackItem, 'model-state'),
    subject: { reference: 'Device/ai-sepsis-3' },
    effectivePeriod: { start },
    issued: start,
    performer: [{ reference: 'Practitioner/informatics' }],
    valueCodeableConcept: coded(SYSTEM.modelState, state),
    note: [{ text: REASON }],
    ...rest,
  });
}

async function launch(page: Page, stage: Stage) {
  await signIn(page, stage);
  const app = await openPatient(page, 'Hanna Kowalska');
  return { app, advice: app.getByRole('article', { name: TITLE }) };
}

test('a suspension reaches an open screen within the minute, with its reason, and takes nothing with it', async ({
  page,
  stage,
}) => {
  const { app, advice } = await launch(page, stage);
  await advice.getByRole('button', { name: 'Override', exact: true }).click();
  await advice.getByRole('textbox', { name: 'Comment' }).fill('Lactate looks wrong');
  await decide(stage, 'suspended');
  await page.clock.fastForward(MINUTE);

  const dark = app.getByRole('article', { name: HIDDEN });
  await expect(dark).toContainText('This model is suspended since');
  await expect(dark).toContainText(REASON);
  await expect(dark).toContainText('What you had typed was not sent: “Lactate looks wrong”');
  await expect(advice).toHaveCount(0);
  await expect(dark.getByRole('button', { name: /^(Accept|Override|Defer)/ })).toHaveCount(0);
  await expect(app.getByText(TITLE)).toHaveCount(0);
  expect(await responsesOf(stage, 'sepsis')).toEqual([]);

  // Lifted again by somebody: the words are where they were.
  await decide(stage, 'active');
  await page.clock.fastForward(MINUTE);
  await expect(advice.getByRole('textbox', { name: 'Comment' })).toHaveValue('Lactate looks wrong');
});

test('a panel that comes back into use asks at once', async ({ page, stage }) => {
  const { app, advice } = await launch(page, stage);
  await expect(advice).toBeVisible();
  await decide(stage, 'suspended');
  await app.locator('body').evaluate(() => window.dispatchEvent(new Event('focus')));
  await expect(app.getByRole('article', { name: HIDDEN })).toBeVisible();
});

test('an answer to what was shown is kept, and the card goes dark by the same click', async ({
  page,
  stage,
}) => {
  const { app, advice } = await launch(page, stage);
  await expect(advice).toBeVisible();
  await decide(stage, 'suspended');
  await advice.getByRole('button', { name: 'Accept', exact: true }).click();

  const dark = app.getByRole('article', { name: HIDDEN });
  await expect(dark).toContainText('You answered Accepted while the advice was shown');
  await expect(dark.getByRole('button', { name: 'Undo' })).toBeVisible();
  await expectSent(page, dark);
  const answers = await responsesOf(stage, 'sepsis');
  expect(answers.map(responseCode)).toEqual(['accepted']);
  const state = component(answers[0], 'model-state')?.valueCodeableConcept?.coding?.[0]?.code;
  expect(state).toBe('active');
});

test.describe('a registry that gives no answer', () => {
  const ASKED = '**/fhir/Observation?*model-state*';
  const down = (page: Page) =>
    page.route(ASKED, (route) =>
      route.fulfill({ status: 503, headers: { 'access-control-allow-origin': '*' } }),
    );
  test.use({ expectedNoise: /status of 503/ });

  test('at launch: no advice, words why, and a way to ask again', async ({ page, stage }) => {
    await down(page);
    const { app, advice } = await launch(page, stage);
    await expect(app.getByText('AI advice is switched off')).toBeVisible();
    const dark = app.getByRole('article', { name: HIDDEN });
    await expect(dark).toContainText('could not be checked whether this model may be used');
    await expect(app.getByText(TITLE)).toHaveCount(0);
    await page.unroute(ASKED);
    await dark.getByRole('button', { name: 'Try again' }).click();
    await expect(advice.getByRole('button', { name: 'Accept', exact: true })).toBeVisible();
  });

  test('later: its last word counts for ten minutes', async ({ page, stage }) => {
    const { app, advice } = await launch(page, stage);
    await expect(advice).toBeVisible();
    await down(page);
    await page.clock.fastForward(MINUTE);
    await expect(app.getByText('It cannot be checked whether a model was stopped')).toBeVisible();
    await expect(advice).toBeVisible();
    await page.clock.fastForward(10 * MINUTE);
    await expect(app.getByText('AI advice is switched off')).toBeVisible();
    await expect(advice).toHaveCount(0);
  });
});

test('an ended approval behaves as a suspension and says so', async ({ page, stage }) => {
  const end = new Date(Date.now() - MINUTE).toISOString();
  const start = new Date(Date.now() - 60 * MINUTE).toISOString();
  await decide(stage, 'active', { effectivePeriod: { start, end } });
  const { app } = await launch(page, stage);
  const dark = app.getByRole('article', { name: HIDDEN });
  await expect(dark).toContainText('Approval ended');
  await dark.getByRole('button', { name: HIDDEN }).click();
  await expect(dark).toContainText('The approval of this model ended on');
  await expect(dark).toContainText(REASON);
});

test('a pilot is shown in its unit with its limits, and nowhere else is there a trace of it', async ({
  page,
  stage,
}) => {
  await decide(stage, 'silent', { minutesAgo: 10 });
  await decide(stage, 'pilot', {
    minutesAgo: 5,
    component: [said('state-unit', 'Location/icu')],
  });
  // Hanna Kowalska lies on 5B.
  const { app } = await launch(page, stage);
  await expect(app.getByText(/Check potassium/).first()).toBeVisible();
  await expect(app.getByText(/sepsis/i)).toHaveCount(0);
  await page.clock.fastForward(5_000);
  await expect
    .poll(async () => (await exposuresOf(stage, 'sepsis', 'recommendation-withheld')).length)
    .toBe(1);
  const shown = await exposuresOf(stage, 'sepsis');
  const focused = shown.flatMap(({ focus }) => focus?.[0]?.reference);
  const [withheld] = await exposuresOf(stage, 'sepsis', 'recommendation-withheld');
  expect(focused).not.toContain(withheld?.focus?.[0]?.reference);

  await decide(stage, 'restricted', {
    component: [said('state-restriction', 'Not after surgery. Adults only.')],
  });
  await page.clock.fastForward(MINUTE);
  const advice = appFrame(page).getByRole('article', { name: TITLE });
  await expect(advice).toContainText('Restricted use');
  await advice.getByRole('button', { name: TITLE }).click();
  await expect(advice).toContainText('Not after surgery. Adults only.');
  await expect(advice.getByRole('button', { name: 'Accept', exact: true })).toBeVisible();
});
