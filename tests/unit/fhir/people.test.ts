import { describe, expect, test } from 'vitest';
import { readPatient } from '#src/fhir/patient.fhir.ts';
import { readPractitionerName } from '#src/fhir/practitioner.fhir.ts';

const patient = (more: Record<string, unknown> = {}) => ({
  resourceType: 'Patient',
  id: 'p1',
  ...more,
});
const value = (resource: unknown) => {
  const read = readPatient(resource);
  if (!read.ok) throw new Error(read.problem.message);
  return read.value;
};

describe('patient banner', () => {
  test('name, birth date, sex and record number', () => {
    const full = patient({
      name: [
        { use: 'maiden', family: 'Lopez', given: ['Maria'] },
        { use: 'official', family: 'Rivera', given: ['Maria', 'Elena'] },
      ],
      birthDate: '1958-03-14',
      gender: 'female',
      identifier: [
        { value: 'SSN' },
        {
          type: {
            coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MR' }],
          },
          value: '00412',
        },
      ],
    });
    expect(readPatient(full)).toEqual({
      ok: true,
      problems: [],
      value: {
        id: 'p1',
        displayName: 'RIVERA, Maria Elena',
        family: 'Rivera',
        given: 'Maria Elena',
        birthDate: '1958-03-14',
        sex: 'female',
        mrn: '00412',
        deceased: false,
      },
    });
  });

  test.each([
    ['no name', {}, 'Name not in chart'],
    ['text only', { name: [{ text: 'Maria Rivera' }] }, 'Maria Rivera'],
    ['family only', { name: [{ family: 'Rivera' }] }, 'RIVERA'],
    ['given only', { name: [{ given: ['Maria'] }] }, 'Maria'],
    [
      'an ended name gives way',
      { name: [{ use: 'official', family: 'Old', period: { end: '2001' } }, { family: 'New' }] },
      'NEW',
    ],
    [
      'null entries',
      { name: [null, { family: 'Rivera', given: [null, 'Maria'] }] },
      'RIVERA, Maria',
    ],
    ['override characters', { name: [{ family: 'Ri\u202evera' }] }, 'RIVERA'],
    ['wrong types', { name: 'Maria' }, 'Name not in chart'],
  ])('%s', (_title, more, expected) => {
    expect(value(patient(more)).displayName).toBe(expected);
  });

  test.each([
    [{}, false],
    [{ deceasedBoolean: false }, false],
    [{ deceasedBoolean: true }, true],
    [{ deceasedDateTime: '2026-01-01' }, true],
    [{ deceasedDateTime: 'last spring' }, true],
  ])('%j deceased: %s', (more, expected) => {
    expect(value(patient(more)).deceased).toBe(expected);
  });

  test('a birth date of any precision is kept, a wrong one is a problem', () => {
    expect(value(patient({ birthDate: '1958' })).birthDate).toBe('1958');
    expect(readPatient(patient({ birthDate: '14.03.1958' }))).toMatchObject({
      problems: [{ path: 'name' }, { path: 'birthDate' }],
    });
  });

  test.each([
    [undefined],
    [{ resourceType: 'Patient' }],
    [{ resourceType: 'Person', id: 'p1' }],
    [[patient()]],
  ])('%j is nobody', (resource) => {
    expect(readPatient(resource).ok).toBe(false);
  });
});

test.each([
  [
    { resourceType: 'Practitioner', name: [{ prefix: ['Dr'], given: ['Ana'], family: 'Silva' }] },
    'Dr Ana Silva',
  ],
  [
    { resourceType: 'Practitioner', name: [{ text: 'Ana Silva, MD', family: 'Silva' }] },
    'Ana Silva, MD',
  ],
  [{ resourceType: 'PractitionerRole', practitioner: { display: 'Ana Silva' } }, 'Ana Silva'],
  [{ resourceType: 'PractitionerRole', code: [{ text: 'Nurse' }] }, 'Nurse'],
  [{ resourceType: 'Practitioner' }, undefined],
  [null, undefined],
])('%j is called %s', (resource, expected) => {
  expect(readPractitionerName(resource)).toBe(expected);
});
