import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { Communication, Observation, Provenance, RiskAssessment, Task } from 'fhir/r4';
import { expectValid } from './fhir-reader.ts';
import { expect, type Stage, test } from './stage.ts';

const SEPSIS = 'Sepsis early warning 3.1.0';
const REASON = 'Two calls in one night: scores without a lactate';

async function openGovernance(page: Page, stage: Stage, person = 'informatics'): Promise<void> {
  await page.goto(`${stage.appUrl}governance/`);
  await page.getByRole('button', { name: 'Sign in to Sandbox EHR' }).click();
  await page.getByLabel('Clinician').selectOption(person);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('article', { name: SEPSIS })).toBeVisible();
}

const states = (stage: Stage): Observation[] =>
  (stage.sandbox.list('Observation') as Observation[]).filter(
    ({ code, subject }) =>
      code.coding?.[0]?.code === 'model-state' && subject?.reference === 'Device/ai-sepsis-3',
  );

const stateOf = (one: Observation | undefined) => one?.valueCodeableConcept?.coding?.[0]?.code;

test('a model is suspended: the state, the task and who did it are on the server', async ({
  page,
  stage,
}) => {
  await openGovernance(page, stage);
  expect(page.url()).not.toContain('code=');
  await axeAtWidths(page, 'registry');
  const before = states(stage).length;
  const row = page.getByRole('article', { name: SEPSIS });
  await row.getByRole('button', { name: `Suspend ${SEPSIS}` }).click();
  const now = row.getByRole('button', { name: 'Suspend now' });
  await expect(now).toBeDisabled();
  await row.getByLabel('Reason').fill(REASON);
  await axeAtWidths(page, 'suspend');
  await now.click();
  await expect(row.getByRole('status')).toContainText('is suspended');
  await expect(row.getByText('Suspended', { exact: true }).first()).toBeVisible();

  const all = states(stage);
  expect(all).toHaveLength(before + 1);
  const state = all.find((one) => stateOf(one) === 'suspended');
  expectValid(state);
  expect(state?.note?.[0]?.text).toBe(REASON);
  expect(state?.performer?.[0]?.reference).toBe('Practitioner/informatics');
  expect(state?.component).toBeUndefined();
  const [task, ...others] = stage.sandbox.list('Task') as Task[];
  expect(others).toEqual([]);
  expectValid(task);
  expect(task?.status).toBe('completed');
  expect(task?.output?.[0]?.valueReference?.reference).toBe(`Observation/${state?.id}`);
  const attested = (stage.sandbox.list('Provenance') as Provenance[]).filter(({ target }) =>
    target.some(({ reference }) => reference === `Observation/${state?.id}`),
  );
  expect(attested).toHaveLength(1);
  expectValid(attested[0]);

  await row.getByRole('button', { name: 'Done' }).click();
  await row.getByRole('button', { name: `Open ${SEPSIS}` }).click();
  const history = page.getByRole('table', { name: 'States, the newest first' });
  await expect(history.getByRole('row').nth(1)).toContainText(REASON);

  // Recall: whatever names this version as its author, and no other.
  await page.getByRole('button', { name: 'Find what it touched' }).click();
  const touched = page.getByRole('table', { name: 'What it touched' });
  const authored = (stage.sandbox.list('RiskAssessment') as RiskAssessment[]).filter(
    ({ performer }) => performer?.reference === 'Device/ai-sepsis-3',
  );
  expect(authored.length).toBeGreaterThan(0);
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download the list' }).click();
  const list = readFileSync(await (await downloading).path(), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { recommendation: string; patient: string });
  await expect(touched.getByRole('row', { name: /^Recommendations/ })).toContainText(
    String(list.length),
  );
  const whose = new Set(list.map(({ patient }) => patient.split('/').at(-1)));
  for (const { subject } of authored) expect(whose).toContain(subject.reference?.split('/')[1]);
  expect(list.length).toBeGreaterThanOrEqual(authored.length);
  await axeAtWidths(page, 'model');
});

