import { describe, expect, test } from 'vitest';
import { checkIdentity, subjectIs } from '#src/domain/identity.ts';
import { instantRange, mayBeLater } from '#src/domain/instant.ts';
import { readChartChanges } from '#src/fhir/chart-changes.fhir.ts';
import { describeResource, medication } from '#src/fhir/clinical-text.ts';
import { modelCardReference, readDevice } from '#src/fhir/device.fhir.ts';
import { readModelCard } from '#src/fhir/model-card.fhir.ts';
import { readPatient } from '#src/fhir/patient.fhir.ts';
import { readPractitionerName } from '#src/fhir/practitioner.fhir.ts';
import { readSetting } from '#src/fhir/setting.fhir.ts';
import { standingOf } from '#tests/support/standing.ts';
import { device, observation, SERVER } from './sample.ts';

type Sent = Record<string, unknown>;

describe('the banner', () => {
  const patient = (more: Sent) => readPatient({ resourceType: 'Patient', id: 'p1', ...more });
  const value = (more: Sent) => {
    const read = patient(more);
    return read.ok ? read.value : undefined;
  };
  const type = (code: string, system = 'http://terminology.hl7.org/CodeSystem/v2-0203') => ({
    type: { coding: [{ system, code }] },
  });

  test('says in words what is missing', () => {
    expect(patient({})).toMatchObject({
      problems: [
        { code: 'missing', message: 'The chart has no name for this patient.', path: 'name' },
        { code: 'missing', message: 'The chart has no usable birth date.', path: 'birthDate' },
      ],
    });
    expect(readPatient({})).toEqual({
      ok: false,
      problem: {
        code: 'malformed',
        message: 'The server did not send a patient that can be identified.',
      },
    });
  });

  test('shows four given names, and no rubbish among them', () => {
    const given = ['A', ' ', 5, 'B', 'C', 'D', 'E'];
    expect(value({ name: [{ family: 'X', given }] })?.displayName).toBe('X, A B C D');
    expect(value({ name: [{ family: 'X', given }] })?.given).toBe('A B C D');
    expect(value({ name: [{ family: 'X' }] })).not.toHaveProperty('given');
  });

  test('takes a name of a use that nobody knows after all that are known', () => {
    const named = (use: string, family: string) => ({ use, family });
    expect(value({ name: [named('stage', 'S'), named('maiden', 'M')] })?.family).toBe('M');
    const ended = { ...named('official', 'E'), period: { end: '2001' } };
    expect(value({ name: [ended, named('stage', 'S')] })?.family).toBe('S');
  });

  test('takes only a medical record number for one', () => {
    const ids = (...all: readonly object[]) => value({ identifier: all })?.mrn;
    const mr = { ...type('MR'), value: '7' };
    expect(ids({ ...type('SS'), value: '1' }, mr)).toBe('7');
    expect(ids({ ...type('MR', 'urn:site'), value: '2' }, mr)).toBe('7');
    expect(ids({ ...type('MR', 'http://hl7.org/fhir/v2/0203'), value: '8' })).toBe('8');
  });
});

test('a clinician’s name has six parts at most', () => {
  const name = [{ prefix: ['Dr', 5], given: ['a', 'b', 'c', 'd', 'e'], family: 'F' }];
  expect(readPractitionerName({ resourceType: 'Practitioner', name })).toBe('Dr a b c d');
});

describe('where and as what', () => {
  const place = (id: string, more: Sent = {}) => ({
    location: { reference: `Location/${id}` },
    ...more,
  });

  test('a place that was left does not count, though it comes last', () => {
    const location = [place('a'), place('b', { period: { end: '2026-01-01' } })];
    const encounter = { resourceType: 'Encounter', id: 'e', location };
    expect(readSetting([encounter], 'e', SERVER).location).toBe('Location/a');
  });

  test('what has the same id, or a code, is neither encounter nor role', () => {
    const other = {
      resourceType: 'Basic',
      id: 'e',
      location: [place('x')],
      code: [{ coding: [{ system: 's', code: 'x' }] }],
    };
    const encounter = { resourceType: 'Encounter', id: 'e', location: [place('a')] };
    expect(readSetting([other, encounter], 'e', SERVER)).toEqual({
      location: 'Location/a',
      units: ['Location/a'],
    });
  });
});

describe('a model', () => {
  test('has five cautions at most, and no empty ones', () => {
    const safety = [{}, ...Array.from({ length: 6 }, (_, n) => ({ text: `s${n}` }))];
    const read = readDevice(device({ safety }), SERVER);
    expect(read.ok && read.value.safety).toBe('s0; s1; s2; s3; s4');
  });

  test('without an id has no card of its own', () => {
    const extension = [
      {
        url: 'http://hl7.org/fhir/uv/aitransparency/StructureDefinition/aitransparency.modelCardDescription',
        valueReference: { reference: 'DocumentReference/1' },
      },
    ];
    expect(modelCardReference(device({ extension }), SERVER)).toBe('DocumentReference/1');
    expect(modelCardReference(device({ extension, id: undefined }), SERVER)).toBeUndefined();
  });

  test('of which governance said nothing is in no known state', () => {
    expect(standingOf([], SERVER, 0)).toEqual({ code: 'unknown' });
  });

  test('has its state however many were stored before it', () => {
    const base = 'https://clinician-feedback.example.org/fhir/CodeSystem';
    const state = (code: string, start: string) => ({
      resourceType: 'Observation',
      status: 'final',
      code: { coding: [{ system: `${base}/feedback-item`, code: 'model-state' }] },
      subject: { reference: 'Device/sepsis' },
      effectivePeriod: { start },
      valueCodeableConcept: { coding: [{ system: `${base}/model-state`, code }] },
    });
    const many = Array.from({ length: 250 }, () => state('pilot', '2026-01-01T00:00:00Z'));
    const resources = [...many, state('suspended', '2026-02-01T00:00:00Z')];
    const now = Date.parse('2026-03-01T00:00:00Z');
    expect(standingOf(resources, SERVER, now).code).toBe('suspended');
  });
});

