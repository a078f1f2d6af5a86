import type { DocumentReference, Observation } from 'fhir/r4';
import { afterEach, describe, expect, it } from 'vitest';
import type { VendorName } from '#mocks/vendors/profile.ts';
import { expectOutcome, observation, signedIn, tokensFor } from './client.ts';
import { HOSTS, type Running } from './harness.ts';

const category = (code: string): Partial<Observation> => ({
  category: [
    { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code }] },
  ],
});
const key = { 'if-none-exist': 'identifier=urn:uuid:a' };

const note: DocumentReference = {
  resourceType: 'DocumentReference',
  status: 'current',
  docStatus: 'final',
  type: { text: 'Note' },
  subject: { reference: 'Patient/p1' },
  author: [{ reference: 'Practitioner/ada' }],
  content: [{ attachment: { contentType: 'text/plain;charset=utf-8', data: 'YQ==' } }],
  context: {
    encounter: [{ reference: 'Encounter/enc-p1' }],
    period: { end: '2026-03-02T08:00:00Z' },
  },
};

describe.each(HOSTS)('vendors, hosted as $name', ({ start }) => {
  let running: Running;
  afterEach(() => running.stop());

  async function vendor(name: VendorName) {
    running = await start({ vendor: name });
    return signedIn(running);
  }

  it('strict keeps everything', async () => {
    const ehr = await vendor('strict');
    const stored = await (await ehr.post('Observation', observation('a'))).json();
    expect(stored).toMatchObject(observation('a'));
  });

  it('lossy answers 201 and forgets focus and component', async () => {
    const ehr = await vendor('lossy');
    const response = await ehr.post('Observation', observation('a'));
    expect(response.status).toBe(201);
    const stored = await response.json();
    expect(stored).not.toHaveProperty('focus');
    expect(stored).not.toHaveProperty('component');
    expect(stored).toHaveProperty('identifier');
  });

  it('epic refuses a custom Observation', async () => {
    const ehr = await vendor('epic');
    await expectOutcome(await ehr.post('Observation', observation('a')), 403);
  });

  it('epic files a flowsheet row: empty 201, one value, no condition', async () => {
    const ehr = await vendor('epic');
    const row = observation('a', {
      ...category('vital-signs'),
      encounter: { reference: 'Encounter/enc-p1' },
      valueString: 'Overridden',
    });
    const { component: _component, ...flat } = row;
    const first = await ehr.post('Observation', flat, key);
    expect([first.status, await first.text()]).toEqual([201, '']);
    expect((await ehr.post('Observation', flat, key)).status).toBe(201);
    const stored = running.sandbox.list('Observation').filter(({ valueString }) => valueString);
    expect(stored).toHaveLength(2);
    expect(stored[0]).not.toHaveProperty('focus');
    const long = { ...flat, note: [{ text: 'x'.repeat(255) }] };
    await expectOutcome(await ehr.post('Observation', long), 400);
  });

  it('epic takes notes, and nothing else', async () => {
    const ehr = await vendor('epic');
    expect((await ehr.post('DocumentReference', note)).status).toBe(201);
    const { context: _context, ...homeless } = note;
    await expectOutcome(await ehr.post('DocumentReference', homeless), 400);
    await expectOutcome(
      await ehr.post('RiskAssessment', running.sandbox.read('RiskAssessment', 'risk-p1')),
      403,
    );
    await expectOutcome(await ehr.put('Patient/p1', running.sandbox.read('Patient', 'p1')), 403);
    await expectOutcome(await ehr.send('DELETE', 'Patient/p1'), 403);
    const bundle = {
      resourceType: 'Bundle',
      type: 'batch',
      entry: [{ request: { method: 'GET', url: 'Patient/p1' } }],
    };
    await expectOutcome(await ehr.post('', bundle), 403);
  });

  it('epic says need_patient_banner in words, and gives no refresh token', async () => {
    await vendor('epic');
    const tokens = await tokensFor(running);
    expect(tokens).toMatchObject({ need_patient_banner: 'true', expires_in: 3240 });
    expect(tokens).not.toHaveProperty('refresh_token');
  });

  it('oracle refuses any category but vital signs and laboratory', async () => {
    const ehr = await vendor('oracle');
    for (const changes of [{}, category('survey')]) {
      await expectOutcome(await ehr.post('Observation', observation('a', changes)), 422);
    }
    const lab = observation('a', category('laboratory'));
    expect((await ehr.post('Observation', lab)).status).toBe(201);
    const kept = running.sandbox.list('Observation').find(({ identifier }) => identifier);
    expect(kept).not.toHaveProperty('focus');
  });

  it('oracle gives 570 s, and a refresh token that stays', async () => {
    await vendor('oracle');
    const tokens = await tokensFor(running);
    expect(tokens.expires_in).toBe(570);
    const response = await running.send('/auth/token', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `grant_type=refresh_token&refresh_token=${tokens.refresh_token}`,
    });
    expect((await response.json()).refresh_token).toBe(tokens.refresh_token);
  });
});
