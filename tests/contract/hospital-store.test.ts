import type { Observation, Patient, RiskAssessment } from 'fhir/r4';
import { afterEach, describe, expect, it } from 'vitest';
import { storeScenario } from '#mocks/hospital-store/scenarios.ts';
import { ward } from '#mocks/scenarios/ward/index.ts';
import {
  authorizeParameters,
  expectOutcome,
  fhir,
  ids,
  observation,
  signedIn,
  tokensFor,
} from './client.ts';
import { START } from './harness.ts';
import { type Servers, startTwo } from './two-servers.ts';

const SCOPE =
  'launch openid patient/Patient.rs patient/RiskAssessment.rs patient/Observation.crs user/Device.rs';
const MRN = 'identifier=urn:example:mrn|MRN-p1';

describe('the hospital’s own store', () => {
  let servers: Servers;
  afterEach(() => servers.stop());

  async function launched(options: Parameters<typeof startTwo>[0] = {}, scope = SCOPE) {
    servers = await startTwo(options);
    const { access_token } = await tokensFor(servers.ehr, { scope });
    return { ...fhir(servers.store, access_token), token: access_token };
  }

  it('has the recommendations, which the EHR has not', async () => {
    servers = await startTwo();
    const { ehr, store } = servers;
    expect(ehr.sandbox.list('RiskAssessment')).toEqual([]);
    expect(ehr.sandbox.list('Device')).toEqual([]);
    expect(ehr.sandbox.list('Observation')).toHaveLength(2);
    expect(store.sandbox.list('RiskAssessment')).toHaveLength(2);
    expect(store.sandbox.list('Observation')).toEqual([]);
  });

  it('knows patients by other ids and the same MRN, and names the EHR’s content by its address', async () => {
    const store = await launched();
    const [id = ''] = ids(await store.bundle(`Patient?${MRN}`));
    expect(id).toBe('person-01');
    const [risk] = (await store.bundle(`RiskAssessment?patient=Patient/${id}`)).entry ?? [];
    const base = `${servers.ehr.url}/fhir`;
    expect(risk?.resource).toMatchObject({
      subject: { reference: 'Patient/person-01' },
      encounter: { reference: `${base}/Encounter/enc-p1` },
      performer: { reference: 'Device/sepsis-model' },
      basis: [{ reference: `${base}/Observation/lactate-p1` }],
    } satisfies Partial<RiskAssessment>);
  });

  it('takes the EHR’s token, and confines it to the launched patient', async () => {
    const store = await launched();
    expect(ids(await store.bundle('Patient'))).toEqual(['person-01']);
    expect(ids(await store.bundle('RiskAssessment'))).toEqual(['risk-p1']);
    const answer = observation('a', {
      subject: { reference: 'Patient/person-01' },
      focus: [{ reference: 'RiskAssessment/risk-p1' }],
    });
    expect((await store.post('Observation', answer)).status).toBe(201);
    const other: Observation = { ...answer, subject: { reference: 'Patient/person-02' } };
    await expectOutcome(await store.post('Observation', other), 403);
  });

  it('asks the EHR each time: a token that was revoked there is refused here', async () => {
    const store = await launched();
    servers.ehr.sandbox.revokeToken(store.token);
    await expectOutcome(await store.get('Patient'), 401);
    await expectOutcome(await fhir(servers.store, 'forged').get('Patient'), 401);
  });

  it('permits what the EHR permitted, no more', async () => {
    const store = await launched({}, 'launch patient/Patient.rs');
    expect((await store.get('Patient')).status).toBe(200);
    await expectOutcome(await store.get('RiskAssessment?patient=Patient/person-01'), 403);
  });

  it('or what its own gateway permits this app: an EHR knows nothing of a store’s resources', async () => {
    const permits = { 'clinician-feedback': 'patient/RiskAssessment.rs' };
    const store = await launched({ permits }, 'launch patient/Patient.r');
    expect(ids(await store.bundle('RiskAssessment'))).toEqual(['risk-p1']);
    await expectOutcome(await store.get('Patient'), 403);
  });

  it('reaches nobody where the token may not read its patient in the EHR', async () => {
    const store = await launched({}, 'launch patient/RiskAssessment.rs');
    expect(ids(await store.bundle('RiskAssessment'))).toEqual([]);
  });

  it('says that it is out of order when it cannot ask the EHR', async () => {
    const store = await launched({ clientSecret: 'wrong' });
    await expectOutcome(await store.get('Patient'), 503);
  });

  it('has no record of some patients', async () => {
    const store = await launched({ missing: ['p1'] });
    expect(ids(await store.bundle(`Patient?${MRN}`))).toEqual([]);
    expect(servers.store.sandbox.list('RiskAssessment').map(({ id }) => id)).toEqual(['risk-p2']);
  });

  it('has two records of others, and then shows neither chart', async () => {
    const store = await launched({ twice: ['p1'] });
    expect(ids(await store.bundle(`Patient?${MRN}`))).toHaveLength(2);
    expect(ids(await store.bundle('RiskAssessment'))).toEqual([]);
    const answer = observation('a', {
      subject: { reference: 'Patient/person-01' },
      focus: [{ reference: 'RiskAssessment/risk-p1' }],
    });
    await expectOutcome(await store.post('Observation', answer), 403);
  });

  it('refuses a reference to what it does not hold, and takes an absolute one', async () => {
    servers = await startTwo();
    const store = await signedIn({ ...servers.store, send: asStaff() });
    const answer = observation('a', {
      subject: { reference: 'Patient/person-01' },
      focus: [{ reference: 'RiskAssessment/risk-p1' }],
      performer: [{ reference: 'Practitioner/ada' }],
    });
    await expectOutcome(await store.post('Observation', answer), 422);
    const absolute = `${servers.ehr.url}/fhir/Practitioner/ada`;
    const named = { ...answer, performer: [{ reference: absolute }] };
    expect((await store.post('Observation', named)).status).toBe(201);
  });

  /** `signedIn` knows the EHR's clinicians; the store has the same people under ids of its own. */
  function asStaff(): Servers['store']['send'] {
    const { send } = servers.store;
    return (path, init) =>
      path === '/ehr/sign-in'
        ? send(path, { ...init, body: JSON.stringify({ practitionerId: 'staff-01' }) })
        : send(path, init);
  }

  it('with a sign-in of its own takes no token of the EHR', async () => {
    const store = await launched({ auth: 'smart' });
    await expectOutcome(await store.get('Patient'), 401);
  });

  it('signs in by itself: the clinician picks the record', async () => {
    servers = await startTwo({ auth: 'smart' });
    const parameters = authorizeParameters(servers.store, { scope: 'launch/patient openid' });
    const page = await (await servers.store.send(`/auth/authorize?${parameters}`)).text();
    expect(page).toContain('value="person-01"');
    expect(page).toContain('value="staff-01"');
    const tokens = await tokensFor(servers.store, {
      scope: 'launch/patient patient/Patient.rs',
      launch: servers.store.sandbox.launch({
        clientId: 'clinician-feedback',
        user: 'staff-01',
        patient: 'person-01',
      }),
    });
    const own = fhir(servers.store, tokens.access_token);
    expect(tokens.patient).toBe('person-01');
    const [found] = (await own.bundle(`Patient?${MRN}`)).entry ?? [];
    expect((found?.resource as Patient).identifier?.[0]?.value).toBe('MRN-p1');
  });
});

describe('the ward’s store', () => {
  const content = storeScenario(ward({ seed: 1, now: Date.parse(START) }), {
    ehrBase: 'https://ehr.example.org/fhir',
    recommendations: true,
  }).resources;

  it('points to nothing that it does not hold', () => {
    const held = new Set(content.map(({ resourceType, id }) => `${resourceType}/${id}`));
    const relative = [...JSON.stringify(content).matchAll(/"reference":"([A-Z][^"]*)"/g)].map(
      ([, reference = '']) => reference,
    );
    expect(relative.length).toBeGreaterThan(50);
    expect(relative.filter((reference) => !held.has(reference))).toEqual([]);
  });

  it('has recommendations, models, cards, states and answers, and no chart', () => {
    const types = new Set(content.map(({ resourceType }) => resourceType));
    expect([...types].sort()).toEqual([
      'DetectedIssue',
      'Device',
      'DocumentReference',
      'GuidanceResponse',
      'MedicationRequest',
      'Observation',
      'Patient',
      'Practitioner',
      'RequestGroup',
      'RiskAssessment',
      'ServiceRequest',
    ]);
  });
});
