import { describe, expect, test } from 'vitest';
import {
  byIdentifier,
  deviceSearches,
  type FhirSearch,
  modelCards,
  plainSearch,
  provenancesOf,
  recommendationSearches,
  seriesSearch,
  settingSearches,
  watchSearches,
} from '#src/fhir/search.ts';
import { SERVER } from './sample.ts';

const text = (search: FhirSearch | undefined) =>
  search && `${search.type}?${search.params.map((pair) => pair.join('=')).join('&')}`;
const [A, B] = [
  { system: 'urn:a', code: '1,2' },
  { system: 'urn:b', code: '3' },
];

describe('a search to the letter', () => {
  test('several values are one parameter, and none is no parameter', () => {
    expect(text(seriesSearch('p1', [A, B], '2026'))).toContain('&code=urn:a|1\\,2,urn:b|3&');
    const rule = { label: 'x', resource: 'Procedure', codes: [] } as const;
    expect(watchSearches('p1', [rule], '2026').map(text)).toEqual([
      'Procedure?patient=Patient/p1&date=ge2026&_sort=-date&_count=100',
    ]);
    expect(provenancesOf(['Device/a', 'Device/b']).map(text)).toEqual([
      'Provenance?target=Device/a,Device/b&_count=100',
    ]);
  });

  test('about models: their cards, nothing where there are none', () => {
    expect(text(modelCards(['Device/a', 'Device/b']))).toMatch(
      /^DocumentReference\?subject=Device\/a,Device\/b&type=http\S+\|AIModelCard&_count=100$/,
    );
    expect(modelCards([])).toBeUndefined();
    expect(deviceSearches([], SERVER)).toEqual([]);
  });

  test('the plain one of a proposal keeps what makes it a proposal', () => {
    const [proposals] = recommendationSearches('p1', ['ServiceRequest']);
    expect(proposals && text(plainSearch(proposals))).toBe(
      'ServiceRequest?patient=Patient/p1&intent=proposal&_count=100',
    );
  });

  test('an identifier without a system is asked for without one', () => {
    expect(text(byIdentifier('RiskAssessment', { value: 'a|b' }))).toBe(
      'RiskAssessment?identifier=a\\|b',
    );
  });
});

describe('where and as what somebody answers', () => {
  test.each<[string | undefined, string | undefined, readonly string[]]>([
    [
      'e1',
      'Practitioner/d1',
      ['Encounter?_id=e1', 'PractitionerRole?practitioner=Practitioner/d1'],
    ],
    ['e1', undefined, ['Encounter?_id=e1']],
    [undefined, 'Practitioner/d1', ['PractitionerRole?practitioner=Practitioner/d1']],
    [undefined, 'PractitionerRole/r1', []],
    [undefined, 'urn:x:Practitioner/', []],
    [undefined, undefined, []],
  ])('encounter %s, performer %s', (encounter, performer, expected) => {
    expect(settingSearches(encounter, performer).map(text)).toEqual(expected);
  });
});
