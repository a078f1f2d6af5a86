import type { Browser, Page } from '@playwright/test';
import type { FhirResource, Observation, Provenance, Task } from 'fhir/r4';
import { aSite } from '#tests/support/site.ts';
import { expectValid, plainSearch } from './fhir-reader.ts';
import { appFrame, expect, openPatient, type Stage, signIn, test, watchNoise } from './stage.ts';

// From a nurse's report to a corrected version in use, each step by another person, and all of it on
// the server afterwards for anybody who reads FHIR.
const { governance: GOVERNANCE } = aSite([]);
const PEOPLE = {
  owner: 'informatics',
  approver: 'radiologist',
  committee: 'intensivist',
  'safety-officer': 'pharmacist',
} as const;
const roles = Object.fromEntries(
  Object.entries(PEOPLE).map(([role, id]) => [role, [`Practitioner/${id}`]]),
);
const OLD = 'Sepsis early warning 3.1.0';
const NEW = 'Sepsis early warning 3.1.1';
const TITLE = /Start the sepsis bundle/;
const HIDDEN = /^Advice hidden: Sepsis early warning/;
const PATIENT = 'Hanna Kowalska';
const REASON = 'Lactate arrives in mg/dL since this morning';
const REPLY = 'You were right. Version 3.1.1 reads the unit.';
const UNTIL = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10);
const MINUTE = 60_000;

test.use({ movableClock: true, stageOptions: { site: { governance: { ...GOVERNANCE, roles } } } });
test.setTimeout(180_000);

interface Seat {
  readonly page: Page;
  readonly noise: string[];
}

async function seat(browser: Browser, withClock = false): Promise<Seat> {
  const page = await (await browser.newContext()).newPage();
  page.setDefaultTimeout(30_000);
  if (withClock) await page.clock.install();
  return { page, noise: watchNoise(page) };
}

async function govern(browser: Browser, stage: Stage, role: keyof typeof PEOPLE): Promise<Seat> {
  const own = await seat(browser);
  await own.page.goto(`${stage.appUrl}governance/`);
  await own.page.getByRole('button', { name: 'Sign in to Sandbox EHR' }).click();
  await own.page.getByLabel('Clinician').selectOption(PEOPLE[role]);
  await own.page.getByRole('button', { name: 'Continue' }).click();
  await expect(own.page.getByRole('article', { name: OLD })).toBeVisible();
  return own;
}

