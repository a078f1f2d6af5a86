import { describe, expect, it } from 'vitest';
import { checkIdentity, namesOneOf } from '#src/domain/identity.ts';

const issuer = 'https://ehr.example.org/fhir';
describe('the wrong-patient guard', () => {
  it.each([
    ['all agree', { tokenPatientId: 'p', shownPatientId: 'p', subject: 'Patient/p' }, 'same'],
    ['no subject asked', { tokenPatientId: 'p', shownPatientId: 'p' }, 'same'],
    [
      'absolute subject here',
      { tokenPatientId: 'p', shownPatientId: 'p', subject: `${issuer}/Patient/p` },
      'same',
    ],
    [
      'versioned subject',
      { tokenPatientId: 'p', shownPatientId: 'p', subject: 'Patient/p/_history/2' },
      'same',
    ],
    [
      'token changed',
      { tokenPatientId: 'q', shownPatientId: 'p', subject: 'Patient/p' },
      'token-differs',
    ],
    ['token lost its patient', { tokenPatientId: undefined, shownPatientId: 'p' }, 'no-patient'],
    ['nobody loaded', { tokenPatientId: 'p', shownPatientId: undefined }, 'no-patient'],
    [
      'other subject',
      { tokenPatientId: 'p', shownPatientId: 'p', subject: 'Patient/q' },
      'subject-differs',
    ],
    [
      'prefix is not enough',
      { tokenPatientId: 'p', shownPatientId: 'p', subject: 'Patient/pp' },
      'subject-differs',
    ],
    [
      'same id elsewhere',
      { tokenPatientId: 'p', shownPatientId: 'p', subject: 'https://other.test/fhir/Patient/p' },
      'subject-differs',
    ],
    [
      'a group',
      { tokenPatientId: 'p', shownPatientId: 'p', subject: 'Group/p' },
      'subject-differs',
    ],
  ] as const)('%s', (_name, facts, verdict) =>
    expect(checkIdentity({ issuer, ...facts })).toBe(verdict),
  );
});

describe('with a store of the hospital, in which the same patient has another id', () => {
  const store = 'https://store.example.org/fhir';
  const here = { issuer, tokenPatientId: 'p', shownPatientId: 'p' };
  const inStore = { server: store, patientId: '77' };
  it.each([
    ['the store’s own patient, said by the store', 'Patient/77', store, 'same'],
    ['the same, absolute', `${store}/Patient/77`, store, 'same'],
    ['the EHR’s patient, said by the EHR', 'Patient/p', issuer, 'same'],
    ['the EHR’s id, said by the store: somebody else', 'Patient/p', store, 'subject-differs'],
    ['the store’s id, said by the EHR: somebody else', 'Patient/77', issuer, 'subject-differs'],
    ['another patient of the store', 'Patient/78', store, 'subject-differs'],
    ['the EHR’s patient, said by the store', `${issuer}/Patient/p`, store, 'subject-differs'],
    ['the store’s patient, said by the EHR', `${store}/Patient/77`, issuer, 'subject-differs'],
    ['a third server', 'Patient/77', 'https://other.test/fhir', 'subject-differs'],
    ['a server whose name begins alike', 'Patient/77', `${store}/2`, 'subject-differs'],
  ] as const)('%s', (_name, subject, subjectServer, verdict) => {
    expect(checkIdentity({ ...here, subject, subjectServer, inStore })).toBe(verdict);
  });

  it('a store in which nobody was found vouches for nobody', () => {
    expect(checkIdentity({ ...here, subject: 'Patient/77', subjectServer: store })).toBe(
      'subject-differs',
    );
  });

  it('an agreeing store does not make up for a token that has changed', () => {
    const facts = { ...here, tokenPatientId: 'q', subject: 'Patient/77', subjectServer: store };
    expect(checkIdentity({ ...facts, inStore })).toBe('token-differs');
  });

  it.each([
    ['Patient/p', true],
    [`${issuer}/Patient/p`, true],
    [`${store}/Patient/77`, true],
    [`${store}/Patient/77/_history/3`, true],
    ['Patient/77', false],
    [`${store}/Patient/p`, false],
    [`${store}2/Patient/77`, false],
    ['https://other.test/fhir/Patient/77', false],
  ])('an earlier answer about %s is this patient’s: %s', (reference, expected) => {
    const patients = [{ server: issuer, patientId: 'p' }, inStore];
    expect(namesOneOf(patients, reference, issuer)).toBe(expected);
  });
});
