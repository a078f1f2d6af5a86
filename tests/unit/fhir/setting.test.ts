import { describe, expect, it } from 'vitest';
import { readSetting } from '#src/fhir/setting.fhir.ts';

const SERVER = 'https://ehr.example.org/fhir';
const encounter = (location: unknown) => ({ resourceType: 'Encounter', id: 'e', location });
const at = (id: string, more = {}) => ({ location: { reference: `Location/${id}` }, ...more });
const locationOf = (location: unknown) => readSetting([encounter(location)], 'e', SERVER).location;

describe('where and as what somebody answers', () => {
  it.each([
    [
      'the active one',
      [at('a', { status: 'completed' }), at('b', { status: 'active' })],
      'Location/b',
    ],
    ['the last without end', [at('a', { period: { end: '2026-01-01' } }), at('b')], 'Location/b'],
    [
      'an absolute reference here',
      [{ location: { reference: `${SERVER}/Location/c` } }],
      'Location/c',
    ],
    ['none that is over', [at('a', { status: 'completed' })], undefined],
    ['nothing that is no Location', [{ location: { reference: 'Patient/a' } }], undefined],
    ['nonsense', 'ward', undefined],
    ['nulls', [null, {}], undefined],
  ])('%s', (_name, location, expected) => expect(locationOf(location)).toBe(expected));

  it.each([
    ['every place but rooms and beds', ['wa', 'bd', undefined, 'ro'], ['Location/0', 'Location/2']],
    ['none where only a bed is told', ['bd'], undefined],
  ])('units: %s', (_what, kinds, expected) => {
    const places = kinds.map((code, n) =>
      at(String(n), {
        status: 'active',
        ...(code && {
          physicalType: {
            coding: [
              { system: 'http://terminology.hl7.org/CodeSystem/location-physical-type', code },
            ],
          },
        }),
      }),
    );
    expect(readSetting([encounter(places)], 'e', SERVER).units).toEqual(expected);
  });

  it('takes only the encounter of the launch', () => {
    expect(readSetting([encounter([at('a')])], 'other', SERVER)).toEqual({});
  });

  it('takes the first active role with a code', () => {
    const role = (code: string, active?: boolean) => ({
      resourceType: 'PractitionerRole',
      ...(active !== undefined && { active }),
      code: [{ coding: [{ system: 's', code }] }],
    });
    expect(readSetting([role('old', false), role('doctor')], undefined, SERVER).role).toEqual({
      system: 's',
      code: 'doctor',
    });
  });
});
