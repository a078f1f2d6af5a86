import type { Identifier, Patient } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import {
  currentNumbers,
  matchPatient,
  type PatientMatch,
} from '#src/io/hospital-store/match-patient.ts';

const MRN = 'urn:example:mrn';
const STORE = 'https://store.example.org/fhir';
const number = (value: string, change: Partial<Identifier> = {}): Identifier => ({
  system: MRN,
  value,
  ...change,
});
const patient = (id: string, change: Partial<Patient> = {}): Patient => ({
  resourceType: 'Patient',
  id,
  identifier: [number('4711')],
  name: [{ family: 'Rivera', given: ['Sam'] }],
  gender: 'female',
  birthDate: '1958-04-12',
  ...change,
});
const replacedBy = (id: string): Patient['link'] => [
  { type: 'replaced-by', other: { reference: `Patient/${id}` } },
];
const match = (answered: readonly unknown[], ehr: Partial<Patient> = {}): PatientMatch =>
  matchPatient(patient('p1', ehr), { system: MRN, value: '4711' }, answered, STORE);
const outcome = (found: PatientMatch): string =>
  found.found
    ? [found.subject, ...found.doubts.map(({ trait, why }) => `${trait} ${why}`)].join(', ')
    : [found.why, ...(found.differs ?? [])].join(', ');

describe('the number by which the patient is looked for', () => {
  it.each<[string, Identifier[] | undefined, string[]]>([
    ['of the configured system', [number('4711')], ['4711']],
    ['the same twice is one', [number('4711'), number('4711', { use: 'usual' })], ['4711']],
    ['two are two', [number('4711'), number('4712')], ['4711', '4712']],
    ['one that was taken away does not count', [number('1', { use: 'old' }), number('2')], ['2']],
    ['a system that begins alike is another', [number('1', { system: `${MRN}/2` })], []],
    ['a system in other letters is another', [number('1', { system: MRN.toUpperCase() })], []],
    ['without a system it is no number of it', [{ value: '4711' }], []],
    ['masked by the EHR', [{ system: MRN }], []],
    ['empty', [number('')], []],
    ['none', undefined, []],
  ])('%s', (_what, identifier, expected) => {
    const given = { resourceType: 'Patient', id: 'p1', ...(identifier && { identifier }) };
    expect(currentNumbers(given, MRN)).toEqual(expected.map((value) => ({ system: MRN, value })));
  });
});

describe('whom the store has under that number', () => {
  it.each<[string, unknown[], string]>([
    ['one', [patient('77')], 'Patient/77'],
    ['nobody', [], 'not-found'],
    ['two', [patient('77'), patient('78')], 'ambiguous'],
    ['one, sent on two pages', [patient('77'), patient('77')], 'Patient/77'],
    [
      'a server that ignored the number and sent others',
      [patient('77'), patient('78', { identifier: [number('4712')] })],
      'Patient/77',
    ],
    ['only others', [patient('78', { identifier: [number('4712')] })], 'not-found'],
    [
      'the number in another system',
      [patient('78', { identifier: [number('4711', { system: 'urn:other' })] })],
      'not-found',
    ],
    [
      'somebody who had the number before',
      [patient('78', { identifier: [number('4711', { use: 'old' }), number('4712')] })],
      'replaced',
    ],
    [
      'a closed duplicate beside it',
      [patient('77'), patient('78', { active: false })],
      'Patient/77',
    ],
    ['only a closed record', [patient('78', { active: false })], 'not-in-use'],
    [
      'two, of which one says that the other counts',
      [patient('77'), patient('78', { link: replacedBy('77') })],
      'Patient/77',
    ],
    [
      'three in a row',
      [
        patient('76', { link: replacedBy('77') }),
        patient('77', { link: replacedBy('78') }),
        patient('78'),
      ],
      'Patient/78',
    ],
    [
      'two and a third that replaces one of them',
      [patient('76', { link: replacedBy('77') }), patient('77'), patient('78')],
      'ambiguous',
    ],
    [
      'two that replace each other',
      [patient('77', { link: replacedBy('78') }), patient('78', { link: replacedBy('77') })],
      'replaced',
    ],
    [
      'replaced by somebody without the number',
      [patient('77', { link: replacedBy('9') })],
      'replaced',
    ],
    [
      'replaced by the same id on another server',
      [
        patient('77'),
        patient('78', {
          link: [{ type: 'replaced-by', other: { reference: 'https://x.test/fhir/Patient/77' } }],
        }),
      ],
      'replaced',
    ],
    [
      'replaced by two at once',
      [
        patient('76', { link: [...(replacedBy('77') ?? []), ...(replacedBy('78') ?? [])] }),
        patient('77'),
      ],
      'replaced',
    ],
    [
      'linked, but not as replaced',
      [
        patient('77'),
        patient('78', { link: [{ type: 'seealso', other: { reference: 'Patient/77' } }] }),
      ],
      'ambiguous',
    ],
    ['no patient at all', [{ resourceType: 'OperationOutcome' }, null, 'x'], 'not-found'],
    ['one without an id', [{ ...patient('77'), id: undefined }], 'not-found'],
  ])('%s: %s', (_what, answered, expected) => {
    expect(outcome(match(answered))).toBe(expected);
  });
});

describe('the number alone does not decide', () => {
  it.each<[string, Partial<Patient>, Partial<Patient>, string]>([
    ['another birth date', {}, { birthDate: '1958-04-21' }, 'contradiction, birth-date'],
    ['a year that agrees', {}, { birthDate: '1958' }, 'Patient/77'],
    ['a year that does not', {}, { birthDate: '1985' }, 'contradiction, birth-date'],
    ['a month that agrees', { birthDate: '1958-04' }, {}, 'Patient/77'],
    ['another sex', {}, { gender: 'male' }, 'Patient/77, gender differs'],
    ['a sex not told', {}, { gender: 'unknown' }, 'Patient/77'],
    ['another family name', {}, { name: [{ family: 'Novak' }] }, 'Patient/77, family-name differs'],
    [
      'another sex and another name',
      {},
      { gender: 'male', name: [{ family: 'Novak' }] },
      'contradiction, gender, family-name',
    ],
    [
      'nothing to compare but the name, which differs',
      { birthDate: undefined },
      { gender: undefined, name: [{ family: 'Novak' }] },
      'contradiction, family-name',
    ],
    [
      'a birth date that cannot be read, and another sex',
      {},
      { birthDate: '12.04.1958', gender: 'male' },
      'contradiction, gender',
    ],
    ['no birth date', {}, { birthDate: undefined }, 'Patient/77, birth-date not-compared'],
    [
      'a record of nothing but the number',
      {},
      { birthDate: undefined, gender: undefined, name: undefined },
      'Patient/77, birth-date not-compared',
    ],
  ])('%s', (_what, ehr, store, expected) => {
    const there = { ...patient('77'), ...store };
    expect(outcome(match([there], ehr as Partial<Patient>))).toBe(expected);
  });

  it.each([
    ['Müller', 'MUELLER'],
    ['García López', 'Garcia'],
    ['O’Neill', "O'Neill"],
    ['Smith-Jones', 'Smith Jones'],
    ['Weiß', 'Weiss'],
  ])('%s and %s are one family name', (one, other) => {
    const found = match([patient('77', { name: [{ family: other }] })], {
      name: [{ family: one }],
    });
    expect(outcome(found)).toBe('Patient/77');
  });

  it('a former name is a name', () => {
    const store = patient('77', {
      name: [{ family: 'Novak' }, { use: 'maiden', family: 'Rivera' }],
    });
    expect(outcome(match([store]))).toBe('Patient/77');
  });
});