test.describe('where the server fails', () => {
  test.use({ expectedNoise: /503|Failed to load resource/ });

  test('the same suspension is sent again, for some units, and is on record once', async ({
    page,
    stage,
  }) => {
    await openGovernance(page, stage);
    const row = page.getByRole('article', { name: SEPSIS });
    await row.getByRole('button', { name: `Suspend ${SEPSIS}` }).click();
    await row.getByLabel('Reason').fill(REASON);
    await row.getByText('Only some units').click();
    await row.getByLabel('Intensive Care').check();
    // The record arrives, and its answer is lost, also to the browser that repeats it by itself.
    stage.sandbox.faults.add({
      method: 'POST',
      path: '/fhir/Observation',
      effect: { kind: 'commit-then-drop' },
    });
    await row.getByRole('button', { name: 'Suspend now' }).click();
    await expect(row.getByRole('alert')).toContainText('Not known to be suspended');
    stage.sandbox.faults.clear();
    // Then the task cannot be written.
    stage.sandbox.faults.add({
      method: 'POST',
      path: '/fhir/Task',
      effect: { kind: 'status', status: 503 },
      count: 1,
    });
    await row.getByRole('button', { name: 'Send again' }).click();
    await expect(row.getByRole('alert')).toContainText('Suspended, but not all of it is on record');
    await row.getByRole('button', { name: 'Send again' }).click();
    await expect(row.getByRole('status')).toContainText('is suspended');

    const stopped = states(stage).filter((one) => stateOf(one) === 'suspended');
    expect(stopped).toHaveLength(1);
    expect(stopped[0]?.component?.map(({ valueString }) => valueString)).toEqual(['Location/icu']);
    expect(stage.sandbox.list('Task')).toHaveLength(1);
    // Elsewhere it goes on.
    await expect(row.getByRole('listitem')).toContainText('Intensive Care: Suspended');
    await expect(row.getByText('Active', { exact: true })).toBeVisible();
  });
});

const UNTIL = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10);
const BANNER = 'Only for patients without dialysis';

const proposed = (page: Page) => page.getByRole('article', { name: /^Proposal: / });

