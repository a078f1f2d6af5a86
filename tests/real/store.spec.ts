import { readFileSync } from 'node:fs';
import { CHART_SCOPES } from '#src/cli/stage-config.ts';
import { type Chart, chartBundle, MRN_SYSTEM, recommend, storeChart } from './chart.ts';
import { createProject, type MedplumProject } from './medplum.ts';
import { expect, expectOpen, type Real, test as real } from './real.ts';
import { serveSignInPage, signInAddress } from './sign-in-page.ts';

// The launcher as the EHR, and Medplum as the hospital's store with a sign-in of its own: other ids
// for the same people, and the recommendations are there.
real.skip(
  ({ on }) => on !== 'launcher' || !process.env.MEDPLUM_URL,
  'needs both: the launcher as EHR and Medplum as store',
);

/** What the guide tells a site to set: docs/hospital-fhir-store.md. */
const SCOPES =
  'openid fhirUser online_access user/Patient.rs user/Practitioner.r user/RiskAssessment.rs user/Observation.crus user/Device.rs user/DocumentReference.rs user/Provenance.crs user/StructureDefinition.rs';
const POLICIES = new URL('../../docs/medplum/access-policies.json', import.meta.url);

function clinicianPolicy(): object {
  const { entry = [] } = JSON.parse(readFileSync(POLICIES, 'utf8')) as {
    entry?: { resource: { name?: string } }[];
  };
  const policy = entry.find(({ resource }) => resource.name === 'clinician-feedback-clinician');
  if (!policy) throw new Error('The guide has no policy for clinicians.');
  return policy.resource;
}

interface Store {
  readonly project: MedplumProject;
  /** As the app is registered there. */
  readonly clientId: string;
  /** The same patient in the EHR, and here. */
  readonly inEhr: Chart;
  readonly inStore: Chart;
}

const test = real.extend<{ store: Store }>({
  store: async ({ real }, use) => {
    const project = await createProject(clinicianPolicy());
    const clientId = await project.registerApp([`${real.appUrl()}index.html`]);
    const address = await signInAddress(project.fhirUrl, clientId, `${real.appUrl()}index.html`);
    const page = await serveSignInPage(project, address);
    real.configure({
      hospitalStore: false,
      scopes: CHART_SCOPES,
      recommendationSource: 'store',
      store: {
        baseUrl: project.fhirUrl,
        label: 'Hospital store',
        auth: 'smart',
        clientId,
        scopes: SCOPES,
        authorizationOrigins: [],
        patientIdentifierSystem: MRN_SYSTEM,
        canRetract: true,
        conditionalCreate: true,
      },
    });
    const bundle = chartBundle();
    const inEhr = await storeChart(real.server, bundle);
    await use({ project, clientId, inEhr, inStore: await storeChart(project.server, bundle) });
    await page.close();
  },
});

const answersIn = (server: Real['server'], { patient }: Chart) =>
  server.search(
    `Observation?${new URLSearchParams({
      patient,
      code: 'https://clinician-feedback.example.org/fhir/CodeSystem/feedback-item|recommendation-response',
    })}`,
  );

test('answers go to the store, about its own patient; the EHR gets none', async ({
  page,
  real,
  store,
}) => {
  const { project, inEhr, inStore } = store;
  const name = `Arrange an early visit ${crypto.randomUUID().slice(0, 8)}`;
  const recommendation = await recommend(project.server, inStore, name);
  await page.goto(await real.launchUrl({ on: inEhr }));
  await expectOpen(page, inEhr);
  const card = page.getByRole('article', { name });
  await card.getByRole('button', { name: 'Accept', exact: true }).click();
  await expect(card.getByRole('status')).toContainText('Sent');

  const [answer, ...others] = await project.server.feedback(
    'recommendation-response',
    inStore.patient,
    recommendation,
  );
  expect(others).toEqual([]);
  expect(inStore.patient).not.toBe(inEhr.patient);
  expect(answer?.subject?.reference).toBe(inStore.patient);
  expect(answer?.performer?.[0]?.reference).toBe(`${real.issuers[0]?.iss}/${inEhr.practitioner}`);
  expect(await answersIn(real.server, inEhr)).toEqual([]);

  await page.reload();
  await expect(page.getByRole('article', { name })).toContainText('Accepted');
});

test('a patient whom the store does not know: an explanation, and no card', async ({
  page,
  real,
  store,
}) => {
  const stranger = await storeChart(real.server, chartBundle());
  await recommend(store.project.server, store.inStore, 'Arrange an early visit');
  await page.goto(await real.launchUrl({ on: stranger }));
  await expect(page.getByRole('alert')).toContainText('Hospital store');
  await expect(page.getByRole('article')).toHaveCount(0);
});

test('another clinician in the EHR than in the store: an explanation, and no card', async ({
  page,
  real,
  store,
}) => {
  const { id } = await real.server.create({
    resourceType: 'Practitioner',
    name: [{ family: 'Lindqvist', given: ['Bo'] }],
  });
  const inEhr = { ...store.inEhr, practitioner: `Practitioner/${id}` };
  await page.goto(await real.launchUrl({ on: inEhr }));
  await expect(page.getByRole('alert')).toContainText('It is not certain that you are the one');
  await expect(page.getByRole('article')).toHaveCount(0);
});

test('the policy of the guide: an answer is taken back, and not changed, deleted or joined by others', async ({
  page,
  real,
  store,
}) => {
  const { project, clientId, inEhr, inStore } = store;
  const name = `Arrange an early visit ${crypto.randomUUID().slice(0, 8)}`;
  const recommendation = await recommend(project.server, inStore, name);
  await page.goto(await real.launchUrl({ on: inEhr }));
  const card = page.getByRole('article', { name });
  await card.getByRole('button', { name: 'Accept', exact: true }).click();
  await expect(card.getByRole('status')).toContainText('Sent');
  const answers = () =>
    project.server.feedback('recommendation-response', inStore.patient, recommendation);
  const [answer] = await answers();

  const token = await project.tokenFor(SCOPES, clientId, `${real.appUrl()}index.html`);
  const ask = async (method: string, path: string, body: object) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json' };
    const init = { method, headers, body: JSON.stringify(body) };
    return (await fetch(`${project.fhirUrl}/${path}`, init)).status;
  };
  const own = `Observation/${answer?.id}`;
  const changed = { ...answer, valueCodeableConcept: { text: 'overridden' } };
  expect(await ask('PUT', own, changed)).toBe(403);
  expect(await ask('PUT', own, { ...changed, status: 'entered-in-error' })).toBe(403);
  expect(await ask('DELETE', own, {})).toBe(403);
  const other = { resourceType: 'Observation', status: 'final', code: { text: 'Heart rate' } };
  expect(await ask('POST', 'Observation', other)).toBe(403);

  await card.getByRole('button', { name: 'Retract' }).click();
  await expect.poll(() => answers().then(([one]) => one?.status)).toBe('entered-in-error');
});
