import type { Patient } from 'fhir/r4';
import { afterEach, describe, expect, it } from 'vitest';
import { type OwnSignIn, openStore } from '#src/io/hospital-store/open-store.ts';
import { type Servers, startTwo } from '#tests/contract/two-servers.ts';
import { signInToTwo } from './two-gateways.ts';

let servers: Servers;
afterEach(() => servers.stop());

async function signedIn(options: Parameters<typeof startTwo>[0] = {}) {
  servers = await startTwo(options);
  return await signInToTwo(servers);
}
const change = (sandbox: 'ehr' | 'store', id: string, how: Partial<Patient>) => {
  const known = servers[sandbox].sandbox.read('Patient', id) as Patient;
  servers[sandbox].sandbox.put({ ...known, ...how, id });
};

describe('the launched patient in the hospital’s own store', () => {
  it('is found by number, in two requests; the number stands in no URL', async () => {
    const { open, asked } = await signedIn();
    expect((await open()).subject).toBe('Patient/person-01');
    expect(asked).toEqual(['ehr GET Patient/p1', 'store POST Patient/_search']);
  });

  it.each<[string, () => void, string, RegExp]>([
    [
      'the EHR has no such number',
      () => change('ehr', 'p1', { identifier: [] }),
      'no-identifier',
      /patientIdentifierSystem/,
    ],
    [
      'the EHR has two',
      () =>
        change('ehr', 'p1', {
          identifier: ['MRN-p1', 'MRN-p2'].map((value) => ({ system: 'urn:example:mrn', value })),
        }),
      'several-identifiers',
      /Medical records/,
    ],
    [
      'the number is somebody else’s there',
      () => change('store', 'person-01', { birthDate: '1990-01-01' }),
      'contradiction',
      /one of the two records is wrong/,
    ],
    [
      'its record is closed there',
      () => change('store', 'person-01', { active: false }),
      'not-in-use',
      /which record took its place/,
    ],
  ])('stops where %s, and says what helps', async (_what, given, kind, cure) => {
    const { open } = await signedIn();
    given();
    await expect(open()).rejects.toMatchObject({
      name: 'StoreStop',
      kind,
      cure: expect.stringMatching(cure),
    });
  });

  it('stops where nobody is there, and where two are', async () => {
    const { open } = await signedIn({ missing: ['p1'] });
    await expect(open()).rejects.toMatchObject({ kind: 'not-found' });
    await servers.stop();
    const two = await signedIn({ twice: ['p1'] });
    await expect(two.open()).rejects.toMatchObject({ kind: 'ambiguous' });
  });

  it('takes the record that replaced the other', async () => {
    const { open } = await signedIn({ twice: ['p1'] });
    change('store', 'person-01', {
      link: [{ type: 'replaced-by', other: { reference: 'Patient/person-01-again' } }],
    });
    expect((await open()).subject).toBe('Patient/person-01-again');
  });

  it('goes on with a doubt where only the name differs', async () => {
    const { open } = await signedIn();
    change('store', 'person-01', { name: [{ family: 'Novak' }] });
    expect((await open()).doubts).toEqual([{ trait: 'family-name', why: 'differs' }]);
  });

  it('stops where the store does not take the sign-in, is not there, or breaks', async () => {
    const { open, token } = await signedIn({ clientSecret: 'wrong' });
    const failing = await open().catch((cause: unknown) => cause);
    expect(['refused', 'failed']).toContain((failing as { kind: string }).kind);
    await servers.stop();
    const other = await signedIn();

    servers.store.sandbox.faults.add({
      path: '/fhir/Patient/_search',
      effect: { kind: 'status', status: 503 },
    });
    await expect(other.open()).rejects.toMatchObject({ kind: 'failed' });
    servers.store.sandbox.faults.clear();
    servers.store.sandbox.faults.add({
      path: '/fhir/Patient/_search',
      effect: { kind: 'status', status: 401 },
    });
    await expect(other.open()).rejects.toMatchObject({
      kind: 'refused',
      message: 'Hospital store does not let you look this patient up.',
    });
    expect(token).not.toBe(other.token);
  });

  it.each<[string, Partial<OwnSignIn>, string | undefined]>([
    ['the same person, for this patient', {}, undefined],
    ['for no patient in particular', { patientId: undefined }, undefined],
    ['for another patient', { patientId: 'person-02' }, 'other-patient'],
    ['as somebody else', { fhirUser: 'Practitioner/staff-02' }, 'other-user'],
    ['as somebody who cannot be read', { fhirUser: 'Practitioner/gone' }, 'other-user'],
    ['without a name', { fhirUser: undefined }, 'other-user'],
    ['where the EHR did not say who', { performer: undefined, fhirUser: undefined }, undefined],
  ])('a sign-in of the store’s own, %s', async (_what, how, kind) => {
    const { ehr, gateway, config } = await signedIn();
    const signIn = {
      fhirUser: 'Practitioner/staff-01',
      patientId: 'person-01',
      performer: 'Practitioner/ada',
      ...how,
    };
    const opening = openStore({ config, gateway, ehr, patientId: 'p1', signIn });
    if (kind) await expect(opening).rejects.toMatchObject({ name: 'StoreStop', kind });
    else expect((await opening).subject).toBe('Patient/person-01');
  });

  it('an EHR token that has ended is said to be that', async () => {
    const { open, token } = await signedIn();
    servers.ehr.sandbox.revokeToken(token);
    await expect(open()).rejects.toMatchObject({
      message: 'Your sign-in has ended.',
      cure: expect.stringMatching(/from the patient’s chart/),
    });
  });

  it('says nothing of the patient in what it says', async () => {
    const { open } = await signedIn();
    change('store', 'person-01', { birthDate: '1990-01-01' });
    const stop = (await open().catch((cause: unknown) => cause)) as Error & { cure: string };
    expect(`${stop.message} ${stop.cure}`).not.toMatch(/MRN-p1|Rivera|1990|1958|person-01/);
  });
});