test('what one proposes another approves; of two approvers at once one wins, and a state is on record once', async ({
  page,
  stage,
  browser,
}) => {
  await openGovernance(page, stage);
  await page.getByRole('button', { name: `Open ${SEPSIS}` }).click();
  await page.getByRole('button', { name: 'Propose a change' }).click();
  const form = page.getByRole('region', { name: 'Propose a change' });
  await form.getByLabel('To', { exact: true }).selectOption('restricted');
  await form.getByLabel('Approval ends on').fill(UNTIL);
  await form.getByLabel('Version to go back to').selectOption('2.4.0');
  await form.getByLabel('What the banner tells').fill(BANNER);
  await form.getByLabel('Reason').fill('Lactate of dialysis patients misleads it');
  await form.getByLabel('Evidence').fill('https://dashboard.example.org/?model=sepsis');
  // Nothing is published here: data tell little, and somebody has to answer for the rest.
  await expect(form.getByText('Data cannot tell').first()).toBeVisible();
  await expect(form.getByRole('button', { name: 'Propose', exact: true })).toBeDisabled();
  const answers = form.getByLabel(/^(What you attest|Why it goes on all the same)/);
  for (const box of await answers.all()) await box.fill('Looked at by hand on paper');
  await axeAtWidths(page, 'propose');
  await form.getByRole('button', { name: 'Propose', exact: true }).click();
  await expect(proposed(page)).toContainText('You proposed it: somebody else has to decide.');
  await expect(proposed(page).getByRole('button', { name: 'Approve' })).toHaveCount(0);
  const before = states(stage).length;

  const others: Page[] = [];
  for (const person of ['intensivist', 'pharmacist']) {
    const other = await (await browser.newContext()).newPage();
    await openGovernance(other, stage, person);
    await other.getByRole('button', { name: `Open ${SEPSIS}` }).click();
    await expect(proposed(other)).toContainText('https://dashboard.example.org/?model=sepsis');
    others.push(other);
  }
  await Promise.all(others.map((other) => other.getByRole('button', { name: 'Approve' }).click()));
  for (const other of others)
    await expect(other.getByText('No proposal waits for a decision.')).toBeVisible();
  const lost = others.map((other) =>
    other.getByRole('alert').getByText('Somebody else was faster'),
  );
  await expect
    .poll(async () => (await Promise.all(lost.map((one) => one.count()))).toSorted())
    .toEqual([0, 1]);

  const made = states(stage).filter((one) => stateOf(one) === 'restricted');
  expect(made).toHaveLength(1);
  expect(states(stage)).toHaveLength(before + 1);
  const [state] = made;
  expectValid(state);
  expect(state?.performer?.[0]?.reference).not.toBe('Practitioner/informatics');
  expect(state?.effectivePeriod?.end).toContain(UNTIL);
  expect(state?.component?.map(({ valueString }) => valueString)).toEqual([BANNER, '2.4.0']);
  const [task, ...more] = stage.sandbox.list('Task') as Task[];
  expect(more).toEqual([]);
  expectValid(task);
  expect(task?.status).toBe('completed');
  expect(task?.requester?.reference).toBe('Practitioner/informatics');
  expect(task?.owner?.reference).toBe(state?.performer?.[0]?.reference);
  for (const other of others) await other.context().close();
});

const BASE = 'https://clinician-feedback.example.org/fhir/CodeSystem';

/** As a report from a card leaves it. */
function putReport({ sandbox }: Stage): void {
  sandbox.put({
    resourceType: 'AdverseEvent',
    id: 'report-1',
    actuality: 'actual',
    category: [{ coding: [{ system: `${BASE}/incident-kind`, code: 'reached-patient' }] }],
    seriousness: { coding: [{ system: `${BASE}/ncc-merp`, code: 'E' }] },
    subject: { reference: 'Patient/sepsis' },
    suspectEntity: [
      { instance: { reference: 'Device/ai-sepsis-3', display: 'Sepsis early warning 3.1.0' } },
    ],
  });
  sandbox.put({
    resourceType: 'Task',
    id: 'report-1',
    status: 'requested',
    intent: 'order',
    code: { coding: [{ system: `${BASE}/governance-task`, code: 'incident' }] },
    focus: { reference: 'AdverseEvent/report-1' },
    for: { reference: 'Patient/sepsis' },
    authoredOn: new Date(Date.now() - 20 * 60_000).toISOString(),
    requester: { reference: 'Practitioner/nurse-5b' },
    note: [{ text: 'Antibiotic given on a lactate of another patient' }],
  });
}

