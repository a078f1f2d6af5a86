import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { Communication, Observation, RiskAssessment, Task } from 'fhir/r4';
import { aSite } from '#tests/support/site.ts';
import { expectValid } from './fhir-reader.ts';
import { expect, expectSent, openPatient, type Stage, signIn, test } from './stage.ts';

const { governance: GOVERNANCE } = aSite([]);

// What clinicians say comes back to them: said at a card, answered on the governance page, read at the card.
/** LOOP_SHOTS=some/dir keeps pictures: look at them. */
const SHOTS = process.env.LOOP_SHOTS;
const COMMENT = 'She is on dialysis, the lactate misleads it';
const ANSWER = 'Dialysis is an exclusion from Monday on.';

async function openGovernance(page: Page, stage: Stage, person: string): Promise<void> {
  await page.goto(`${stage.appUrl}governance/`);
  await page.getByRole('button', { name: 'Sign in to Sandbox EHR' }).click();
  await page.getByLabel('Clinician').selectOption(person);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('navigation', { name: 'Governance' })).toBeVisible();
}

async function lookAt(page: Page, name: string): Promise<void> {
  for (const width of SHOTS ? [320, 480, 1280] : [320, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    const over = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(over, `${name} scrolls sideways at ${width}`).toBe(0);
    if (SHOTS)
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        const path = `${SHOTS}/${name}-${width}-${colorScheme}.png`;
        await page.screenshot({ path, fullPage: true });
      }
  }
}

test.describe('the loop', () => {
  test.use({ movableClock: true });

  test('a comment reaches its owner, and the answer is seen at the card', async ({
    page,
    stage,
    browser,
  }) => {
    await signIn(page, stage);
    const app = await openPatient(page, 'Hanna Kowalska');
    const card = app.getByRole('article', { name: /Start the sepsis bundle/ });
    await card.getByRole('button', { name: 'Override', exact: true }).click();
    await card.getByRole('textbox', { name: 'Comment' }).fill(COMMENT);
    await card.getByRole('button', { name: 'Patient factor the AI cannot see' }).click();
    await expectSent(page, card);
    const [said] = (stage.sandbox.list('Observation') as Observation[]).filter(({ note }) =>
      note?.some(({ text }) => text === COMMENT),
    );

    const owner = await (await browser.newContext()).newPage();
    await openGovernance(owner, stage, 'informatics');
    await owner.getByRole('button', { name: 'What clinicians said' }).click();
    const group = owner.getByRole('article', { name: /^Patient does not meet the criteria/ });
    await expect(group).toContainText(COMMENT);
    // Another was said to it in the days before.
    await expect(group).toContainText('2 of 2 to answer');
    await group.getByLabel('What becomes of it').selectOption('changed');
    await group.getByRole('textbox', { name: 'Answer' }).fill(ANSWER);
    await lookAt(owner, 'comments');
    await group.getByRole('button', { name: 'Send answer' }).click();
    await owner.getByText(/^Answered, or nobody has to act/).click();
    await expect(group).toContainText(`Something was changed: ${ANSWER}`);
    await owner.context().close();

    const replies = stage.sandbox.list('Communication') as Communication[];
    for (const one of replies) expectValid(one);
    const mine = replies.filter(({ about }) =>
      about?.some(({ reference }) => reference === `Observation/${said?.id}`),
    );
    expect(mine).toHaveLength(1);
    expect(mine[0]?.recipient).toEqual([{ reference: said?.performer?.[0]?.reference }]);
    expect(mine[0]?.about).toHaveLength(1);
    const task = (stage.sandbox.list('Task') as Task[]).find(
      ({ code }) => code?.coding?.[0]?.code === 'comment',
    );
    expectValid(task);
    expect(task?.owner?.reference).toBe('Practitioner/informatics');

    await page.clock.fastForward(300_000);
    await expect(card.getByText('Your comment was read: something was changed')).toBeVisible();
    await expect(card).toContainText(ANSWER);
    if (SHOTS) await page.screenshot({ path: `${SHOTS}/comment-read.png`, fullPage: true });
  });
});

