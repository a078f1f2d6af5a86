import AxeBuilder from '@axe-core/playwright';
import type { FrameLocator, Locator, Page } from '@playwright/test';
import type {
  AdverseEvent,
  Bundle,
  DocumentReference,
  FhirResource,
  Parameters,
  Provenance,
  Task,
} from 'fhir/r4';
import { aSite } from '#tests/support/site.ts';
import { expectValid, plainSearch } from './fhir-reader.ts';
import { MortalBrowser } from './mortal-browser.ts';
import { expect, openPatient, type Stage, signIn, test } from './stage.ts';

// From a card to the hospital's record in two actions, and exactly one of each of three resources
// there, whatever happens in between.
const TITLE = /Start the sepsis bundle/;
const PATIENT = 'Hanna Kowalska';
const { governance: GOVERNANCE } = aSite([]);
/** SAFETY_SHOTS=some/dir keeps pictures: look at them. */
const SHOTS = process.env.SAFETY_SHOTS;
const LATER = { timeout: 60_000 };

test.describe.configure({ timeout: 180_000 });

const cardIn = (app: FrameLocator): Locator => app.getByRole('article', { name: TITLE });
const reportIn = (app: FrameLocator): Locator =>
  cardIn(app).getByRole('group', { name: 'Safety report' });

async function open(page: Page, stage: Stage): Promise<FrameLocator> {
  await signIn(page, stage);
  return await openPatient(page, PATIENT);
}

async function report(app: FrameLocator, what: RegExp): Promise<void> {
  await cardIn(app).getByRole('button', { name: 'Report a safety concern' }).click();
  await cardIn(app)
    .getByRole('group', { name: 'What happened?' })
    .getByRole('button', { name: what })
    .click();
}

async function all<R extends FhirResource>(stage: Stage, query: string): Promise<R[]> {
  const bundle = await plainSearch(stage, query);
  return (bundle.entry ?? []).map(({ resource }) => resource as R);
}

const KIND = 'https://clinician-feedback.example.org/fhir/CodeSystem';

async function onRecord(stage: Stage) {
  const [events, tasks, documents] = await Promise.all([
    all<AdverseEvent>(stage, 'AdverseEvent?subject=Patient/sepsis'),
    all<Task>(stage, `Task?patient=Patient/sepsis&code=${KIND}/governance-task|incident`),
    all<DocumentReference>(
      stage,
      `DocumentReference?patient=Patient/sepsis&type=${KIND}/feedback-item|safety-evidence`,
    ),
  ]);
  return { events, tasks, documents };
}

async function expectExactlyOneEach(stage: Stage, page: Page) {
  await expect(async () => {
    await page.clock.fastForward(20_000);
    const { events, tasks, documents } = await onRecord(stage);
    expect([events.length, tasks.length, documents.length]).toEqual([1, 1, 1]);
  }).toPass(LATER);
  // Every repeat that is planned comes now, if there is one.
  await page.clock.fastForward(5 * 60_000);
  const { events, tasks, documents } = await onRecord(stage);
  expect([events.length, tasks.length, documents.length]).toEqual([1, 1, 1]);
  const [event] = events;
  const [task] = tasks;
  const [document] = documents;
  if (!event || !task || !document) throw new Error('One of the three is missing.');
  expect(task.focus?.reference).toBe(`AdverseEvent/${event.id}`);
  expect(event.referenceDocument?.[0]?.reference).toBe(`DocumentReference/${document.id}`);
  for (const resource of [event, task, document]) expectValid(resource);
  return { event, task, document };
}

const bundleIn = (document: DocumentReference): Bundle =>
  JSON.parse(Buffer.from(document.content[0]?.attachment.data ?? '', 'base64').toString('utf8'));