describe('a model card', () => {
  const card = (content: readonly unknown[]) => {
    const read = readModelCard({ resourceType: 'DocumentReference', status: 'current', content });
    return read.ok ? read : undefined;
  };

  test.each([
    ['http://h/card', 'http://h/card'],
    ['HTTPS://h/card', 'HTTPS://h/card'],
    ['javascript:alert(1)', undefined],
    ['ftp://h/https://x', undefined],
  ])('at %s', (url, expected) => {
    expect(card([{ attachment: { url } }])?.value.url).toBe(expected);
  });

  test('is found behind content that is none', () => {
    expect(card([{}, { attachment: { url: 'https://h' } }])?.value.url).toBe('https://h');
  });

  test('that is too long says so', () => {
    const data = btoa('x'.repeat(200_001));
    expect(card([{ attachment: { contentType: 'text/plain', data } }])?.problems).toContainEqual({
      code: 'truncated',
      message: 'The model card is too long to show in full.',
    });
  });
});

describe('what is new in the chart', () => {
  const rules = [
    {
      label: 'L',
      resource: 'Observation',
      codes: [
        { system: 'urn:x', code: 'other' },
        { system: 'http://loinc.org', code: '2524-7' },
      ],
    },
  ] as const;
  const changes = (resources: readonly unknown[]) =>
    readChartChanges({
      server: SERVER,
      patientId: 'p1',
      producedAt: '2026-01-01T00:00:00Z',
      rules,
      resources,
    }).map(({ ref }) => ref.id);
  const at = (id: string, effectiveDateTime: string) => observation({ id, effectiveDateTime });

  test('is newest first, then by name; any code of a rule is enough', () => {
    expect(
      changes([
        at('b', '2026-10-01T07:00:00Z'),
        at('a', '2026-10-01T07:00:00Z'),
        at('z', '2026-10-01T08:00:00Z'),
      ]),
    ).toEqual(['z', 'a', 'b']);
  });

  test('is fifty at most', () => {
    const many = Array.from({ length: 51 }, (_, n) => at(`o${n}`, '2026-10-01T07:00:00Z'));
    expect(changes(many)).toHaveLength(50);
  });
});

describe('a chart resource in one line', () => {
  const NONE = new Map();

  test.each<[Sent, object]>([
    [
      { resourceType: 'Encounter', class: { display: 'Inpatient' }, status: 'in-progress' },
      { label: 'Inpatient', text: 'in-progress' },
    ],
    [{ resourceType: 'FamilyMemberHistory' }, { label: 'Family Member History' }],
    [
      {
        resourceType: 'FamilyMemberHistory',
        relationship: { text: 'Father' },
        condition: [{ code: { text: 'Stroke' } }],
      },
      { label: 'Father', text: 'Stroke' },
    ],
    [
      {
        resourceType: 'MedicationRequest',
        medicationCodeableConcept: { text: 'Heparin' },
        dosageInstruction: [{ text: '5000 units' }],
        status: 'active',
      },
      { label: 'Heparin', text: '5000 units' },
    ],
    [{ id: 'x', title: 'Nameless' }, { label: 'Nameless' }],
  ])('%j', (resource, expected) => {
    expect(describeResource(resource, NONE, SERVER)).toEqual(expected);
  });

  test.each<[string, Sent, unknown]>([
    ['by its own words', { medicationReference: { display: 'Aspirin' } }, { text: 'Aspirin' }],
    ['by nothing', { medicationReference: {} }, undefined],
    ['not at all', {}, undefined],
    [
      'in a resource without an id',
      { id: undefined, medicationReference: { display: 'Aspirin' } },
      undefined,
    ],
  ])('a medication that is named %s', (_what, more, expected) => {
    const request = { resourceType: 'MedicationRequest', id: 'm', ...more };
    expect(medication(request, NONE, SERVER)).toEqual(expected);
  });
});

describe('whose it is, to the letter', () => {
  const issuer = 'https://ehr.example.org/fhir';

  test.each([
    ['Patient/p/_history/12', true],
    ['Patient/p/_history/1/x', false],
    ['Patient/_history/1/p', false],
    ['Patient/p/_history/1/_history/2', false],
  ])('%s', (subject, same) => {
    expect(subjectIs(subject, issuer, 'p')).toBe(same);
    expect(
      checkIdentity({ issuer, tokenPatientId: 'p', shownPatientId: 'p', subject }) === 'same',
    ).toBe(same);
  });
});

describe('a time, to the letter', () => {
  test.each(['x2026', '2026-01-01x', '2026-01-01-01', '2026-01-01Z', '+01:00T', 'Z2026T'])(
    '%s is none',
    (sent) => {
      expect(instantRange(sent)).toBeUndefined();
    },
  );

  test('a month ends where the next begins', () => {
    const end = Date.parse('2026-04-01T00:00Z') - 1 + 12 * 3_600_000;
    expect(instantRange('2026-03')?.latest).toBe(end);
  });

  test('nothing is later than what is no time', () => {
    expect(mayBeLater('2026', 'x')).toBe(false);
  });
});
