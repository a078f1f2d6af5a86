import type { FrameLocator, Page } from '@playwright/test';
import type { Patient } from 'fhir/r4';
import {
  component,
  expectValid,
  exposuresOf,
  responseCode,
  responsesOf,
  storeOf,
} from './fhir-reader.ts';
import { appFrame, expect, expectSent, openPatient, type Stage, signIn, test } from './stage.ts';

const TITLE = /Start the sepsis bundle/;

/** The ward's sepsis patient as the store knows her. */
function inStore({ store }: Stage): Patient & { id: string } {
  const found = store?.sandbox
    .list('Patient')
    .find(({ name }) => name?.some(({ family }) => family === 'Kowalska'));
  if (!found?.id) throw new Error('The store does not know the patient.');
  return { ...found, id: found.id };
}

/** The ward's patient with two records in the store. */
function longName({ sandbox }: Stage): RegExp {
  const patient = sandbox.read('Patient', 'long-name') as Patient;
  return new RegExp(`Open .*${patient.name?.[0]?.family}`);
}

/** Opens a chart for which the app must show nothing. */
async function openStopped(page: Page, name: RegExp): Promise<FrameLocator> {
  await page.getByRole('button', { name }).first().click();
  const app = appFrame(page);
  await expect(app.getByRole('alert')).toBeVisible();
  return app;
}

