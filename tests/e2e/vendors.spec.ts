import type { Page } from '@playwright/test';
import type { DocumentReference, FhirResource, Observation, Patient } from 'fhir/r4';
import { FLOWSHEET } from '#mocks/vendors/epic-flowsheet.ts';
import { vendorStage } from '#src/cli/stage-vendors.ts';
import {
  component,
  expectValid,
  plainSearch,
  responseCode,
  responsesOf,
  type Server,
  storeOf,
} from './fhir-reader.ts';
import { appFrame, expect, openPatient, type Stage, signIn, test } from './stage.ts';

const SEPSIS = /Start the sepsis bundle/;
const POTASSIUM = /Check potassium/;
const MRN = 'https://st-brannoc.example.org/mrn';
const [epic, oracle, lossy] = await Promise.all(['epic', 'oracle', 'lossy'].map(vendorStage));

test.use({ movableClock: true });

test.describe('epic', () => {
  test.use({ stageOptions: { ...epic } });

  test('rows in the flowsheet, the whole answer in the store', async ({ page, stage }) => {
    await answerTwo(page, stage);
    await expectStatus(page, SEPSIS, 'Sent');
    await expectStatus(page, POTASSIUM, 'Sent');
    await expectPlaces(page, ['Hospital store: Sent', 'Flowsheet: Sent']);

    await expectBothInStore(stage);
    expect(await responsesOf(stage, 'sepsis')).toEqual([]);
    const decisions = await rows(stage, FLOWSHEET.decision);
    const recommendations = await rows(stage, FLOWSHEET.recommendation);
    const reasons = await rows(stage, FLOWSHEET.reason);
    const comments = await rows(stage, FLOWSHEET.comment);
    expect(decisions.map(({ valueString }) => valueString).sort()).toEqual([
      expect.stringContaining('Accepted'),
      expect.stringContaining('Overridden'),
    ]);
    expect(recommendations).toHaveLength(2);
    for (const { valueString } of recommendations) expect(valueString).toMatch(/[0-9a-f-]{36}/);
    expect(reasons.map(({ valueString }) => valueString)).toEqual(['Already done']);
    expect(comments.map(({ valueString }) => valueString)).toEqual(['Antibiotics given at 20:10.']);
    for (const row of [...decisions, ...recommendations, ...reasons, ...comments]) expectValid(row);
  });

  test.describe('where the reply is lost', () => {
    test.use({ expectedNoise: /ERR_EMPTY_RESPONSE|status of 400/ });

    test('takes a reading that exists for its own, and files none twice', async ({
      page,
      stage,
    }) => {
      const effect = { kind: 'commit-then-drop' } as const;
      stage.sandbox.faults.add({ effect, method: 'POST', path: '/fhir/Observation', count: 1 });
      await answerTwo(page, stage);
      await expect.poll(async () => (await rows(stage, FLOWSHEET.decision)).length).toBe(2);
      await page.clock.fastForward(5 * 60_000);
      await expectStatus(page, SEPSIS, 'Sent');
      await expectStatus(page, POTASSIUM, 'Sent');
      expect(await rows(stage, FLOWSHEET.decision)).toHaveLength(2);
      expect(await rows(stage, FLOWSHEET.recommendation)).toHaveLength(2);
    });
  });
});

test.describe('oracle', () => {
  test.use({
    stageOptions: { ...oracle },
    // The Observation that Millennium refuses, which is tried and is not required.
    expectedNoise: /status of 422/,
  });

  test('refuses the Observation; a note and the store have it', async ({ page, stage }) => {
    await answerTwo(page, stage);
    await expectBothInStore(stage);
    await expectPlaces(page, [
      'Hospital store: Sent',
      /^Sandbox EHR \(optional\): Refused .*vital-signs and laboratory/,
      'Clinical note: When you leave this chart',
    ]);
    // One note for all: it waits for another answer, and is filed when none comes.
    expect(await found(stage, 'DocumentReference?patient=sepsis&type=34109-9')).toEqual([]);
    await page.clock.fastForward(10 * 60_000);
    await expectStatus(page, SEPSIS, 'Sent');
    await expectStatus(page, POTASSIUM, 'Sent');
    expect(await responsesOf(stage, 'sepsis')).toEqual([]);
    const [note, ...others] = await found<DocumentReference>(
      stage,
      'DocumentReference?patient=sepsis&type=34109-9',
    );
    expect(others).toEqual([]);
    expectValid(note);
    const text = Buffer.from(note?.content[0]?.attachment.data ?? '', 'base64').toString();
    for (const said of [
      'Accepted',
      'Overridden',
      'Reason: Already done',
      'Antibiotics given at 20:10.',
    ])
      expect(text).toContain(said);
  });
});

