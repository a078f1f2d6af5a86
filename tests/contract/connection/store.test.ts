import { afterEach, describe, expect, it } from 'vitest';
import type { StoreConfig } from '#src/domain/site-config.ts';
import { tokensFor } from '#tests/contract/client.ts';
import { HOSTS, type Running } from '#tests/contract/harness.ts';
import {
  ALL_SCOPES,
  type CheckStage,
  result,
  startChecks,
  testAnswers,
} from '#tests/support/connection.ts';

const STORE = 'http://store.test/fhir';
const store: StoreConfig = {
  baseUrl: `${STORE}/`,
  label: 'Hospital store',
  auth: 'smart',
  clientId: 'clinician-feedback',
  scopes: ALL_SCOPES,
  authorizationOrigins: [],
  patientIdentifierSystem: 'urn:example:mrn',
  canRetract: true,
  conditionalCreate: true,
};

/** A second sandbox stands for the store: what is asked of store.test is asked of it. */
async function startWithStore(change: Partial<StoreConfig> = {}) {
  const other: Running = await (HOSTS[0] as (typeof HOSTS)[number]).start();
  const scope = `${ALL_SCOPES} user/Patient.rs`;
  const token = (await tokensFor(other, { scope })).access_token;
  const asked: string[] = [];
  const stage: CheckStage = await startChecks({
    issuer: { hospitalStore: false, vendor: 'epic', store: { ...store, ...change } },
    vendor: 'epic',
    tamper: async (request, send) => {
      if (new URL(request.url).hostname !== 'store.test') return await send(request);
      asked.push(`${request.method} ${request.headers.get('authorization') === `Bearer ${token}`}`);
      const url = request.url.replace('store.test', 'ehr.test');
      const body =
        request.method === 'GET' || request.method === 'OPTIONS'
          ? {}
          : { body: await request.text() };
      const { method, headers } = request;
      const response = await other.sandbox.fetch(new Request(url, { method, headers, ...body }));
      const text = await response.text();
      return new Response(response.status === 204 ? null : text, {
        status: response.status,
        headers: response.headers,
      });
    },
  });
  const storeSignedIn = {
    authorization: async () => ({ authorization: `Bearer ${token}` }),
    performer: 'Practitioner/ada',
  };
  stop = async () => {
    await stage.running.stop();
    await other.stop();
  };
  return { stage, other, asked, storeSignedIn };
}

let stop: () => Promise<void>;
afterEach(() => stop());

describe('a hospital store is checked like the EHR, under its own name', () => {
  it('finds the same patient, writes the test answer there and nowhere else, and takes it back', async () => {
    const { stage, other, storeSignedIn } = await startWithStore();
    const report = await stage.run({ write: true }, { storeSignedIn });
    expect(result(report, 'store.patient').status).toBe('pass');
    expect(result(report, 'store.search.identifier').status).toBe('pass');
    expect(result(report, 'store.write.read-back')).toMatchObject({
      status: 'pass',
      title: 'Store: Read back',
    });
    expect(result(report, 'write.create').status).toBe('skipped');
    expect(testAnswers(stage)).toEqual([]);
    const written = testAnswers({ ...stage, running: other });
    expect(written.map(({ status }) => status)).toEqual(['entered-in-error', 'entered-in-error']);
    expect(written[0]?.subject?.reference).toBe('Patient/p1');
    expect(report.advice.map(({ setting }) => setting)).toEqual([
      'store.conditionalCreate',
      'store.canRetract',
    ]);
    expect(report.losses).toMatchObject([{ sink: 'hospital-store', name: 'Hospital store' }]);
  });

  it('without its own sign-in: what anybody may ask, and how to go on', async () => {
    const { stage, asked } = await startWithStore();
    const report = await stage.run({ write: true });
    expect(result(report, 'store.capability.statement').status).toBe('pass');
    expect(result(report, 'store.patient')).toMatchObject({
      status: 'skipped',
      cure: expect.stringContaining('--store-token-file'),
    });
    expect(asked.every((one) => one.endsWith('false'))).toBe(true);
  });

  it('the EHR’s token goes there where the site says so, and is refused where it is not known', async () => {
    const { stage } = await startWithStore({ auth: 'ehr-token' });
    const report = await stage.run();
    expect(result(report, 'store.patient')).toMatchObject({
      status: 'fail',
      seen: 'Hospital store does not let you look this patient up.',
    });
  });

  it.each([
    ['an identifier system that the EHR does not use', 'urn:other', /gives this patient no number/],
    ['the right one', 'urn:example:mrn', /^found by identifier/],
  ])('%s', async (_what, patientIdentifierSystem, seen) => {
    const { stage, storeSignedIn } = await startWithStore({ patientIdentifierSystem });
    const report = await stage.run({}, { storeSignedIn });
    expect(result(report, 'store.patient').seen).toMatch(seen);
  });

  it('two patients with one identifier: nothing is searched or written', async () => {
    const { stage, other, storeSignedIn } = await startWithStore();
    other.sandbox.put({
      resourceType: 'Patient',
      id: 'twin',
      identifier: [{ system: 'urn:example:mrn', value: 'MRN-p1' }],
    });
    const report = await stage.run({ write: true }, { storeSignedIn });
    expect(result(report, 'store.patient')).toMatchObject({
      status: 'fail',
      seen: 'Hospital store has more than one patient with this number.',
    });
    expect(result(report, 'store.write.create').status).toBe('skipped');
    expect(testAnswers({ ...stage, running: other })).toEqual([]);
  });
});