test.describe('recommendations in the hospital’s own store', () => {
  test.use({ stageOptions: { store: { auth: 'ehr-token' } }, movableClock: true });

  test('are answered there, about its own patient; the EHR gets nothing', async ({
    page,
    stage,
  }) => {
    await signIn(page, stage);
    const app = await openPatient(page, 'Hanna Kowalska');
    const { id } = inStore(stage);
    // What was seen goes to the store, once it was in view for a second.
    await expect.poll(() => exposuresOf(storeOf(stage), id)).toHaveLength(1);
    const [exposure] = await exposuresOf(storeOf(stage), id);
    expect(exposure?.focus?.[0]?.reference).toMatch(/^RiskAssessment\//);
    expectValid(exposure);

    const card = app.getByRole('article', { name: TITLE });
    await card.getByRole('button', { name: 'Override', exact: true }).click();
    await card
      .getByRole('group', { name: 'Reason for override' })
      .getByRole('button', { name: /Already done or ordered/ })
      .click();
    await expectSent(page, card);

    const [answer, ...others] = await responsesOf(storeOf(stage), id);
    expect(others).toEqual([]);
    expect(id).not.toBe('sepsis');
    expect(responseCode(answer)).toBe('overridden');
    expect(answer?.subject?.reference).toBe(`Patient/${id}`);
    expect(answer?.focus?.[0]?.reference).toMatch(/^RiskAssessment\/[^/]+$/);
    const [, focus = ''] = answer?.focus?.[0]?.reference?.split('/') ?? [];
    expect(stage.store?.sandbox.read('RiskAssessment', focus)).toBeDefined();
    // Who answered, and where, is known to the EHR.
    const ehr = stage.fhirUrl;
    expect(answer?.performer?.[0]?.reference).toContain(`${ehr}/Practitioner/`);
    expect(answer?.encounter?.reference).toContain(`${ehr}/Encounter/`);
    expect(component(answer, 'time-to-response')).toBeDefined();
    expectValid(answer);
    // Neither in the EHR.
    for (const read of [responsesOf, exposuresOf]) expect(await read(stage, 'sepsis')).toEqual([]);

    await page.reload();
    await signIn(page, stage);
    const again = (await openPatient(page, 'Hanna Kowalska')).getByRole('article', { name: TITLE });
    await expect(again.getByText('Overridden').first()).toBeVisible();
  });

  test('an input is read where it is, and a doubt about the patient is said', async ({
    page,
    stage,
  }) => {
    const known = inStore(stage);
    stage.store?.sandbox.put({ ...known, name: [{ family: 'Nowak', given: ['Hanna'] }] });
    await signIn(page, stage);
    const app = await openPatient(page, 'Hanna Kowalska');
    await expect(app.getByText('Check that this is your patient')).toBeVisible();
    const card = app.getByRole('article', { name: TITLE });
    await expect(card.getByText(/Lactate/).first()).toBeVisible();
    await expect(card.getByText(/could not be read from the server/)).toHaveCount(0);
  });

  test('nobody there, two there, or somebody else there: an explanation, and no card', async ({
    page,
    stage,
  }) => {
    const known = inStore(stage);
    stage.store?.sandbox.put({ ...known, birthDate: '1901-01-01' });
    for (const [who, why] of [
      [/Open .*Kowalska/, 'for somebody else: birth date differs'],
      [/Open .*Unknown-Tango/, 'does not know this patient'],
      [longName(stage), 'more than one patient with this number'],
    ] as const) {
      await signIn(page, stage);
      const stopped = await openStopped(page, who);
      await expect(stopped.getByRole('alert')).toContainText(why);
      await expect(stopped.getByRole('article')).toHaveCount(0);
      await expect(stopped.getByRole('region', { name: 'Patient' })).toHaveCount(0);
    }
  });
});

test.describe('a store with a sign-in of its own', () => {
  test.use({ stageOptions: { store: { auth: 'smart' } }, movableClock: true });

  /** In a window of its own, by the EHR's link. */
  async function launch(page: Page, stage: Stage, patient = 'sepsis') {
    const clinician = stage.sandbox.list('Practitioner').find(({ name }) => name);
    const token = stage.sandbox.launch({
      clientId: 'clinician-feedback',
      user: clinician?.id ?? '',
      patient,
    });
    const query = new URLSearchParams({ iss: stage.fhirUrl, launch: token });
    await page.goto(`${stage.appUrl}launch.html?${query}`);
    await expect(page.getByRole('button', { name: 'Continue' })).toBeVisible();
    return clinician?.name?.[0]?.family ?? '';
  }

  async function chooseInStore(page: Page, clinician: RegExp, patient: RegExp) {
    const optionOf = async (label: string, text: RegExp) => {
      const select = page.getByLabel(label);
      const option = select.locator('option', { hasText: text }).first();
      await select.selectOption(await option.getAttribute('value'));
    };
    await optionOf('Clinician', clinician);
    await optionOf('Patient', patient);
    await page.getByRole('button', { name: 'Continue' }).click();
  }

  /** Back to the store's own page. */
  async function tryAgain(page: Page) {
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByRole('button', { name: 'Continue' })).toBeVisible();
  }

  test('is signed in to after the EHR; both are there after a reload', async ({ page, stage }) => {
    const clinician = await launch(page, stage);
    await chooseInStore(page, new RegExp(clinician), /Kowalska/);
    const card = page.getByRole('article', { name: TITLE });
    await card.getByRole('button', { name: 'Accept', exact: true }).click();
    await expectSent(page, card);
    const { id } = inStore(stage);
    const [answer] = await responsesOf(storeOf(stage), id);
    expect(answer?.subject?.reference).toBe(`Patient/${id}`);
    expect(await responsesOf(stage, 'sepsis')).toEqual([]);
    // The EHR's token never went to the store, nor the store's to the EHR.
    const [ehr, store] = [stage.sandbox, stage.store?.sandbox].map((server) =>
      (server?.requests() ?? []).filter(
        ({ path, status }) => path.startsWith('/fhir/') && status === 401,
      ),
    );
    expect([ehr, store]).toEqual([[], []]);

    await page.reload();
    await expect(card.getByText('Accepted').first()).toBeVisible();
    expect(new URL(page.url()).search).toMatch(/^\?state=[0-9a-f-]{36}$/);
  });

  test('another patient, another user or a refusal there: an explanation, and the way back', async ({
    page,
    stage,
  }) => {
    const clinician = await launch(page, stage);
    await chooseInStore(page, new RegExp(clinician), /^(?!.*(Kowalska|No patient))./);
    await expect(page.getByRole('alert')).toContainText('for another patient');
    await tryAgain(page);

    await chooseInStore(page, new RegExp(`^(?!.*${clinician})`), /Kowalska/);
    await expect(page.getByRole('alert')).toContainText('It is not certain that you are the one');
    await expect(page.getByRole('article')).toHaveCount(0);
    await tryAgain(page);

    // What the store answers when somebody declines.
    const asked = new URL(page.url()).searchParams;
    const back = new URL(asked.get('redirect_uri') ?? '');
    back.searchParams.set('error', 'access_denied');
    back.searchParams.set('state', asked.get('state') ?? '');
    await page.goto(back.href);
    await expect(page.getByRole('alert')).toContainText(
      'Hospital store did not complete the sign-in',
    );
    await tryAgain(page);

    await chooseInStore(page, new RegExp(clinician), /Kowalska/);
    await expect(page.getByRole('article', { name: TITLE })).toBeVisible();
  });
});
