import { expect, test } from 'vitest';
import { deriveTables } from '#src/domain/tables/derive/derive-tables.ts';
import { responseUnits } from '#src/domain/tables/derive/response-units.ts';
import { toDisplayedObservation } from '#src/fhir/feedback/displayed.fhir.ts';
import { toObservation } from '#src/fhir/feedback/response.fhir.ts';
import { readTables, readTogether } from '#src/fhir/tables/read-tables.ts';
import { answer, CONTEXT, id, risk, SERVER, SETTINGS } from './feedback.ts';

const STORE = 'https://store.example.org/r4';
const target = { server: STORE, subject: 'Patient/77' };
const given = answer(1, '2026-10-02T10:00:00Z', {
  comment: 'Not now.',
  context: { appVersion: '0.1.0', timeToResponseMs: 4000 },
});
const { issuer, patient, recommendation, performer } = given;

const chart = readTables(
  [risk(), { ...toObservation(given, { hideFromPatient: false, hospitalStore: false }), id: 'o1' }],
  CONTEXT,
);
const store = readTables(
  [
    {
      ...toObservation(given, { hideFromPatient: false, hospitalStore: true, ...target }),
      id: 'h1',
    },
    {
      ...toDisplayedObservation(
        {
          id: id(2),
          issuer,
          patient,
          recommendation,
          performer,
          displayedAt: '2026-10-02T09:59:00Z',
          appVersion: '0.1.0',
        },
        target,
      ),
      id: 'h2',
    },
  ],
  { ...CONTEXT, server: STORE, issuer: SERVER, sink: 'hospital-store' },
);

test.each([
  ['chart first', [chart.read, store.read]],
  ['store first', [store.read, chart.read]],
])('an answer in chart and store is one row, the fuller one, about one patient: %s', (_, parts) => {
  const { decisions = [], exposures = [] } = deriveTables(readTogether(parts), SETTINGS);
  expect(decisions).toMatchObject([
    {
      decision_id: id(1),
      sink: 'hospital-store',
      dwell_ms: 4000,
      patient_id: 'Patient/p1',
      recommendation_id: 'RiskAssessment/r1',
      clinician_id: 'Practitioner/a',
    },
  ]);
  expect(exposures).toMatchObject([{ patient_id: 'Patient/p1', implied: false }]);
  expect(responseUnits(exposures, decisions)).toMatchObject([
    { response: 'accepted', elapsed_ms: 60_000 },
  ]);
});

test('another hospital’s patient of the same number is another patient', () => {
  const south = 'https://south.example.org/fhir';
  const other = readTables([risk()], { ...CONTEXT, server: south, issuer: SERVER });
  const { recommendations = [] } = deriveTables(readTogether([chart.read, other.read]), SETTINGS);
  expect(recommendations.map((row) => [row.patient_id, row.repeat_for_patient])).toEqual([
    ['Patient/p1', 0],
    [`${south}/Patient/p1`, 0],
  ]);
});
