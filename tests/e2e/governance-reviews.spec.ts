import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { Observation, RiskAssessment, Task } from 'fhir/r4';
import { expectValid } from './fhir-reader.ts';
import { expect, type Stage, test } from './stage.ts';

// A sample of overrides is drawn, two judge it apart from one another; what was called unsafe is read twice.
/** REVIEW_SHOTS=some/dir keeps pictures: look at them. */
const SHOTS = process.env.REVIEW_SHOTS;
const ITEM = 'https://clinician-feedback.example.org/fhir/CodeSystem/feedback-item';
const REASONS = 'https://clinician-feedback.example.org/fhir/CodeSystem/ai-override-reason';
const dayAgo = (days: number): string =>
  new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

async function openReviews(page: Page, stage: Stage, person: string): Promise<void> {
  await page.goto(`${stage.appUrl}governance/`);
  await page.getByRole('button', { name: 'Sign in to Sandbox EHR' }).click();
  await page.getByLabel('Clinician').selectOption(person);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'Reviews' }).click();
  await expect(page.getByRole('heading', { name: 'Samples' })).toBeVisible();
}

/** Two overrides of four days ago, the second with the reason that it is unsafe. */
function putOverrides({ sandbox }: Stage): void {
  const advice = (sandbox.list('RiskAssessment') as RiskAssessment[]).find(
    ({ subject, performer }) =>
      subject.reference === 'Patient/sepsis' && performer?.reference === 'Device/ai-sepsis-3',
  );
  for (const [n, code] of ['ai-input-wrong', 'ai-unsafe'].entries())
    sandbox.put({
      resourceType: 'Observation',
      id: `override-${n}`,
      identifier: [
        { system: 'urn:ietf:rfc:3986', value: `urn:uuid:00000000-0000-4000-8000-00000000000${n}` },
      ],
      status: 'final',
      code: { coding: [{ system: ITEM, code: 'recommendation-response' }] },
      subject: { reference: 'Patient/sepsis' },
      focus: [{ reference: `RiskAssessment/${advice?.id}` }],
      effectiveDateTime: `${dayAgo(4)}T10:0${n}:00Z`,
      performer: [{ reference: 'Practitioner/hospitalist', display: 'A name nobody reviews by' }],
      valueCodeableConcept: {
        coding: [
          {
            system: 'https://clinician-feedback.example.org/fhir/CodeSystem/response',
            code: 'overridden',
          },
        ],
      },
      component: [
        {
          code: { coding: [{ system: ITEM, code: 'override-reason' }] },
          valueCodeableConcept: { coding: [{ system: REASONS, code }] },
        },
        {
          code: { coding: [{ system: ITEM, code: 'model' }] },
          valueString: 'sepsis-early-warning-3.1.0',
        },
        { code: { coding: [{ system: ITEM, code: 'model-version' }] }, valueString: '3.1.0' },
      ],
    });
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
        await page.screenshot({
          path: `${SHOTS}/${name}-${width}-${colorScheme}.png`,
          fullPage: true,
        });
      }
  }
}

test('two reviewers judge a sample apart from one another, and never their own', async ({
  page,
  stage,
  browser,
}) => {
  putOverrides(stage);
  await openReviews(page, stage, 'informatics');
  await page
    .getByLabel('Model', { exact: true })
    .selectOption({ label: 'Sepsis early warning 3.1.0' });
  await page.getByLabel('First day').fill(dayAgo(5));
  await page.getByLabel('Last day').fill(dayAgo(3));
  await page.getByLabel('Share of each stratum').selectOption('1');
  await page.getByRole('button', { name: 'Draw', exact: true }).click();
  const plan = page.getByRole('article', { name: /^Sepsis early warning 3.1.0, / });
  await expect(plan).toContainText('2 drawn; 0 judged once or more, 0 by two.');
  const unsafe = page.getByRole('article', { name: /^Called unsafe/ });
  await expect(unsafe).toContainText('Start the sepsis bundle');
  await lookAt(page, 'reviews');
  await unsafe.getByRole('textbox', { name: 'What you found' }).fill('The lactate was another’s');
  await unsafe.getByRole('button', { name: 'Unsafe', exact: true }).click();
  await expect(page.getByText('None waits for a second reader.')).toBeVisible();
  await page.getByRole('button', { name: 'The override was appropriate' }).click();
  await expect(plan).toContainText('1 judged once or more');

  for (const [person, words] of [
    ['intensivist', '2 wait for you.'],
    ['hospitalist', 'None waits for you.'],
  ] as const) {
    const other = await (await browser.newContext()).newPage();
    await openReviews(other, stage, person);
    const next = other.getByRole('region', { name: 'Your next case' });
    await expect(next).toContainText(words);
    await expect(other.getByText('A name nobody reviews by')).toHaveCount(0);
    if (person === 'intensivist') {
      await next.getByLabel('What happened afterwards').selectOption('yes');
      await next.getByRole('button', { name: 'It was not appropriate' }).click();
      await expect(next).toContainText('1 wait for you.');
    }
    await other.context().close();
  }

  const reviews = (stage.sandbox.list('Observation') as Observation[]).filter(
    ({ code }) => code.coding?.[0]?.code === 'appropriateness-review',
  );
  expect(reviews).toHaveLength(2);
  for (const one of reviews) expectValid(one);
  expect(reviews.map(({ performer }) => performer?.[0]?.reference).toSorted()).toEqual([
    'Practitioner/informatics',
    'Practitioner/intensivist',
  ]);
  const [task] = stage.sandbox.list('Task') as Task[];
  expectValid(task);
  expect(task?.requester?.reference).toBe('Practitioner/hospitalist');
});

test('labelled data are asked for by one, approved by another, and the export is named', async ({
  page,
  stage,
  browser,
}) => {
  await openReviews(page, stage, 'informatics');
  await page.getByLabel('Data of the model').selectOption({ label: 'Sepsis early warning 3.1.0' });
  await page.getByLabel('Quarter').selectOption({ index: 1 });
  await page.getByRole('textbox', { name: 'What for' }).fill('Recalibration after the winter');
  await page.getByRole('button', { name: 'Ask for data' }).click();
  const request = page.getByRole('article', { name: /^Data: Sepsis early warning 3.1.0/ });
  await expect(request).toContainText('You asked for it: somebody else decides.');

  const other = await (await browser.newContext()).newPage();
  await openReviews(other, stage, 'pharmacist');
  const theirs = other.getByRole('article', { name: /^Data: Sepsis early warning 3.1.0/ });
  await theirs.getByRole('textbox', { name: 'Which approval, or why not' }).fill('Ethics 44/26');
  await theirs.getByRole('button', { name: 'Approve the export' }).click();
  await expect(theirs).toContainText('Approved, not exported');
  await lookAt(other, 'data-request');
  await theirs.getByLabel('SHA-256 of manifest.json').fill('a1'.repeat(32));
  await theirs.getByRole('button', { name: 'This is the export' }).click();
  await expect(theirs).toContainText('Exported');
  const [task, ...others] = stage.sandbox.list('Task') as Task[];
  expect(others).toEqual([]);
  expectValid(task);
  expect(task?.output?.[0]?.valueString).toBe('a1'.repeat(32));
  expect(task?.owner?.reference).toBe('Practitioner/pharmacist');
  await other.context().close();
});
