import { describe, expect, test } from 'vitest';
import { modelNames, modelSearches, unitNames, unitSearches } from '#src/fhir/name-searches.ts';
import { namesOf } from '#src/state/use-names.ts';

const SERVER = 'https://ehr.example/fhir';
const device = (id: string, name: string | undefined, version: string) => ({
  resourceType: 'Device',
  id,
  identifier: [{ system: 'urn:models', value: `${id}-${version}` }],
  ...(name && { deviceName: [{ name, type: 'user-friendly-name' }] }),
  version: [{ value: version }],
});
const DEVICES = [
  device('a', 'Sepsis early warning', '3.1.0'),
  device('b', 'Sepsis early warning', '3.0.0'),
  device('c', 'Falls', '2.0.0'),
  device('d', undefined, '1.0.0'),
];
const ALL = ['a-3.1.0', 'b-3.0.0', 'c-2.0.0', 'd-1.0.0'];
const PLACES = [{ resourceType: 'Location', id: 'x-3', name: 'Ashcombe Surgery' }];
const names = namesOf(modelNames(DEVICES, SERVER), unitNames(PLACES, SERVER), ALL);

describe('names of what figures name by identifier', () => {
  test('a model has its name and its version apart, and an identifier for want of a name', () => {
    expect(names.model('a-3.1.0')).toBe('Sepsis early warning');
    expect(names.modelVersion('a-3.1.0', '3.1.0')).toBe('Sepsis early warning 3.1.0');
    expect(names.model('Device/c')).toBe('Falls');
    expect(names.modelVersion('d-1.0.0', '1.0.0')).toBe('d-1.0.0');
    expect(names.modelVersion('gone-4.0', '4.0')).toBe('gone-4.0');
  });

  test('in a list two models of one name differ by version', () => {
    expect(ALL.map(names.modelApart)).toEqual([
      'Sepsis early warning 3.1.0',
      'Sepsis early warning 3.0.0',
      'Falls',
      'd-1.0.0',
    ]);
  });

  test('a unit has the name of its Location, else its id alone', () => {
    expect(names.unit('Location/x-3')).toBe('Ashcombe Surgery');
    expect(names.unit(`${SERVER}/Location/x-3`)).toBe('Ashcombe Surgery');
    expect(names.unit('Location/x-4')).toBe('x-4');
  });

  test('a few searches name all, and none leaves the server', () => {
    expect(modelSearches(['a,b', 'Device/c'], SERVER)).toEqual([
      { type: 'Device', params: expect.arrayContaining([['_id', 'c']]) },
      { type: 'Device', params: expect.arrayContaining([['identifier', 'a\\,b']]) },
    ]);
    const units = ['Location/1', 'Location/2', 'https://other.example/fhir/Location/3'];
    expect(unitSearches(units, SERVER)).toEqual([
      { type: 'Location', params: expect.arrayContaining([['_id', '1,2']]) },
    ]);
  });
});
