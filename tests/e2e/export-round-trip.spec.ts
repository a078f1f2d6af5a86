import type { Locator, Page } from '@playwright/test';
import type { Observation, ObservationComponent } from 'fhir/r4';
import { component, plainPost, responseCode, responsesOf } from './fhir-reader.ts';
import { csvRows, unzipped } from './package-reader.ts';
import { expect, expectSent, openPatient, type Stage, signIn, test } from './stage.ts';

test.use({ movableClock: true });

const COMMENT = '=HYPERLINK("x") “déjà vu”,\nsecond line';

async function decide(page: Page, card: Locator): Promise<void> {
  await card.getByRole('button', { name: 'Accept', exact: true }).click();
  await expectSent(page, card);
  await card.getByRole('button', { name: 'Change answer' }).click();
  await card.getByRole('button', { name: 'Override', exact: true }).click();
  await card.getByRole('textbox', { name: 'Comment' }).fill(COMMENT);
  await card.getByRole('button', { name: /I disagree clinically/ }).click();
  await expectSent(page, card);
  await card.getByRole('button', { name: 'Change answer' }).click();
  await card.getByRole('button', { name: 'Accept', exact: true }).click();
  await expectSent(page, card);
  await card.getByRole('button', { name: 'Retract' }).click();
}

/** What another tool files: a reason of a list that nobody here knows. */
async function fileElsewhere(stage: Stage, like: Observation): Promise<void> {
  const { id: _, meta: __, extension: ___, ...rest } = structuredClone(like);
  const reason = rest.component?.find(({ code }) => code.coding?.[0]?.code === 'override-reason');
  if (reason)
    reason.valueCodeableConcept = {
      coding: [{ system: 'https://reasons.example.org', code: 'tide', display: 'The tide' }],
    };
  const value = 'urn:uuid:6f0c2f0a-0d5e-4c57-9c4e-3f6f6a0e5b11';
  await plainPost(stage, { ...rest, identifier: [{ system: 'urn:ietf:rfc:3986', value }] });
}

async function download(page: Page, stage: Stage): Promise<string> {
  await page.goto(`${stage.appUrl}export/`);
  await page.getByRole('button', { name: 'Sign in to Sandbox EHR' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByLabel('Purpose').fill('Round trip');
  await page.getByLabel('Operational').check();
  await page.getByLabel('Include free text').check();
  await page.getByRole('button', { name: 'Count' }).click();
  await page.getByRole('button', { name: 'Export', exact: true }).click({ timeout: 20_000 });
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).click({ timeout: 20_000 });
  return (await downloading).path();
}

/** A row as the contract says it is made, by nothing of the app. */
function expected(answer: Observation, all: readonly Observation[]) {
  const found = (code: string): ObservationComponent => component(answer, code) ?? { code: {} };
  const reason = found('override-reason').valueCodeableConcept?.coding?.[0];
  const replaces = answer.extension?.find(({ url }) => url.endsWith('/observation-replaces'));
  const earlier = all.find(({ id }) => `Observation/${id}` === replaces?.valueReference?.reference);
  const cell = (value: string | number | boolean | undefined) => String(value ?? '');
  return {
    decision_id: cell(answer.identifier?.[0]?.value),
    replaces_id: cell(earlier?.identifier?.[0]?.value),
    recommendation_id: cell(answer.focus?.[0]?.reference),
    recommendation_version: cell(found('recommendation-version').valueString),
    patient_id: cell(answer.subject?.reference),
    encounter_id: cell(answer.encounter?.reference),
    clinician_id: cell(answer.performer?.[0]?.reference),
    model_id: cell(found('model').valueString),
    model_version: cell(found('model-version').valueString),
    response: cell(responseCode(answer)),
    reason_system: cell(reason?.system),
    reason_code: cell(reason?.code),
    reason_display: cell(reason?.display),
    comment: answer.note?.[0]?.text === undefined ? '' : `'${answer.note[0].text}`,
    comment_present: cell(answer.note !== undefined),
    dwell_ms: cell(found('time-to-response').valueQuantity?.value),
    shown_probability: cell(found('shown-probability').valueQuantity?.value),
    evidence_opened: cell(found('evidence-opened').valueBoolean),
    app_version: cell(found('app-version').valueString),
    status: answer.status === 'entered-in-error' ? 'entered-in-error' : 'final',
  };
}

test('what was decided in the app is in the package, answer by answer, field by field', async ({
  page,
  stage,
}) => {
  await signIn(page, stage);
  const app = await openPatient(page, 'Hanna Kowalska');
  await decide(page, app.getByRole('article', { name: /Start the sepsis bundle/ }));
  const statuses = async () => (await responsesOf(stage, 'sepsis')).map(({ status }) => status);
  await expect.poll(statuses, { timeout: 25_000 }).toEqual(['final', 'final', 'entered-in-error']);
  const [, overridden] = await responsesOf(stage, 'sepsis');
  if (!overridden) throw new Error('There is no override.');
  await fileElsewhere(stage, overridden);

  const others = await page.context().newPage();
  const path = await download(others, stage);
  const answers = await responsesOf(stage, 'sepsis');
  expect(answers).toHaveLength(4);
  const rows = csvRows(path, 'csv/decisions.csv');
  const wanted = answers.map((answer) => expected(answer, answers));
  const byId = (id: string | undefined) => rows.find((row) => row.decision_id === id) ?? {};
  const told = wanted.map((row) => {
    const own = byId(row.decision_id);
    return Object.fromEntries(Object.keys(row).map((name) => [name, own[name]]));
  });
  expect(told).toEqual(wanted);
  // With those of other patients: as many as the server has.
  const held = stage.sandbox
    .list('Observation')
    .filter(({ code }) => code.coding?.[0]?.code === 'recommendation-response').length;
  expect(rows).toHaveLength(held);
  for (const [at, answer] of answers.entries())
    expect(Date.parse(byId(wanted[at]?.decision_id).decided_at ?? '')).toBe(
      Date.parse(answer.effectiveDateTime ?? ''),
    );

  const manifest = JSON.parse(unzipped(path)['manifest.json'] ?? '');
  expect(manifest.reconciled.server).toMatch(/^agrees/);
  expect(manifest.reconciled.rows.decisions).toEqual({ read: held, written: held });
});
