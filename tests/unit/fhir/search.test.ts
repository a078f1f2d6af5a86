import { expect, test } from 'vitest';
import type { FhirSearch } from '#src/fhir/search.ts';
import {
  basisSearches,
  byIdentifier,
  deviceSearches,
  modelCards,
  plainSearch,
  provenancesOf,
  recommendationSearches,
  registrySearch,
  requestGroups,
  responsesOf,
  seriesSearch,
  watchSearches,
} from '#src/fhir/search.ts';
import type { SearchQuery } from '#src/io/gateway.ts';
import { SERVER } from './sample.ts';

const LACTATE = { system: 'http://loinc.org', code: '2524-7' };
const SINCE = '2026-10-01T00:00:00Z';
const text = (search: FhirSearch | undefined) =>
  search === undefined
    ? undefined
    : `${search.type}?${search.params.map((pair) => pair.join('=')).join('&')}`;

test('builders give what the gateway takes', () => {
  const query: SearchQuery = requestGroups('p1');
  expect(text(query)).toBe('RequestGroup?patient=Patient/p1&_sort=-_lastUpdated&_count=100');
});

test('one search per enabled carrier, by patient', () => {
  expect(recommendationSearches('p1').map((one) => one.type)).toEqual([
    'RiskAssessment',
    'GuidanceResponse',
    'DetectedIssue',
    'ServiceRequest',
    'MedicationRequest',
    'Observation',
  ]);
  const [only, none] = recommendationSearches('p1', ['RiskAssessment', 'Nonsense']);
  expect(none).toBeUndefined();
  expect(text(only)).toBe(
    'RiskAssessment?patient=Patient/p1&_include=RiskAssessment:performer&_sort=-date&_count=100&_revinclude=Provenance:target',
  );
  expect(only === undefined ? '' : text(plainSearch(only))).toBe(
    'RiskAssessment?patient=Patient/p1&_count=100',
  );
});

test('answers are found by patient and code, never by focus', () => {
  expect(text(responsesOf('p1'))).toBe(
    'Observation?patient=Patient/p1&code=https://clinician-feedback.example.org/fhir/CodeSystem/feedback-item|recommendation-response&_sort=-date&_count=100',
  );
});

test('basis by id, grouped, without repeats, of this server only, in chunks', () => {
  const many = Array.from({ length: 95 }, (_, index) => ({ reference: `Observation/o${index}` }));
  const searches = basisSearches(
    [
      ...many,
      ...many,
      { reference: 'Condition/c1/_history/2' },
      { reference: `${SERVER}/Condition/c2` },
      { reference: 'https://other.example.org/Condition/c3' },
      { reference: 'RiskAssessment/r1#inner' },
      { reference: 'urn:uuid:x' },
      { display: 'text only' },
    ],
    SERVER,
  );
  expect(searches.map((one) => [one.type, one.params[0]?.[1].split(',').length])).toEqual([
    ['Observation', 40],
    ['Observation', 40],
    ['Observation', 15],
    ['Condition', 2],
  ]);
  expect(searches.at(-1)?.params[0]).toEqual(['_id', 'c1,c2']);
});

test('series by codes and window', () => {
  expect(text(seriesSearch('p1', [LACTATE], SINCE))).toBe(
    `Observation?patient=Patient/p1&code=http://loinc.org|2524-7&date=ge${SINCE}&_sort=-date&_count=200`,
  );
  expect(seriesSearch('p1', [], SINCE)).toBeUndefined();
});

test('watched content by the date parameter of its type', () => {
  const watch = (
    resource: 'Observation' | 'MedicationAdministration' | 'MedicationRequest' | 'Procedure',
  ) => text(watchSearches('p1', [{ label: 'x', resource, codes: [LACTATE] }], SINCE)[0]);
  expect(watch('Observation')).toContain(`code=http://loinc.org|2524-7&date=ge${SINCE}`);
  expect(watch('Procedure')).toContain(`date=ge${SINCE}`);
  expect(watch('MedicationRequest')).toContain(`authoredon=ge${SINCE}`);
  // Codes of a medication may be in the Medication that it refers to, so they are matched locally.
  expect(watch('MedicationAdministration')).toBe(
    `MedicationAdministration?patient=Patient/p1&effective-time=ge${SINCE}&_include=MedicationAdministration:medication&_sort=-effective-time&_count=100`,
  );
});

test('devices, states, cards, provenances and identifiers', () => {
  expect(deviceSearches(['Device/a', 'Device/a', 'Practitioner/x'], SERVER).map(text)).toEqual([
    'Device?_id=a&_count=100',
  ]);
  expect(text(registrySearch({ withModels: false }))).toMatch(
    /^Observation\?code=\S+\|model-state&_sort=-date&_count=100$/,
  );
  expect(text(registrySearch())).toContain('&_include=Observation:subject&');
  expect(text(modelCards(['Device/a']))).toContain('AIinputsCS|AIModelCard');
  expect(provenancesOf(['RiskAssessment/r1']).map(text)).toEqual([
    'Provenance?target=RiskAssessment/r1&_count=100',
  ]);
  expect(text(byIdentifier('RiskAssessment', { system: 'urn:x', value: 'a,b|c' }))).toBe(
    'RiskAssessment?identifier=urn:x|a\\,b\\|c',
  );
});