test.describe('two actions', () => {
  test.use({ movableClock: true });

  test('the report, its evidence and the work on it are on the record', async ({ page, stage }) => {
    const app = await open(page, stage);
    await cardIn(app).getByText('Lactate').first().waitFor();
    await report(app, /Near miss/);
    const reported = reportIn(app);
    await expect(reported.getByText('Recorded.')).toBeVisible();
    await expect(reported.getByRole('status')).toHaveText('Saved on this device');
    await expect(reported).toContainText('It is not in the chart.');
    await expect(reported).toBeFocused();
    await page.clock.fastForward(10_000);
    await expect(reported.getByRole('status')).toHaveText('Sent');
    const { event, task, document } = await expectExactlyOneEach(stage, page);
    expect(event).toMatchObject({
      actuality: 'potential',
      subject: { reference: 'Patient/sepsis' },
    });
    expect(event.suspectEntity?.[0]?.instance.reference).toMatch(/^Device\//);
    expect(event.recorder?.reference).toMatch(/^Practitioner\//);
    expect(task).toMatchObject({ status: 'requested', intent: 'order' });
    const evidence = bundleIn(document);
    expectValid(evidence);
    const types = (evidence.entry ?? []).map(({ resource }) => resource?.resourceType);
    expect(types.slice(0, 1)).toEqual(['Parameters']);
    expect(types).toEqual(expect.arrayContaining(['RiskAssessment', 'Device', 'Observation']));
    const summary = evidence.entry?.[0]?.resource as Parameters;
    const names = summary.parameter?.map(({ name }) => name) ?? [];
    expect(names).toEqual(expect.arrayContaining(['model', 'shown', 'input', 'recall']));
  });

  test('undone within ten seconds, nothing is sent', async ({ page, stage }) => {
    const app = await open(page, stage);
    await report(app, /Unsafe condition/);
    await reportIn(app).getByRole('button', { name: 'Undo' }).click();
    await expect(reportIn(app)).toHaveCount(0);
    await page.clock.fastForward(60_000);
    const { events, tasks, documents } = await onRecord(stage);
    expect([events, tasks, documents]).toEqual([[], [], []]);
  });

  test('by keyboard alone, with details, after the reason that offers it', async ({
    page,
    stage,
  }) => {
    const app = await open(page, stage);
    await cardIn(app).getByRole('button', { name: 'Override', exact: true }).click();
    await cardIn(app)
      .getByRole('button', { name: /unsafe/i })
      .first()
      .click();
    await expect(cardIn(app).getByText('You said that this advice is unsafe.')).toBeVisible();
    await cardIn(app).getByRole('button', { name: 'Report a safety concern' }).focus();
    await page.keyboard.press('Enter');
    const form = cardIn(app).getByRole('group', { name: 'What happened?' });
    await expect(form).toBeFocused();
    await form.getByRole('button', { name: 'Add details first' }).focus();
    await page.keyboard.press('Enter');
    await form.getByRole('textbox', { name: 'In your own words' }).focus();
    await page.keyboard.type('Dose was ten times too high.');
    await form.getByRole('combobox', { name: 'Harm to the patient' }).selectOption('Mild');
    await form.getByRole('combobox', { name: 'Had the AI part in it?' }).selectOption('Yes');
    await form.getByRole('combobox', { name: 'How sure are you?' }).selectOption('Fairly');
    await form.getByRole('button', { name: /Reached the patient/ }).focus();
    // Armed after half a second, so that no key that is still down reports anything.
    await page.clock.fastForward(600);
    await page.keyboard.press('Enter');
    await expect(reportIn(app).getByText('Recorded.')).toBeVisible();
    await page.clock.fastForward(10_000);
    const { event, task } = await expectExactlyOneEach(stage, page);
    expect(event.actuality).toBe('actual');
    expect(event.seriousness?.coding?.map(({ code }) => code)).toEqual(['mild']);
    expect(event.suspectEntity?.[0]?.causality?.[0]?.assessment?.coding?.[0]?.code).toBe('yes');
    expect(task.note?.[0]?.text).toBe('Dose was ten times too high.');
    const reasons = task.input?.flatMap(({ valueCodeableConcept }) => valueCodeableConcept ?? []);
    expect(reasons?.map(({ coding }) => coding?.[0]?.code)).toEqual(['ai-unsafe']);
  });
});

test.describe('a server in trouble', () => {
  test.use({ movableClock: true, expectedNoise: /net::ERR|status of (401|503)/ });

  // Each fault at each of the three: tests/unit/io/deliver-report.test.ts.
  for (const [path, effect] of [
    ['AdverseEvent', { kind: 'commit-then-drop' }],
    ['Task', { kind: 'status', status: 503 }],
  ] as const)
    test(`${effect.kind} at the ${path}: one of each`, async ({ page, stage }) => {
      const app = await open(page, stage);
      stage.sandbox.faults.add({ method: 'POST', path: `/fhir/${path}`, effect, count: 1 });
      await report(app, /Near miss/);
      await expect(reportIn(app).getByRole('status')).toHaveText('Saved on this device');
      await expectExactlyOneEach(stage, page);
    });
});

test('kill -9 while the second of three is under way: one of each after the next sign-in', async ({
  stage,
  launchOptions,
}) => {
  const browser = new MortalBrowser(launchOptions);
  try {
    const page = await (await browser.start()).newPage();
    await page.clock.install();
    const app = await open(page, stage);
    stage.sandbox.faults.add({
      method: 'POST',
      path: '/fhir/AdverseEvent',
      effect: { kind: 'delay', ms: 4_000 },
      count: 1,
    });
    const sent = page.waitForRequest(
      (request) => /\/fhir\/AdverseEvent$/.test(request.url()),
      LATER,
    );
    await report(app, /Reached the patient/);
    await expect(reportIn(app).getByRole('status')).toHaveText('Saved on this device');
    await page.clock.fastForward(10_000);
    await sent;
    await browser.kill();

    const again = await (await browser.start()).newPage();
    await again.clock.install();
    await open(again, stage);
    await expectExactlyOneEach(stage, again);
  } finally {
    await browser.close();
  }
});

test.describe('where the site lets a name be withheld', () => {
  test.use({
    movableClock: true,
    stageOptions: { site: { governance: { ...GOVERNANCE, confidentialReports: true } } },
  });

  test('none of the three names the reporter; one restricted Provenance does', async ({
    page,
    stage,
  }) => {
    const app = await open(page, stage);
    await cardIn(app).getByRole('button', { name: 'Report a safety concern' }).click();
    const form = cardIn(app).getByRole('group', { name: 'What happened?' });
    await form.getByRole('button', { name: 'Add details first' }).click();
    await form.getByRole('checkbox', { name: /Withhold my name/ }).check();
    await page.clock.fastForward(600);
    await form.getByRole('button', { name: /Near miss/ }).click();
    await page.clock.fastForward(10_000);
    const { event, task, document } = await expectExactlyOneEach(stage, page);
    expect([event.recorder, task.requester, document.author]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    const [named, ...others] = await all<Provenance>(
      stage,
      `Provenance?target=AdverseEvent/${event.id}`,
    );
    expect(others).toEqual([]);
    expect(named?.meta?.security?.[0]?.code).toBe('R');
    expect(named?.agent[0]?.who.reference).toMatch(/^Practitioner\//);
  });
});

test.describe('where no hospital store is', () => {
  test.use({
    stageOptions: {
      issuer: { hospitalStore: false },
      site: { governance: { ...GOVERNANCE, safetyContact: 'the safety office, 4711' } },
    },
  });

  test('the form says so, and whom to call', async ({ page, stage }) => {
    const app = await open(page, stage);
    await cardIn(app).getByRole('button', { name: 'Report a safety concern' }).click();
    await expect(cardIn(app).getByText('Safety reports cannot be kept here')).toBeVisible();
    await expect(cardIn(app).getByText('the safety office, 4711')).toBeVisible();
    await expect(cardIn(app).getByRole('button', { name: /Near miss/ })).toHaveCount(0);
  });
});

test.describe('the answer to a report', () => {
  test.use({ movableClock: true });

  test('is on the same card', async ({ page, stage }) => {
    const app = await open(page, stage);
    await report(app, /Near miss/);
    await page.clock.fastForward(10_000);
    const { event } = await expectExactlyOneEach(stage, page);
    stage.sandbox.put({
      resourceType: 'Communication',
      id: 'reply-1',
      status: 'completed',
      subject: { reference: 'Patient/sepsis' },
      about: [{ reference: `AdverseEvent/${event.id}` }],
      recipient: [{ reference: event.recorder?.reference ?? '' }],
      sender: { display: 'Safety officer' },
      sent: '2026-11-22T18:00:00+01:00',
      payload: [{ contentString: 'The threshold was put back on Monday.' }],
    });
    await page.clock.fastForward(6 * 60_000);
    const answer = cardIn(app).getByText('Answer to your safety report');
    await expect(answer).toBeVisible(LATER);
    await expect(cardIn(app).getByText('The threshold was put back on Monday.')).toBeVisible();
  });
});

test('at every width in light and dark: axe, and nothing to scroll sideways', async ({
  page,
  stage,
}) => {
  const app = await open(page, stage);
  await cardIn(app).getByRole('button', { name: 'Report a safety concern' }).click();
  await cardIn(app).getByRole('button', { name: 'Add details first' }).click();
  for (const width of ['320 px', '480 px', 'Full tab'])
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.getByRole('button', { name: width }).click();
      const panel = cardIn(app).getByRole('group', { name: 'What happened?' });
      await panel.scrollIntoViewIfNeeded();
      if (SHOTS) await page.screenshot({ path: `${SHOTS}/report-${width}-${colorScheme}.png` });
      const { violations } = await new AxeBuilder({ page })
        .include(['iframe[title="AI recommendations"]', 'article'])
        .analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
      const sideways = await app
        .locator('html')
        .evaluate((html) => html.scrollWidth - html.clientWidth);
      expect(sideways, width).toBeLessThanOrEqual(0);
    }
});
