import { describe, expect, it } from 'vitest';
import { checkIdentity } from '#src/domain/identity.ts';

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
