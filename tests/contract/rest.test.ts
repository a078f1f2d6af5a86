import type { Observation } from 'fhir/r4';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { expectOutcome, observation, signedIn } from './client.ts';
import { HOSTS, type Running, START } from './harness.ts';

describe.each(HOSTS)('FHIR REST, hosted as $name', ({ start }) => {
  let running: Running;
  let ehr: Awaited<ReturnType<typeof signedIn>>;
  beforeEach(async () => {
    running = await start();
    ehr = await signedIn(running);
  });
  afterEach(() => running.stop());

  async function created(): Promise<Observation & { id: string }> {
    const response = await ehr.post('Observation', observation('a'));
    expect(response.status).toBe(201);
    return (await response.json()) as Observation & { id: string };
  }

  it('creates with id, version and time of its own, and says where', async () => {
    const response = await ehr.post('Observation', { ...observation('a'), id: 'mine' });
    const stored = (await response.json()) as Observation;
    expect(stored.id).not.toBe('mine');
    expect(stored.meta).toMatchObject({ versionId: '1', lastUpdated: START });
    expect(response.headers.get('etag')).toBe('W/"1"');
    expect(response.headers.get('last-modified')).toBe('Mon, 02 Mar 2026 08:00:00 GMT');
    expect(response.headers.get('location')).toBe(
      `${running.url}/fhir/Observation/${stored.id}/_history/1`,
    );
    expect(response.headers.get('content-type')).toContain('application/fhir+json');
  });

  it('gives back what was written, and nobody can change it from outside', async () => {
    const { id } = await created();
    const copy = running.sandbox.read('Observation', id) as Observation;
    copy.status = 'cancelled';
    const read = (await (await ehr.get(`Observation/${id}`)).json()) as Observation;
    expect(read).toMatchObject(observation('a'));
  });

  it('answers as Prefer asks', async () => {
    const post = (prefer: string) => ehr.post('Observation', observation('a'), { prefer });
    const minimal = await post('return=minimal');
    expect([minimal.status, await minimal.text()]).toEqual([201, '']);
    expect(minimal.headers.get('location')).toContain('/fhir/Observation/');
    expect(await (await post('return=representation')).json()).toMatchObject({ status: 'final' });
    const outcome = await (await post('return=OperationOutcome')).json();
    expect(outcome).toMatchObject({ resourceType: 'OperationOutcome' });
  });

  it('keeps every version', async () => {
    const first = await created();
    running.clock.advance(60_000);
    const second = await ehr.put(`Observation/${first.id}`, { ...first, status: 'amended' });
    expect([second.status, second.headers.get('etag')]).toEqual([200, 'W/"2"']);
    const vread = await ehr.get(`Observation/${first.id}/_history/1`);
    expect(await vread.json()).toMatchObject({ status: 'final', meta: { versionId: '1' } });
    const history = await ehr.bundle(`Observation/${first.id}/_history`);
    expect(history).toMatchObject({ type: 'history', total: 2 });
    expect(history.entry?.map(({ response }) => response?.etag)).toEqual(['W/"2"', 'W/"1"']);
    expect(history.entry?.map(({ request }) => request?.method)).toEqual(['PUT', 'POST']);
  });

  it('updates only the version that If-Match names', async () => {
    const first = await created();
    const put = (etag: string) => ehr.put(`Observation/${first.id}`, first, { 'if-match': etag });
    expect((await put('W/"1"')).status).toBe(200);
    await expectOutcome(await put('W/"1"'), 412);
    expect((await put('W/"2"')).status).toBe(200);
  });

  it('refuses an If-Match that it cannot read, instead of overwriting', async () => {
    const first = await created();
    const response = await ehr.put(`Observation/${first.id}`, first, { 'if-match': '1' });
    await expectOutcome(response, 400);
    expect(running.sandbox.history('Observation', first.id)).toHaveLength(1);
  });

  it('creates by update where there was nothing', async () => {
    const response = await ehr.put('Observation/chosen', { ...observation('a'), id: 'chosen' });
    expect(response.status).toBe(201);
    expect((await ehr.get('Observation/chosen')).status).toBe(200);
  });

  it('deletes, remembers, and revives', async () => {
    const first = await created();
    expect((await ehr.send('DELETE', `Observation/${first.id}`)).status).toBe(204);
    await expectOutcome(await ehr.get(`Observation/${first.id}`), 410);
    expect((await ehr.bundle('Observation?identifier=urn:uuid:a')).total).toBe(0);
    const history = await ehr.bundle(`Observation/${first.id}/_history`);
    expect(history.entry?.[0]?.request?.method).toBe('DELETE');
    expect((await ehr.put(`Observation/${first.id}`, first)).headers.get('etag')).toBe('W/"3"');
  });

  it('patches', async () => {
    const first = await created();
    const patch = [{ op: 'replace', path: '/status', value: 'amended' }];
    const response = await ehr.send('PATCH', `Observation/${first.id}`, patch, {
      'content-type': 'application/json-patch+json',
    });
    expect(await response.json()).toMatchObject({ status: 'amended', meta: { versionId: '2' } });
  });

  it('says what it can do, to anybody', async () => {
    const response = await running.send('/fhir/metadata');
    expect(await response.json()).toMatchObject({
      resourceType: 'CapabilityStatement',
      fhirVersion: '4.0.1',
      kind: 'instance',
    });
  });
});