async function openModel(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Models' }).click();
  await page.getByRole('button', { name: `Open ${name}` }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}

async function attest(page: Page, step: string, words: string): Promise<void> {
  await page.getByRole('button', { name: 'Models' }).click();
  await page.getByRole('button', { name: 'Safety reports' }).click();
  await page.getByLabel('Step', { exact: true }).selectOption({ label: step });
  const form = page.getByRole('region', { name: 'Attest a step' });
  await form.getByRole('textbox').fill(words);
  await form.getByRole('button', { name: `Attest: ${step.toLowerCase()}` }).click();
  if (step !== 'Close')
    await expect(page.getByRole('list', { name: 'Steps' })).toContainText(words);
}

interface Move {
  readonly to: string;
  readonly unit?: string;
  readonly reason: string;
}

async function propose(page: Page, { to, unit, reason }: Move): Promise<void> {
  await openModel(page, NEW);
  await page.getByRole('button', { name: 'Propose a change' }).click();
  const form = page.getByRole('region', { name: 'Propose a change' });
  await form.getByLabel('To', { exact: true }).selectOption(to);
  await form.getByLabel('Approval ends on').fill(UNTIL);
  const rollback = form.getByLabel('Version to go back to');
  if ((await rollback.count()) > 0) await rollback.selectOption('none');
  if (unit !== undefined) {
    await form.getByText('Only some units').click();
    await form.getByLabel(unit).check();
  }
  await form.getByLabel('Reason').fill(reason);
  // What the gate finds; where it finds nothing, the owner answers for it.
  await expect(form.getByRole('region').first()).toBeVisible();
  const open = form.getByLabel(/^(What you attest|Why it goes on all the same)/);
  for (const box of await open.all()) await box.fill('Checked on paper');
  await form.getByRole('button', { name: 'Propose', exact: true }).click();
  await expect(page.getByText('It is decided by an approver')).toBeVisible();
}

async function approve(page: Page): Promise<void> {
  await openModel(page, NEW);
  await page.getByRole('button', { name: 'Approve' }).click();
  await expect(page.getByText('No proposal waits for a decision.')).toBeVisible();
}

/** What whoever runs the model delivers: the corrected version, and its advice about the same patient. */
function deliver({ sandbox }: Stage): void {
  const device = sandbox.list('Device').find(({ id }) => id === 'ai-sepsis-3');
  const advice = sandbox
    .list('RiskAssessment')
    .find(
      ({ performer, subject }) =>
        performer?.reference === 'Device/ai-sepsis-3' && subject.reference === 'Patient/sepsis',
    );
  if (!device || !advice) throw new Error('The ward has no sepsis model.');
  sandbox.put({
    ...device,
    id: 'ai-sepsis-311',
    identifier: [{ ...device.identifier?.[0], value: 'sepsis-early-warning-3.1.1' }],
    version: [{ value: '3.1.1' }],
  });
  sandbox.put({
    ...advice,
    id: 'sepsis-again',
    identifier: [{ ...advice.identifier?.[0], value: 'sepsis-again' }],
    performer: { reference: 'Device/ai-sepsis-311', display: NEW },
  });
}

/** The app is launched anew in the chart that is open. */
async function relaunch(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Reload panel' }).click();
  await expect(appFrame(page).getByRole('region', { name: 'Patient' })).toBeVisible();
}

test('a report, a suspension, a corrected version, a pilot, use again: each by another person', async ({
  page,
  stage,
  browser,
}) => {
  page.setDefaultTimeout(30_000);
  // The clinician's screen is open all the while.
  await signIn(page, stage, /Hospitalist/);
  const app = await openPatient(page, PATIENT);
  await expect(app.getByRole('article', { name: TITLE })).toBeVisible();

  // The signal: a nurse overrides the advice as unsafe, and reports it.
  const nurse = await seat(browser, true);
  await signIn(nurse.page, stage, /nurse, 5B/);
  const bedside = await openPatient(nurse.page, PATIENT);
  const card = bedside.getByRole('article', { name: TITLE });
  await card.getByRole('button', { name: 'Override', exact: true }).click();
  await card
    .getByRole('button', { name: /unsafe/i })
    .first()
    .click();
  await card.getByRole('button', { name: 'Report a safety concern' }).click();
  await card.getByRole('button', { name: /Near miss/ }).click();
  await nurse.page.clock.fastForward(10_000);
  await expect(card.getByRole('group', { name: 'Safety report' })).toContainText('Sent');

  // The owner takes it on: called unsafe, it is urgent although nothing happened.
  const [owner, safety] = await Promise.all([
    govern(browser, stage, 'owner'),
    govern(browser, stage, 'safety-officer'),
  ]);
  await owner.page.getByRole('button', { name: 'Safety reports' }).click();
  await expect(owner.page.getByRole('list', { name: 'Clocks' })).toContainText(
    /Acknowledge: due in 1\d min/,
  );
  await attest(owner.page, 'Acknowledge', 'I take it on');

  // The safety officer suspends from the report.
  await safety.page.getByRole('button', { name: 'Safety reports' }).click();
  const report = safety.page.getByRole('article', { name: /Near miss/ });
  await report.getByRole('button', { name: `Suspend ${OLD}` }).click();
  await report.getByLabel('Reason').fill(REASON);
  await report.getByRole('button', { name: 'Suspend now' }).click();
  await expect(report.getByText('is suspended')).toBeVisible();

  // Within the minute the open screen is dark.
  await page.clock.fastForward(MINUTE);
  const dark = app.getByRole('article', { name: HIDDEN });
  await expect(dark).toContainText(REASON);
  await expect(app.getByText(TITLE)).toHaveCount(0);

  // What went wrong, what is changed, and words to the nurse, who reads them on the dark card.
  await attest(safety.page, 'Contain', 'Suspended everywhere');
  await attest(safety.page, 'Root cause', REASON);
  await attest(owner.page, 'Corrective action', 'Version 3.1.1 reads the unit');
  await safety.page.getByRole('textbox', { name: 'Reply to the reporter' }).fill(REPLY);
  await safety.page.getByRole('button', { name: 'Send reply' }).click();
  await expect(safety.page.getByText('Sent: the reporter sees it')).toBeVisible();
  await nurse.page.clock.fastForward(6 * MINUTE);
  await expect(bedside.getByRole('article', { name: HIDDEN })).toContainText(REPLY);

  // The corrected version begins at the beginning.
  deliver(stage);
  const approver = await govern(browser, stage, 'approver');
  await openModel(owner.page, NEW);
  await owner.page.getByLabel(`Why ${NEW} is proposed`).fill('Reads the unit of each lactate');
  await owner.page.getByRole('button', { name: 'Enter as proposed' }).click();
  await expect(owner.page.getByRole('region', { name: 'Enter as proposed' })).toHaveCount(0);
  for (const move of [
    { to: 'validated', reason: 'Right on the lactates of last month' },
    { to: 'silent', reason: 'To be counted before it is seen' },
  ]) {
    await propose(owner.page, move);
    await approve(approver.page);
  }
  await relaunch(page);
  await expect(app.getByRole('article', { name: HIDDEN })).toBeVisible();
  await expect(app.getByText(TITLE)).toHaveCount(0);

  await propose(owner.page, { to: 'pilot', unit: '5B Medicine', reason: 'Silent counts agree' });
  await approve(approver.page);
  await relaunch(page);
  await expect(app.getByRole('article', { name: TITLE })).toContainText('Pilot');
  await attest(safety.page, 'Effectiveness check', 'No wrong unit in the pilot');
  await propose(owner.page, { to: 'active', reason: 'The pilot found nothing' });
  await approve(approver.page);
  await page.clock.fastForward(MINUTE);
  await expect(app.getByRole('article', { name: TITLE })).not.toContainText('Pilot');

  // Who has not worked on it closes it.
  const committee = await govern(browser, stage, 'committee');
  await attest(committee.page, 'Close', 'Seen to work on the ward');
  await expect(committee.page.getByText('Closed: 1')).toBeVisible();

  await expectOnRecord(stage);
  for (const { noise, page: one } of [nurse, owner, safety, approver, committee]) {
    expect(noise).toEqual([]);
    await one.context().close();
  }
});

const CODES = 'https://clinician-feedback.example.org/fhir/CodeSystem';

/** Another reader, with a token of its own: what is there, who did it, and that all of it is FHIR. */
async function expectOnRecord(stage: Stage): Promise<void> {
  const read = async <R extends FhirResource>(query: string): Promise<R[]> => {
    const bundle = await plainSearch(stage, `${query}&_count=200`);
    return (bundle.entry ?? []).map(({ resource }) => resource as R);
  };
  const states = await read<Observation>(`Observation?code=${CODES}/feedback-item|model-state`);
  const of = (device: string) =>
    states
      .filter(({ subject, identifier }) => identifier && subject?.reference === device)
      .toSorted((a, b) => ((a.issued ?? '') < (b.issued ?? '') ? -1 : 1))
      .map(({ valueCodeableConcept }) => valueCodeableConcept?.coding?.[0]?.code);
  expect(of('Device/ai-sepsis-3')).toEqual(['suspended']);
  expect(of('Device/ai-sepsis-311')).toEqual([
    'proposed',
    'validated',
    'silent',
    'pilot',
    'active',
  ]);

  const transitions = await read<Task>(`Task?code=${CODES}/governance-task|transition`);
  expect(transitions.map(({ status }) => status)).toEqual(Array(6).fill('completed'));
  for (const { requester, owner, input } of transitions) {
    const to = input?.find(({ type }) => type.coding?.[0]?.code === 'transition-to');
    const alone = ['proposed', 'suspended'].includes(
      to?.valueCodeableConcept?.coding?.[0]?.code ?? '',
    );
    expect(owner?.reference === requester?.reference).toBe(alone);
  }
  const [incident, ...others] = await read<Task>(`Task?code=${CODES}/governance-task|incident`);
  expect(others).toEqual([]);
  expect(incident?.status).toBe('completed');
  expect(incident?.output).toHaveLength(6);
  const events = await read('AdverseEvent?subject=Patient/sepsis');
  const evidence = await read(`DocumentReference?type=${CODES}/feedback-item|safety-evidence`);
  const replies = await read('Communication?recipient=Practitioner/nurse-5b');
  expect([events, evidence, replies].map(({ length }) => length)).toEqual([1, 1, 1]);

  const written = [...transitions, ...(incident ? [incident] : []), ...replies];
  const provenances = (
    await Promise.all(
      written.map(({ resourceType, id }) =>
        read<Provenance>(`Provenance?target=${resourceType}/${id}`),
      ),
    )
  ).flat();
  const people = new Set(provenances.flatMap(({ agent }) => agent[0]?.who.reference ?? []));
  expect([...people].toSorted()).toEqual(
    Object.values(PEOPLE)
      .map((id) => `Practitioner/${id}`)
      .toSorted(),
  );
  const own = states.filter(({ identifier }) => identifier);
  for (const one of [...own, ...written, ...events, ...evidence, ...provenances]) expectValid(one);
}
