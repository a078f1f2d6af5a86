import { describe, expect, it } from 'vitest';
import { countAi } from '#mocks/ehr/readers/ai.ts';
import { readEncounter } from '#mocks/ehr/readers/encounter.ts';
import { asList, type Json, referenceOf, resourcesOf } from '#mocks/ehr/readers/json.ts';
import { readMedications } from '#mocks/ehr/readers/medication.ts';
import { readNotes } from '#mocks/ehr/readers/note.ts';
import { bannerName, readPatient } from '#mocks/ehr/readers/patient.ts';
import { readAllergies, readProblems } from '#mocks/ehr/readers/summary.ts';
import { ageOf, ago, calendarDate, sandboxClock } from '#mocks/ehr/readers/time.ts';
import { wardRows } from '#mocks/ehr/readers/ward.ts';

const NOW = Date.parse('2026-03-10T12:00:00Z');
const rivera: Json = {
  resourceType: 'Patient',
  id: 'p1',
  name: [
    { use: 'nickname', given: ['Mia'] },
    { use: 'official', given: ['Maria'], family: 'Rivera' },
  ],
  birthDate: '1958-03-12',
  gender: 'female',
  identifier: [{ value: 'insurance' }, { type: { coding: [{ code: 'MR' }] }, value: '4482019' }],
};

describe('the patient as the list shows it', () => {
  it('takes the official name and the medical record number', () => {
    const patient = readPatient(rivera, NOW);
    expect(patient).toMatchObject({ name: 'Maria Rivera', sex: 'F', mrn: '4482019', age: '67 y' });
    expect(bannerName(patient)).toBe('RIVERA, Maria');
  });

  it.each([
    [{}, 'Unnamed patient'],
    [{ name: 'not a list' }, 'Unnamed patient'],
    [{ name: [{ text: 'Baby of Rivera' }] }, 'Baby of Rivera'],
    [{ name: [{ given: [null, 'Ana'], family: 7 }] }, 'Ana'],
  ])('shows a name for %j', (resource, name) => {
    expect(readPatient(resource, NOW).name).toBe(name);
  });

  it('writes ages as wards do', () => {
    expect(ageOf('1958-03-10', NOW)).toBe('68 y');
    expect(ageOf('2025-09-10', NOW)).toBe('6 mo');
    expect(ageOf('2026-03-01', NOW)).toMatch(/^9 d$/);
    expect(ageOf('1958', NOW)).toBe('68 y');
    expect(ageOf(undefined, NOW)).toBeUndefined();
    expect(ageOf('soon', NOW)).toBeUndefined();
  });
});

describe('the ward list', () => {
  const stay = (id: string, patient: string, bed: string, start = '2026-03-01'): Json => ({
    resourceType: 'Encounter',
    id,
    status: 'in-progress',
    subject: { reference: `Patient/${patient}` },
    period: { start },
    location: [
      {
        location: { reference: 'Location/5b', display: '5B Medicine' },
        physicalType: { coding: [{ code: 'wa' }] },
      },
      {
        location: { reference: `Location/${bed}`, display: bed },
        physicalType: { coding: [{ code: 'bd' }] },
      },
    ],
  });
  const patient = (id: string, given: string, family: string): Json => ({
    resourceType: 'Patient',
    id,
    name: [{ given: [given], family }],
  });

  it('orders by bed, keeps the later of two stays, and leaves out who is unknown', () => {
    const rows = wardRows(
      [
        stay('e1', 'a', '5B-12'),
        stay('e2', 'b', '5B-2'),
        stay('e3', 'b', '5B-3', '2026-03-04'),
        stay('e4', 'nobody', '5B-1'),
        patient('a', 'Hanna', 'Kowalska'),
        patient('b', 'Hania', 'Kowalska'),
        patient('c', 'Not', 'Admitted'),
      ],
      NOW,
    );
    expect(rows.map((row) => row.encounter.bed)).toEqual(['5B-3', '5B-12']);
    expect(rows.every((row) => row.similarName)).toBe(true);
  });

  it('tells bed from unit', () => {
    expect(readEncounter(stay('e', 'a', '5B-12'))).toMatchObject({
      bed: '5B-12',
      unit: '5B Medicine',
      locations: ['Location/5b', 'Location/5B-12'],
    });
    expect(readEncounter({}).bed).toBeUndefined();
  });

  it('counts labelled output in force, without what only acts on it, and what was answered', () => {
    const labelled = (type: string, id: string, more: Json = {}): Json => ({
      resourceType: type,
      id,
      status: 'final',
      meta: { security: [{ code: 'AIAST' }] },
      subject: { reference: 'Patient/p1' },
      ...more,
    });
    const counts = countAi(
      [
        labelled('RiskAssessment', 'r1'),
        labelled('RiskAssessment', 'r2', { status: 'entered-in-error' }),
        labelled('RiskAssessment', 'r3', { meta: {} }),
        labelled('DetectedIssue', 'd1', {
          subject: undefined,
          patient: { reference: 'Patient/p1' },
        }),
        labelled('ServiceRequest', 's1', {
          status: 'active',
          supportingInfo: [{ reference: 'RiskAssessment/r1' }],
        }),
      ],
      [
        { focus: [{ reference: 'http://ehr.test/fhir/RiskAssessment/r1' }], status: 'final' },
        { focus: [{ reference: 'DetectedIssue/d1' }], status: 'entered-in-error' },
      ],
    );
    expect(counts.get('p1')).toEqual({ outputs: 2, answered: 1 });
  });
});

