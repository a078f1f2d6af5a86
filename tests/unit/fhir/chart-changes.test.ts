import { describe, expect, test } from 'vitest';
import { readChartChanges } from '#src/fhir/chart-changes.fhir.ts';
import { AI_LABEL, observation, PATIENT, SERVER } from './sample.ts';

const CODE = { system: 'http://loinc.org', code: '2524-7' };
const DRUG = { system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: '2193' };
const RULES = [
  { label: 'Newer lactate', resource: 'Observation', codes: [CODE] },
  { label: 'Antibiotic already given', resource: 'MedicationAdministration', codes: [DRUG] },
  { label: 'Any procedure', resource: 'Procedure', codes: [] },
] as const;

const given = (more: Record<string, unknown> = {}) => ({
  resourceType: 'MedicationAdministration',
  id: 'm1',
  status: 'completed',
  subject: PATIENT,
  effectiveDateTime: '2026-10-01T09:00:00Z',
  medicationCodeableConcept: { coding: [DRUG], text: 'Ceftriaxone' },
  dosage: { text: '2 g IV' },
  ...more,
});
const changes = (
  resources: readonly unknown[],
  producedAt: string | undefined = '2026-10-01T08:00:00Z',
) => readChartChanges({ server: SERVER, patientId: 'p1', producedAt, rules: RULES, resources });
const newer = (more: Record<string, unknown> = {}) =>
  observation({ effectiveDateTime: '2026-10-01T09:30:00Z', ...more });

describe('what is new in the chart', () => {
  test('watched and newer, newest first', () => {
    expect(changes([given(), newer(), observation({ id: 'older' })])).toMatchObject([
      {
        watch: 'Newer lactate',
        label: 'Lactate',
        at: '2026-10-01T09:30:00Z',
        value: { value: 3.4 },
      },
      { watch: 'Antibiotic already given', label: 'Ceftriaxone', value: { text: '2 g IV' } },
    ]);
  });

  test('a drug named by reference is matched through its Medication', () => {
    const medication = {
      resourceType: 'Medication',
      id: 'cef',
      code: { coding: [DRUG], text: 'Ceftriaxone' },
    };
    const administration = given({
      medicationCodeableConcept: undefined,
      medicationReference: { reference: 'Medication/cef' },
    });
    expect(changes([administration, medication])).toMatchObject([{ label: 'Ceftriaxone' }]);
    expect(changes([administration])).toEqual([]);
  });

  test('any code, and a period that ended later', () => {
    const procedure = {
      resourceType: 'Procedure',
      id: 'x',
      status: 'completed',
      subject: PATIENT,
      code: { text: 'Intubation' },
    };
    const performedPeriod = { start: '2026-10-01T07:00:00Z', end: '2026-10-01T08:30:00Z' };
    expect(changes([{ ...procedure, performedPeriod }])).toMatchObject([
      { label: 'Intubation', watch: 'Any procedure' },
    ]);
    expect(changes([procedure])).toEqual([]);
  });

  test.each([
    [
      'the same instant in another offset',
      newer({ effectiveDateTime: '2026-10-01T10:00:00+02:00' }),
      0,
    ],
    ['later in another offset', newer({ effectiveDateTime: '2026-10-01T10:01:00+02:00' }), 1],
    ['only the day: it may be newer', newer({ effectiveDateTime: '2026-10-01' }), 1],
    ['only the day before yesterday', newer({ effectiveDateTime: '2026-09-29' }), 0],
    ['no time', newer({ effectiveDateTime: undefined }), 0],
    ['entered in error', newer({ status: 'entered-in-error' }), 0],
    ['not given', given({ status: 'not-done' }), 0],
    ['of another patient', newer({ subject: { reference: 'Patient/p2' } }), 0],
    ['another code', newer({ code: { coding: [{ system: 'http://loinc.org', code: '1' }] } }), 0],
    ['AI output', newer({ meta: AI_LABEL }), 0],
    ['a proposal', given({ intent: 'proposal' }), 0],
  ])('%s', (_title, resource, expected) => {
    expect(changes([resource])).toHaveLength(expected);
  });

  test('nothing is newer than an unknown time', () => {
    expect(
      readChartChanges({
        server: SERVER,
        patientId: 'p1',
        producedAt: undefined,
        rules: RULES,
        resources: [newer()],
      }),
    ).toEqual([]);
  });

  test('rubbish is passed over', () => {
    expect(
      changes([null, 'x', [], {}, newer({ id: 'codeless', code: null }), newer()]),
    ).toHaveLength(1);
  });
});
