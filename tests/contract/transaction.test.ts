import type { Bundle, BundleEntry, FhirResource, Provenance } from 'fhir/r4';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { expectOutcome, ids, observation, signedIn } from './client.ts';
import { HOSTS, type Running } from './harness.ts';

const URN = 'urn:uuid:0b2b6d5a-6c3e-4f0e-9a3b-1f6f2f1f9d11';

const post = (resource: FhirResource, fullUrl?: string): BundleEntry => ({
  ...(fullUrl === undefined ? {} : { fullUrl }),
  resource,
  request: { method: 'POST', url: resource.resourceType },
});

const provenance: Provenance = {
  resourceType: 'Provenance',
  target: [{ reference: URN }],
  recorded: '2026-03-02T08:00:00Z',
  agent: [{ who: { reference: 'Practitioner/ada' } }],
};

describe.each(HOSTS)('bundles, hosted as $name', ({ start }) => {
  let running: Running;
  let ehr: Awaited<ReturnType<typeof signedIn>>;
  beforeEach(async () => {
    running = await start();
    ehr = await signedIn(running);
  });
  afterEach(() => running.stop());

  const send = (type: 'batch' | 'transaction', entry: BundleEntry[]) =>
    ehr.post('', { resourceType: 'Bundle', type, entry });
  const answers = async (response: Response) => {
    expect(response.status, await response.clone().text()).toBe(200);
    return ((await response.json()) as Bundle).entry ?? [];
  };

  it('a transaction resolves its own references', async () => {
    const entry = await answers(
      await send('transaction', [post(observation('a'), URN), post(provenance)]),
    );
    expect(entry.map(({ response }) => response?.status)).toEqual(['201', '201']);
    const [created, proof] = entry.map(({ resource }) => resource);
    expect((proof as Provenance).target).toEqual([{ reference: `Observation/${created?.id}` }]);
    expect(entry[0]?.response).toMatchObject({
      etag: 'W/"1"',
      location: `Observation/${created?.id}`,
    });
  });

  it('a transaction is all or nothing, for search and history too', async () => {
    expect(ids(await ehr.bundle('Observation?identifier=urn:uuid:a'))).toEqual([]);
    const before = running.sandbox.list('Observation');
    const entry: BundleEntry[] = [
      post(observation('a')),
      {
        resource: { ...observation('b'), id: 'lactate-p1' },
        request: { method: 'PUT', url: 'Observation/lactate-p1' },
      },
      { request: { method: 'DELETE', url: 'Observation/lactate-p2' } },
      post({ ...observation('c'), status: 'bogus' as 'final' }),
    ];
    await expectOutcome(await send('transaction', entry), 422);
    expect(running.sandbox.list('Observation')).toEqual(before);
    expect(ids(await ehr.bundle('Observation?identifier=urn:uuid:a'))).toEqual([]);
    expect(running.sandbox.history('Observation', 'lactate-p1')).toHaveLength(1);
    expect((await ehr.get('Observation/lactate-p2')).status).toBe(200);
  });

  it('a transaction creates conditionally', async () => {
    const conditional = {
      resource: observation('a'),
      request: {
        method: 'POST' as const,
        url: 'Observation',
        ifNoneExist: 'identifier=urn:uuid:a',
      },
    };
    const first = await answers(await send('transaction', [conditional]));
    const second = await answers(await send('transaction', [conditional]));
    expect([first[0]?.response?.status, second[0]?.response?.status]).toEqual(['201', '200']);
    expect((await ehr.bundle('Observation?identifier=urn:uuid:a')).total).toBe(1);
  });

  it('a batch does what it can', async () => {
    const entry = await answers(
      await send('batch', [
        post(observation('a')),
        post({ ...observation('b'), status: 'bogus' as 'final' }),
        { request: { method: 'GET', url: 'Patient/nobody' } },
        { request: { method: 'GET', url: 'Observation?patient=p2' } },
      ]),
    );
    expect(entry.map(({ response }) => response?.status)).toEqual(['201', '422', '404', '200']);
    expect(entry[1]?.response?.outcome?.resourceType).toBe('OperationOutcome');
    expect(entry[3]?.resource).toMatchObject({ total: 1 });
  });

  it.each([
    ['no bundle', { resourceType: 'Patient' }],
    ['a bundle of another type', { resourceType: 'Bundle', type: 'collection', entry: [] }],
    ['an empty transaction', { resourceType: 'Bundle', type: 'transaction' }],
  ])('refuses %s', async (_name, body) => {
    await expectOutcome(await ehr.post('', body), 400);
  });
});