test('a report is worked on, its model suspended from it, and a second person closes it', async ({
  page,
  stage,
  browser,
}) => {
  putReport(stage);
  await openGovernance(page, stage);
  await page.getByRole('button', { name: 'Safety reports' }).click();
  const card = page.getByRole('article', { name: /Sepsis early warning/ });
  await expect(card.getByRole('list', { name: 'Clocks' })).toContainText(
    /Acknowledge: late by \d+ min/,
  );
  const frozen = JSON.stringify(stage.sandbox.list('AdverseEvent'));
  const attest = async (on: Page, step: RegExp, words: string) => {
    const button = on.getByRole('button', { name: step });
    await on.getByLabel('Step', { exact: true }).selectOption({ label: words });
    await on
      .getByRole('region', { name: 'Attest a step' })
      .getByRole('textbox')
      .fill(`Words: ${words}`);
    await button.click();
    await expect(on.getByRole('list', { name: 'Steps' })).toContainText(`Words: ${words}`);
  };
  await attest(page, /^Attest: acknowledge/, 'Acknowledge');
  await expect(card.getByRole('list', { name: 'Clocks' })).toContainText(
    'Acknowledge: done too late',
  );
  // The site has its own idea of too late, and whoever opens the page after that has it too.
  await page.getByText('Clocks of this site').click();
  const lines = page.getByLabel('One clock on a line');
  await lines.fill((await lines.inputValue()).replace('15 min', 'soon'));
  await expect(page.getByText('Line 1 must end with a time')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Set the clocks' })).toBeDisabled();
  await lines.fill((await lines.inputValue()).replace('soon', '45 min'));
  await page.getByRole('button', { name: 'Set the clocks' }).click();
  await expect(page.getByText('Set by this site.')).toBeVisible();
  await expect(card.getByRole('list', { name: 'Clocks' })).toContainText('Acknowledge: in time');
  const [clocks] = stage.sandbox.list('Library');
  expectValid(clocks);

  await card.getByRole('button', { name: `Suspend ${SEPSIS}` }).click();
  await expect(card.getByLabel('Reason')).toHaveValue(/Safety report of/);
  await card.getByRole('button', { name: 'Suspend now' }).click();
  await expect(card.getByText('is suspended')).toBeVisible();
  expect(states(stage).map(stateOf)).toContain('suspended');
  // Suspending freezes: of the report nothing changes.
  expect(JSON.stringify(stage.sandbox.list('AdverseEvent'))).toBe(frozen);

  await attest(page, /^Attest: contain/, 'Contain');
  await attest(page, /^Attest: root cause/, 'Root cause');
  await attest(page, /^Attest: corrective action/, 'Corrective action');
  await attest(page, /^Attest: effectiveness check/, 'Effectiveness check');
  await expect(card).toContainText('You worked on it: a second person closes it.');
  await card
    .getByRole('textbox', { name: 'Reply to the reporter' })
    .fill('The interface is repaired.');
  await card.getByRole('button', { name: 'Send reply' }).click();
  await expect(card.getByText('Sent: the reporter sees it')).toBeVisible();
  const [reply] = stage.sandbox.list('Communication') as Communication[];
  expectValid(reply);
  expect(reply?.recipient?.[0]?.reference).toBe('Practitioner/nurse-5b');
  await axeAtWidths(page, 'incident');

  const other = await (await browser.newContext()).newPage();
  await openGovernance(other, stage, 'intensivist');
  await other.getByRole('button', { name: 'Safety reports' }).click();
  await other.getByLabel('Step', { exact: true }).selectOption({ label: 'Close' });
  await other
    .getByRole('region', { name: 'Attest a step' })
    .getByRole('textbox')
    .fill('Seen to work');
  await other.getByRole('button', { name: 'Attest: close' }).click();
  await expect(other.getByText('Closed: 1')).toBeVisible();
  const task = (stage.sandbox.list('Task') as Task[]).find(({ id }) => id === 'report-1');
  expectValid(task);
  expect(task?.status).toBe('completed');
  expect(task?.output).toHaveLength(6);
  await other.context().close();
  await page.getByRole('button', { name: 'Models' }).click();
  await page.getByRole('button', { name: `Open ${SEPSIS}` }).click();
  await expect(page.getByRole('list', { name: 'Safety reports of this version' })).toContainText(
    /^Reached the patient, NCC MERP E, .*: closed$/,
  );
});

async function axeAtWidths(page: Page, name: string): Promise<void> {
  for (const width of process.env.PAGE_PICTURES ? [320, 480, 1280] : [320, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    const over = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(over, `${name} scrolls sideways at ${width}`).toBe(0);
    if (process.env.PAGE_PICTURES)
      await page.screenshot({
        path: `${process.env.PAGE_PICTURES}/${name}-${width}.png`,
        fullPage: true,
      });
  }
}