describe('the rest of the chart', () => {
  it('puts what was given under its order, and keeps proposals off the record', () => {
    const drug = (text: string) => ({ medicationCodeableConcept: { text } });
    const orders = readMedications(
      [
        { id: 'o1', status: 'active', intent: 'order', ...drug('cefepime') },
        { id: 'o2', status: 'active', intent: 'proposal', ...drug('meropenem') },
        { id: 'o3', status: 'stopped', intent: 'order', ...drug('aspirin') },
      ],
      [
        {
          id: 'a1',
          status: 'completed',
          request: { reference: 'MedicationRequest/o1' },
          effectiveDateTime: '2026-03-10T08:00:00Z',
        },
        {
          id: 'a2',
          status: 'completed',
          ...drug('cefepime'),
          effectiveDateTime: '2026-03-10T10:00:00Z',
        },
        { id: 'a3', status: 'completed', ...drug('naloxone') },
        { id: 'a4', status: 'entered-in-error', ...drug('cefepime') },
      ],
    );
    expect(orders.map((order) => [order.label, order.status])).toEqual([
      ['cefepime', 'active'],
      ['aspirin', 'stopped'],
      ['naloxone', 'given without order'],
    ]);
    expect(orders[0]?.given.map((given) => given.id)).toEqual(['a2', 'a1']);
  });

  it('shows notes as text and says so where there is none', () => {
    const notes = readNotes(
      [
        {
          id: 'n1',
          date: '2026-03-09',
          content: [{ attachment: { contentType: 'text/plain', data: btoa('Febrile.') } }],
        },
        {
          id: 'n2',
          date: '2026-03-10',
          content: [{ attachment: { contentType: 'application/pdf', data: 'AAAA' } }],
        },
        { id: 'n3', content: [{ attachment: { contentType: 'text/plain', data: '%%%' } }] },
      ],
      [{ id: 'd1', conclusion: 'No pneumothorax.', effectiveDateTime: '2026-03-10T09:00:00Z' }],
    );
    expect(notes.map((note) => note.text)).toEqual([
      'No pneumothorax.',
      undefined,
      'Febrile.',
      expect.stringContaining('cannot be shown'),
    ]);
  });

  it('leaves out what was refuted', () => {
    const refuted = { verificationStatus: { coding: [{ code: 'refuted' }] } };
    expect(readProblems([{ code: { text: 'Asthma' } }, refuted])).toHaveLength(1);
    expect(readAllergies([{ code: { text: 'Latex' }, criticality: 'high' }, refuted])).toEqual([
      { id: '', label: 'Latex', reaction: undefined, high: true },
    ]);
  });

  it.each([null, 7, 'text', [], { entry: 'no list' }, { entry: [null, { resource: 3 }] }])(
    'survives %j in place of a Bundle',
    (bundle) => {
      expect(resourcesOf(bundle)).toEqual([]);
      expect(asList(bundle).flatMap((one) => [referenceOf(one)])).toEqual([]);
    },
  );
});

describe('time', () => {
  it('follows the sandbox, not this computer', () => {
    const clock = sandboxClock('2020-01-01T00:00:00Z', () => 1000);
    expect(clock()).toBe(Date.parse('2020-01-01T00:00:00Z'));
    expect(sandboxClock('never', () => 1000)()).toBe(1000);
  });

  it('says how long ago', () => {
    const before = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();
    expect([18, 90, 60 * 72, -30].map((minutes) => ago(before(minutes), NOW))).toEqual([
      '18 min',
      '2 h',
      '3 d',
      'in 30 min',
    ]);
    expect(ago('', NOW)).toBeUndefined();
  });

  it('keeps a date as precise as it was sent', () => {
    expect(['1958-03-12', '1958-03', '1958', undefined].map(calendarDate)).toEqual([
      '12 Mar 1958',
      'Mar 1958',
      '1958',
      '–',
    ]);
  });
});
