import type { Condition, Encounter, Extension, Patient, Procedure } from 'fhir/r4';
import { ACTION_SYSTEM } from '#src/domain/simulate/systems.ts';
import type { TableRow } from '#src/domain/tables/schema.ts';
import { HOSPITAL_BASE, idOf, isoTime, simulatedMeta } from './mark.ts';

type Stay = TableRow<'encounters'>;

/** Youngest and oldest of a band who are in it on every day of a year. */
const AGES: Readonly<Record<NonNullable<Stay['age_band']>, readonly [from: number, to: number]>> = {
  '0-17': [1, 16],
  '18-44': [20, 43],
  '45-64': [47, 63],
  '65-79': [67, 78],
  '80-89': [82, 88],
  '90+': [92, 97],
};

const OMB = 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-race';
const CDC_RACE = 'urn:oid:2.16.840.1.113883.6.238';

/** Spreads people over their band by their number: no chance, so that a file is the same each time. */
function birthDate(band: Stay['age_band'], id: string, at: number): string | undefined {
  if (band === null) return undefined;
  const [from, to] = AGES[band];
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + letter.charCodeAt(0)) % 10_007;
  const year = new Date(at).getUTCFullYear() - (from + (sum % (to - from + 1)));
  return `${year}-${String(1 + (sum % 12)).padStart(2, '0')}-${String(1 + (sum % 28)).padStart(2, '0')}`;
}

const raceExtension = (code: string): Extension => ({
  url: OMB,
  extension: [
    { url: 'ombCategory', valueCoding: { system: CDC_RACE, code } },
    { url: 'text', valueString: code },
  ],
});

export function toPatient(stay: Stay): Patient {
  const id = idOf(stay.patient_id ?? '');
  const at = stay.stay_start ?? 0;
  const born = birthDate(stay.age_band, id, at);
  return {
    resourceType: 'Patient',
    id,
    meta: simulatedMeta(at),
    ...(stay.race_ethnicity && { extension: [raceExtension(stay.race_ethnicity)] }),
    identifier: [{ system: `${HOSPITAL_BASE}/mrn`, value: id }],
    ...(stay.sex && { gender: stay.sex }),
    ...(born && { birthDate: born }),
    ...(stay.language && {
      communication: [
        {
          language: { coding: [{ system: 'urn:ietf:bcp:47', code: stay.language }] },
          preferred: true,
        },
      ],
    }),
  };
}

const periodOf = (from: number | null, until: number | null) => ({
  ...(from !== null && { start: isoTime(from) }),
  ...(until !== null && { end: isoTime(until) }),
});

/** @param stays all of one encounter, in order. */
export function toEncounter(stays: readonly [Stay, ...Stay[]]): Encounter {
  const [first] = stays;
  return {
    resourceType: 'Encounter',
    id: idOf(first.encounter_id),
    meta: simulatedMeta(first.stay_start),
    status: 'finished',
    class: {
      system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
      code: first.encounter_class ?? 'IMP',
    },
    subject: { reference: first.patient_id ?? '' },
    period: periodOf(first.stay_start, first.encounter_end),
    location: stays.map(({ unit, stay_start, stay_end }) => ({
      location: { reference: unit ?? '' },
      status: 'completed',
      period: periodOf(stay_start, stay_end),
    })),
  };
}

type Outcome = TableRow<'outcomes'>;

const codeOf = (code: string) => ({ coding: [{ system: ACTION_SYSTEM, code }], text: code });

/** What was predicted and came; what did not come is no resource, a rule of the site says so. */
export function toCondition(row: Outcome): Condition {
  return {
    resourceType: 'Condition',
    id: idOf(row.outcome_id),
    meta: simulatedMeta(row.recorded_at),
    clinicalStatus: {
      coding: [
        {
          system: 'http://terminology.hl7.org/CodeSystem/condition-clinical',
          code: 'active',
        },
      ],
    },
    code: codeOf(row.rule),
    subject: { reference: row.patient_id ?? '' },
    encounter: { reference: row.encounter_id ?? '' },
    ...(row.happened_at !== null && { onsetDateTime: isoTime(row.happened_at) }),
    ...(row.label_at !== null && { recordedDate: isoTime(row.label_at) }),
  };
}

/** What was advised and done. */
export function toProcedure(row: Outcome): Procedure {
  return {
    resourceType: 'Procedure',
    id: idOf(row.outcome_id),
    meta: simulatedMeta(row.recorded_at),
    status: 'completed',
    code: codeOf(row.outcome_code),
    subject: { reference: row.patient_id ?? '' },
    encounter: { reference: row.encounter_id ?? '' },
    ...(row.happened_at !== null && { performedDateTime: isoTime(row.happened_at) }),
  };
}
