import type { Extension, Patient } from 'fhir/r4';
import { SYNTHETIC } from '../scenario.ts';
import { HOSPITAL, hl7 } from '../ward/build.ts';
import { HOSPITAL_REFERENCE, MRN_SYSTEM } from '../ward/hospital.ts';
import { idOf, metaAt } from './fields.ts';
import type { Row } from './past.ts';

const US_CORE_RACE = 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-race';
const CDC_RACE = 'urn:oid:2.16.840.1.113883.6.238';
const RACES: Readonly<Record<string, string>> = {
  '2106-3': 'White',
  '2054-5': 'Black or African American',
  '2028-9': 'Asian',
  '2131-1': 'Other Race',
};

/** An age in the middle of its band, so that no birthday moves anybody to another. */
const AGE = { '0-17': 12, '18-44': 31, '45-64': 54, '65-79': 72, '80-89': 84, '90+': 92 } as const;

function birthDate({ age_band, stay_start }: Row<'encounters'>): string {
  const birthday = new Date((stay_start ?? 0) - 180 * 86_400_000);
  birthday.setUTCFullYear(birthday.getUTCFullYear() - AGE[age_band ?? '45-64']);
  return birthday.toISOString().slice(0, 10);
}

function race(code: string | null): { extension?: Extension[] } {
  if (code === null) return {};
  const display = RACES[code] ?? code;
  return {
    extension: [
      {
        url: US_CORE_RACE,
        extension: [
          { url: 'ombCategory', valueCoding: { system: CDC_RACE, code, display } },
          { url: 'text', valueString: display },
        ],
      },
    ],
  };
}

/** Somebody who was here once; a number for a name, which nobody takes for a person. */
export function pastPatient(stay: Row<'encounters'>): Patient {
  const { sex, race_ethnicity, language, stay_start } = stay;
  const id = idOf(stay.patient_id);
  const meta = metaAt(stay_start);
  return {
    resourceType: 'Patient',
    id,
    meta: { ...meta, security: [SYNTHETIC] },
    ...race(race_ethnicity),
    identifier: [
      {
        use: 'usual',
        type: hl7('v2-0203', 'MR', 'Medical record number'),
        system: MRN_SYSTEM,
        value: id,
        assigner: HOSPITAL_REFERENCE,
      },
    ],
    active: true,
    name: [{ use: 'official', text: `Synthetic ${id}`, family: id, given: ['Synthetic'] }],
    gender: sex ?? 'unknown',
    birthDate: birthDate(stay),
    ...(language && {
      communication: [
        {
          language: { coding: [{ system: 'urn:ietf:bcp:47', code: language }] },
          preferred: true,
        },
      ],
    }),
    managingOrganization: HOSPITAL_REFERENCE,
  };
}

export const VISITS = `${HOSPITAL}/visits`;
