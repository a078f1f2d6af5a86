import type { Encounter } from 'fhir/r4';
import { SYSTEM } from '#src/fhir/codes.ts';
import { hl7 } from '../ward/build.ts';
import { HOSPITAL_REFERENCE } from '../ward/hospital.ts';
import { idOf, instant, metaAt } from './fields.ts';
import type { Row } from './past.ts';
import { VISITS } from './people.ts';

/** One encounter of the past. @param stays its stays on units, the first one first. */
export function pastEncounter(stays: readonly Row<'encounters'>[]): Encounter {
  const [first] = stays;
  if (first === undefined) throw new Error('An encounter without a stay.');
  const id = idOf(first.encounter_id);
  return {
    resourceType: 'Encounter',
    id,
    meta: metaAt(first.encounter_end),
    identifier: [{ system: VISITS, value: id }],
    status: 'finished',
    class: { system: SYSTEM.actCode, code: 'IMP', display: 'inpatient encounter' },
    subject: { reference: first.patient_id ?? '' },
    period: { start: instant(first.stay_start), end: instant(first.encounter_end) },
    location: stays.map(({ unit, stay_start, stay_end }) => ({
      location: { reference: unit ?? '' },
      status: 'completed',
      physicalType: hl7('location-physical-type', 'wa', 'Ward'),
      period: { start: instant(stay_start), end: instant(stay_end) },
    })),
    serviceProvider: HOSPITAL_REFERENCE,
  };
}
