import type { FhirResource, Practitioner } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { FhirError, type FhirGateway } from '#src/io/gateway.ts';
import { isSameClinician } from '#src/io/hospital-store/same-clinician.ts';

const EHR = 'https://ehr.example.org/fhir';
const STORE = 'https://store.example.org/fhir';
const NPI = 'http://hl7.org/fhir/sid/us-npi';

/** A server that has these and nothing else. */
const serverWith = (baseUrl: string, ...resources: readonly FhirResource[]): FhirGateway => {
  const none = () => Promise.reject(new FhirError('invalid', 'Not asked for.'));
  return {
    baseUrl,
    read: async (type, id) => {
      const found = resources.find((one) => one.resourceType === type && one.id === id);
      if (!found) throw new FhirError('not-found', 'It is not there.');
      return found;
    },
    search: none,
    create: none,
    update: none,
  };
};

const ada: Practitioner = {
  resourceType: 'Practitioner',
  id: 'ada',
  name: [{ family: 'Okafor', given: ['Ada'] }],
};
const npi = (value: string) => ({ identifier: [{ system: NPI, value }] });
const there = (change: Partial<Practitioner>): Practitioner => ({ ...ada, id: 's1', ...change });

const same = (one: Practitioner, other: Practitioner, fhirUser = `${STORE}/Practitioner/s1`) =>
  isSameClinician({
    ehr: serverWith(EHR, one),
    performer: 'Practitioner/ada',
    store: serverWith(STORE, other),
    fhirUser,
  });

describe('who is signed in to the store', () => {
  it.each<[string, Partial<Practitioner>, Partial<Practitioner>, boolean]>([
    ['one identifier in both', npi('1'), { ...npi('1'), name: [{ family: 'Other' }] }, true],
    ['two identifiers of one system', npi('1'), npi('2'), false],
    ['names, where no system is in both', npi('1'), {}, true],
    ['another given name', {}, { name: [{ family: 'Okafor', given: ['Ben'] }] }, false],
    ['another family name', {}, { name: [{ family: 'Novak', given: ['Ada'] }] }, false],
    ['no given name', {}, { name: [{ family: 'Okafor' }] }, false],
    ['no name at all', {}, { name: [] }, false],
    [
      'an identifier that was taken away',
      npi('1'),
      { identifier: [{ system: NPI, value: '2', use: 'old' }] },
      true,
    ],
  ])('%s', async (_what, ehr, store, expected) => {
    expect(await same({ ...ada, ...ehr }, there(store))).toBe(expected);
  });

  it.each([
    ['the very user of the EHR', `${EHR}/Practitioner/ada`, true],
    ['another user of the EHR', `${EHR}/Practitioner/ben`, false],
    ['somebody of a third server', 'https://other.test/fhir/Practitioner/ada', false],
    ['a patient', `${STORE}/Patient/s1`, false],
    ['no reference', 'ada@example.org', false],
  ])('%s', async (_what, fhirUser, expected) => {
    expect(await same(ada, there({}), fhirUser)).toBe(expected);
  });

  it('through a role, where the store names one', async () => {
    const store = serverWith(
      STORE,
      {
        resourceType: 'PractitionerRole',
        id: 'r1',
        practitioner: { reference: 'Practitioner/s1' },
      },
      there({}),
    );
    const users = { ehr: serverWith(EHR, ada), performer: 'Practitioner/ada', store };
    expect(await isSameClinician({ ...users, fhirUser: 'PractitionerRole/r1' })).toBe(true);
  });

  it('a record that may not be read is told apart from a difference', async () => {
    await expect(same(ada, there({}), 'Practitioner/gone')).rejects.toMatchObject({
      kind: 'not-found',
    });
  });
});