test.describe('a site that wants the training first', () => {
  const site = { governance: { ...GOVERNANCE, trainingRequired: ['sepsis-early-warning-3.1.0'] } };
  test.use({ stageOptions: { site } });

  test('shows the advice after the training, and to nobody before', async ({ page, stage }) => {
    await signIn(page, stage);
    const app = await openPatient(page, 'Hanna Kowalska');
    const card = app.getByRole('article', { name: /^Advice hidden: Sepsis early warning/ });
    await card.getByRole('button', { name: /^Advice hidden/ }).click();
    await expect(card).toContainText('First: the training on this model');
    await expect(app.getByText(/Start the sepsis bundle/)).toHaveCount(0);
    await app.getByRole('button', { name: 'Start the training' }).click();
    const course = app.getByRole('region', { name: /^Training: Sepsis early warning/ });
    await expect(course).toBeFocused();
    await expect(course).toContainText('Not validated in the first 24 h after surgery');
    await course.getByRole('button', { name: 'To the first case' }).click();
    await course.getByRole('button', { name: /^Ignore the score/ }).click();
    await expect(course.getByRole('status')).toHaveText('Not this one. Look again.');
    if (SHOTS) await page.screenshot({ path: `${SHOTS}/training.png` });
    for (const right of [/^Look at the patient first/, /^Compare with her usual/, /^Assess him/]) {
      await course.getByRole('button', { name: right }).click();
      await expect(course.getByRole('status')).toContainText('Right:');
      await course.getByRole('button', { name: 'Go on' }).click();
    }
    await expect(course).toContainText('2 of 3 right at the first try');
    const { violations } = await new AxeBuilder({ page })
      .include(['iframe[title="AI recommendations"]', 'article'])
      .analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    await course.getByRole('button', { name: 'Put on record' }).click();
    await expect(app.getByRole('article', { name: /Start the sepsis bundle/ })).toBeVisible();
    await expect(app.getByRole('button', { name: 'Start the training' })).toHaveCount(0);
    const [task, ...others] = stage.sandbox.list('Task') as Task[];
    expect(others).toEqual([]);
    expectValid(task);
    expect(task?.focus?.reference).toBe('Device/ai-sepsis-3');
    expect(task?.output?.[0]?.valueInteger).toBe(2);
  });
});

const BASE = 'https://clinician-feedback.example.org/fhir/CodeSystem';

test('what was announced is asked about some hours later, and is on record', async ({
  page,
  stage,
}) => {
  const advice = (stage.sandbox.list('RiskAssessment') as RiskAssessment[]).find(
    ({ subject, performer }) =>
      subject.reference === 'Patient/sepsis' && performer?.reference === 'Device/ai-sepsis-3',
  );
  stage.sandbox.put({
    resourceType: 'Observation',
    id: 'announced',
    identifier: [
      { system: 'urn:ietf:rfc:3986', value: 'urn:uuid:00000000-0000-4000-8000-000000000077' },
    ],
    status: 'final',
    category: [{ coding: [{ system: `${BASE}/feedback-category`, code: 'ai-feedback' }] }],
    code: { coding: [{ system: `${BASE}/feedback-item`, code: 'recommendation-response' }] },
    subject: { reference: 'Patient/sepsis' },
    focus: [{ reference: `RiskAssessment/${advice?.id}` }],
    effectiveDateTime: new Date(Date.now() - 5 * 3_600_000).toISOString(),
    performer: [{ reference: 'Practitioner/hospitalist' }],
    valueCodeableConcept: { coding: [{ system: `${BASE}/response`, code: 'overridden' }] },
    component: [
      {
        code: { coding: [{ system: `${BASE}/feedback-item`, code: 'override-reason' }] },
        valueCodeableConcept: {
          coding: [
            {
              system: 'http://terminology.hl7.org/CodeSystem/non-adherence-reason-codes',
              code: 'mitigate-risk-negative-outcome',
            },
          ],
        },
      },
    ],
  });
  await signIn(page, stage);
  const app = await openPatient(page, 'Hanna Kowalska');
  const card = app.getByRole('article', { name: /Start the sepsis bundle/ });
  const header = card.getByRole('button', { name: /Start the sepsis bundle/ });
  if ((await header.getAttribute('aria-expanded')) === 'false') await header.click();
  await expect(card.getByText(/^You said: .*Was it done\?$/)).toBeVisible();
  await card.getByRole('button', { name: 'Not done' }).click();
  await expect(card.getByText(/Was it done\?$/)).toHaveCount(0);
  const task = (stage.sandbox.list('Task') as Task[]).find(
    ({ code }) => code?.coding?.[0]?.code === 'attested-action',
  );
  expectValid(task);
  expect(task?.status).toBe('failed');
  expect(task?.focus?.identifier?.value).toContain('000000000077');
});
