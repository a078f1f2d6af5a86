import { ITEM, SYSTEM } from './codes.ts';
import type { FhirSearch } from './search.ts';
import { GOVERNANCE_ITEM } from './tables/governance-codes.ts';

const token = (code: string): string => `${SYSTEM.feedbackItem}|${code}`;
const instant = (ms: number): string => new Date(ms).toISOString();

/** Answers and displays that a server stored after an instant (epoch ms); no patient is named. */
export const feedbackSince = (since: number, code?: string): FhirSearch => ({
  type: 'Observation',
  params: [
    ['code', code === undefined ? `${token(ITEM.response)},${token(ITEM.displayed)}` : token(code)],
    ['_lastUpdated', `gt${instant(since)}`],
  ],
});

/** Answers that were given within a time, newest first. */
export const answersBetween = (from: number, until: number): FhirSearch => ({
  type: 'Observation',
  params: [
    ['code', token(ITEM.response)],
    ['date', `ge${instant(from)}`],
    ['date', `lt${instant(until)}`],
    ['_sort', '-date'],
    ['_count', '100'],
  ],
});

/** The change log, with the Devices that it is about. */
export const changeLog: FhirSearch = {
  type: 'Observation',
  params: [
    ['code', `${token(GOVERNANCE_ITEM.change)},${token(GOVERNANCE_ITEM.state)}`],
    ['_include', 'Observation:subject'],
    ['_count', '200'],
  ],
};

/** What a patient's rows in the tables of answers are made of. @param carriers as configured. */
export function rowsOfPatient(patient: string, carriers: readonly string[]): readonly FhirSearch[] {
  const of = (type: string, ...more: FhirSearch['params']): FhirSearch => ({
    type,
    params: [['patient', patient], ...more, ['_count', '200']],
  });
  return [
    { type: 'Patient', params: [['_id', patient.slice('Patient/'.length)]] },
    of('Encounter'),
    of('Observation', ['code', `${token(ITEM.response)},${token(ITEM.displayed)}`]),
    ...carriers.map((type) =>
      type === 'Observation'
        ? of(type, ['_security', `${SYSTEM.observationValue}|AIAST`])
        : of(type, ['_revinclude', 'Provenance:target']),
    ),
  ];
}

/** Devices by an identifier of any system, as answers name their model. */
export const devicesNamed = (identifier: string): FhirSearch => ({
  type: 'Device',
  params: [['identifier', identifier]],
});
