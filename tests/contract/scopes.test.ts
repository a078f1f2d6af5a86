import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { expectOutcome, fhir, ids, observation, tokensFor } from './client.ts';
import { HOSTS, type Running } from './harness.ts';

describe.each(HOSTS)('scopes are enforced, hosted as $name', ({ start }) => {
  let running: Running;
  beforeEach(async () => {
    running = await start();
  });
  afterEach(() => running.stop());

  const as = async (scope: string) => {
    const { access_token } = await tokensFor(running, { scope: `launch ${scope}` });
    return fhir(running, access_token);
  };
  const elsewhere = observation('x', { subject: { reference: 'Patient/p2' } });

  it('patient/ confines to the launched patient', async () => {
    const client = await as('patient/*.cruds');
    expect(ids(await client.bundle('Patient'))).toEqual(['p1']);
    expect(ids(await client.bundle('RiskAssessment'))).toEqual(['risk-p1']);
    expect(ids(await client.bundle('RiskAssessment?_id=risk-p1,risk-p2'))).toEqual(['risk-p1']);
    expect((await client.bundle('RiskAssessment?_summary=count')).total).toBe(1);
    await expectOutcome(await client.get('Patient/p2'), 403);
    await expectOutcome(await client.get('Observation/lactate-p2'), 403);
    await expectOutcome(await client.get('Observation/lactate-p2/_history'), 403);
    await expectOutcome(await client.get('Observation/lactate-p2/_history/1'), 403);
    await expectOutcome(await client.get('Observation?patient=p2'), 403);
    await expectOutcome(await client.get('Observation?subject=Patient/p2'), 403);
  });

  it('patient/ writes for the launched patient only', async () => {
    const client = await as('patient/*.cruds');
    expect((await client.post('Observation', observation('a'))).status).toBe(201);
    await expectOutcome(await client.post('Observation', elsewhere), 403);
    const stolen = { ...observation('a'), id: 'lactate-p2' };
    await expectOutcome(await client.put('Observation/lactate-p2', stolen), 403);
    const given = { ...elsewhere, id: 'lactate-p1' };
    await expectOutcome(await client.put('Observation/lactate-p1', given), 403);
    await expectOutcome(await client.send('DELETE', 'Observation/lactate-p2'), 403);
    await expectOutcome(
      await client.put('Device/sepsis-model', { resourceType: 'Device', id: 'sepsis-model' }),
      403,
    );
  });

  it('patient/ reads what belongs to no patient, and nothing that names another', async () => {
    running.sandbox.put({
      resourceType: 'GuidanceResponse',
      id: 'g2',
      status: 'success',
      moduleUri: 'urn:module',
      subject: { reference: 'Patient/p2' },
    });
    const client = await as('patient/*.rs');
    expect((await client.get('Device/sepsis-model')).status).toBe(200);
    expect((await client.get('Practitioner/ada')).status).toBe(200);
    await expectOutcome(await client.get('GuidanceResponse/g2'), 403);
    expect(ids(await client.bundle('GuidanceResponse'))).toEqual([]);
  });

  it('GuidanceResponse is in no compartment: patient/ does not reach it, user/ does', async () => {
    running.sandbox.put({
      resourceType: 'GuidanceResponse',
      id: 'g1',
      status: 'success',
      moduleUri: 'urn:module',
      subject: { reference: 'Patient/p1' },
    });
    await expectOutcome(await (await as('patient/*.rs')).get('GuidanceResponse/g1'), 403);
    const user = await as('user/GuidanceResponse.rs');
    expect(ids(await user.bundle('GuidanceResponse?patient=p1'))).toEqual(['g1']);
  });

  it('an include does not reach further than the scopes', async () => {
    const client = await as('patient/RiskAssessment.rs');
    const bundle = await client.bundle('RiskAssessment?_include=RiskAssessment:performer');
    expect(bundle.entry?.map(({ resource }) => resource?.resourceType)).toEqual(['RiskAssessment']);
  });

  it('a page may not be fetched with a smaller token', async () => {
    const user = await as('user/Observation.rs');
    const page = await user.bundle('Observation?_count=1&_sort=_id');
    const next = page.link?.find(({ relation }) => relation === 'next')?.url ?? '';
    const path = next.slice(`${running.url}/fhir/`.length);
    expect(ids(await (await as('patient/Observation.rs')).bundle(path))).toEqual([]);
    expect(ids(await user.bundle(path))).toEqual(['lactate-p2']);
  });

  it('user/ reaches every patient', async () => {
    const client = await as('user/Observation.rs');
    expect(ids(await client.bundle('Observation?patient=p2'))).toEqual(['lactate-p2']);
    await expectOutcome(await client.get('Patient/p1'), 403);
    await expectOutcome(await client.post('Observation', observation('a')), 403);
  });

  it.each([
    ['patient/Observation.read', { get: 200, search: 200, post: 403 }],
    ['patient/Observation.write', { get: 403, search: 403, post: 201 }],
    ['patient/Observation.*', { get: 200, search: 200, post: 201 }],
    ['patient/Observation.r', { get: 200, search: 403, post: 403 }],
    ['patient/Observation.s', { get: 403, search: 200, post: 403 }],
    ['patient/Observation.c', { get: 403, search: 403, post: 201 }],
    ['patient/Patient.rs', { get: 403, search: 403, post: 403 }],
    ['patient/Observation.rs?category=laboratory', { get: 200, search: 200, post: 403 }],
    ['patient/Observation.rs?category=vital-signs', { get: 403, search: 200, post: 403 }],
    ['openid', { get: 403, search: 403, post: 403 }],
  ])('%s', async (scope, expected) => {
    const client = await as(scope);
    expect({
      get: (await client.get('Observation/lactate-p1')).status,
      search: (await client.get('Observation?patient=p1')).status,
      post: (await client.post('Observation', observation('a'))).status,
    }).toEqual(expected);
  });

  it('a category confines a search', async () => {
    running.sandbox.put({ ...observation('a'), id: 'a' });
    const category = 'http://terminology.hl7.org/CodeSystem/observation-category|laboratory';
    const client = await as(`patient/Observation.rs?category=${category}`);
    expect(ids(await client.bundle('Observation?patient=p1'))).toEqual(['lactate-p1']);
  });

  it('a batch is no way round', async () => {
    const client = await as('patient/Observation.rs');
    const response = await client.post('', {
      resourceType: 'Bundle',
      type: 'batch',
      entry: [
        { request: { method: 'GET', url: 'Patient/p2' } },
        { request: { method: 'POST', url: 'Observation' }, resource: observation('a') },
        { request: { method: 'GET', url: 'Observation/lactate-p1' } },
      ],
    });
    const { entry } = await response.json();
    const statuses = entry.map((one: { response: { status: string } }) => one.response.status);
    expect(statuses).toEqual(['403', '403', '200']);
  });

  it('a conditional create does not reveal what may not be read', async () => {
    running.sandbox.put({ ...elsewhere, id: 'theirs' });
    const client = await as('patient/Observation.c');
    const response = await client.post('Observation', observation('x'), {
      'if-none-exist': 'identifier=urn:uuid:x',
    });
    await expectOutcome(response, 403);
  });
});