test.describe('lossy', () => {
  test.use({ stageOptions: { ...lossy } });

  test('comes back without focus and components, and says what is lost', async ({
    page,
    stage,
  }) => {
    await answerTwo(page, stage);
    await expectStatus(page, POTASSIUM, 'Stored in part');
    await expectStatus(page, SEPSIS, 'Stored in part');
    const card = appFrame(page).getByRole('article', { name: SEPSIS });
    await expect(card).toContainText(/The server kept your answer but not: .*reason/i);

    const answers = await responsesOf(stage, 'sepsis');
    expect(answers.map(responseCode).sort()).toEqual(['accepted', 'overridden']);
    for (const answer of answers) {
      expect(answer.component).toBeUndefined();
      expect(answer.focus).toBeUndefined();
    }
  });
});

/** Accepts one recommendation, overrides the other with reason and comment, and lets Undo pass. */
async function answerTwo(page: Page, stage: Stage): Promise<void> {
  await signIn(page, stage);
  const app = await openPatient(page, 'Hanna Kowalska');
  const accepted = app.getByRole('article', { name: POTASSIUM });
  const overridden = app.getByRole('article', { name: SEPSIS });
  await overridden.getByRole('button', { name: 'Override', exact: true }).click();
  const reasons = overridden.getByRole('group', { name: 'Reason for override' });
  await reasons.getByRole('textbox', { name: 'Comment' }).fill('Antibiotics given at 20:10.');
  await reasons.getByRole('button', { name: /Already done or ordered/ }).click();
  await expect(overridden.getByRole('status')).toContainText('Saved on this device');
  await accepted.getByRole('button', { name: POTASSIUM }).click();
  await accepted.getByRole('button', { name: 'Accept', exact: true }).click();
  await expect(accepted.getByRole('status')).toContainText('Saved on this device');
  await page.clock.fastForward(10_000);
}

/** One card is open at a time, and the open one says where its answer is. */
async function expectStatus(page: Page, name: RegExp, words: string): Promise<void> {
  const card = appFrame(page).getByRole('article', { name });
  // After a long jump of the clock the advice comes back once the registry has been asked again.
  await expect(card).toBeVisible();
  const closed = card.getByRole('button', { name, expanded: false });
  if (await closed.isVisible()) await closed.click();
  await expect(card.getByRole('status')).toContainText(words);
}

/** What the open card says of each place, the full record first. */
async function expectPlaces(page: Page, said: readonly (string | RegExp)[]): Promise<void> {
  const places = appFrame(page).getByRole('list', { name: 'Where this answer is' });
  await expect(places.getByRole('listitem')).toHaveText(said);
}

const rows = (stage: Stage, code: string): Promise<Observation[]> =>
  found(stage, `Observation?patient=sepsis&code=${FLOWSHEET.system}|${code}`);

/** Everything that the contract says, about the store's own Patient and from the EHR's Practitioner. */
async function expectBothInStore(stage: Stage): Promise<void> {
  const store = storeOf(stage);
  const [patient] = await found<Patient>(stage, 'Patient?_id=sepsis');
  const mrn = patient?.identifier?.find(({ system }) => system === MRN)?.value;
  const [record] = await found<Patient>(store, `Patient?identifier=${MRN}|${mrn}`);
  expect(record?.id).not.toBe('sepsis');
  const answers = async () => responsesOf(store, record?.id ?? '');
  await expect.poll(async () => (await answers()).length).toBe(2);
  for (const answer of await answers()) {
    expectValid(answer);
    expect(answer.subject?.reference).toBe(`Patient/${record?.id}`);
    expect(answer.performer?.[0]?.reference).toContain(`${stage.fhirUrl}/Practitioner/`);
    expect(answer.focus?.[0]?.identifier?.value).toBeTruthy();
    expect(component(answer, 'time-to-response')).toBeDefined();
  }
  const overridden = (await answers()).find((answer) => responseCode(answer) === 'overridden');
  expect(component(overridden, 'override-reason')).toBeDefined();
}

async function found<T extends FhirResource>(server: Server, query: string): Promise<T[]> {
  const { entry = [] } = await plainSearch(server, query);
  return entry.map(({ resource }) => resource as T);
}
