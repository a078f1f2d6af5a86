import type {
  Encounter,
  FhirResource,
  HumanName,
  Location,
  Observation,
  Patient,
  Reference,
} from 'fhir/r4';
import { SYNTHETIC } from '../scenario.ts';
import { HOSPITAL, hl7, named, plainMeta } from './build.ts';
import {
  bed,
  bedReference,
  HOSPITAL_REFERENCE,
  MRN_SYSTEM,
  type UnitId,
  unitReference,
} from './hospital.ts';
import { type ClinicianId, clinician } from './people.ts';
import { hoursAgo, stream, type Ward } from './ward.ts';

/** One admission, as a story tells it. */
interface Stay {
  /** Id of the Patient and prefix of everything in the chart; also names the stream of chance. */
  readonly id: string;
  /** Position in the name book; fixed, so that a new story renames nobody. */
  readonly index: number;
  readonly age: number;
  readonly sex: 'female' | 'male';
  readonly unit: UnitId;
  readonly bed: number;
  /** Hours since admission. */
  readonly hours: number;
  readonly reason: string;
  readonly attending: ClinicianId;
  /** Instead of the name book's. */
  readonly name?: { readonly family: string; readonly given: readonly string[] };
  /** An unidentified patient: no birth date, unknown sex, a placeholder for a name. */
  readonly minimal?: boolean;
}

/** A chart being written. `resources` grows in the order of writing, references looking back. */
export interface Chart {
  readonly ward: Ward;
  readonly stay: Stay;
  readonly id: string;
  readonly subject: Reference;
  readonly encounter: Reference;
  readonly resources: FhirResource[];
}

export function add<T extends FhirResource>(chart: Chart, resource: T): T {
  chart.resources.push(resource);
  return resource;
}

export function openChart(ward: Ward, stay: Stay): Chart {
  const patient = stay.minimal ? unidentified(ward, stay) : identified(ward, stay);
  const encounter = admission(ward, stay);
  const place: Location = bed(stay.unit, stay.bed);
  return {
    ward,
    stay,
    id: stay.id,
    subject: named(`Patient/${stay.id}`, patient.name?.[0]?.text ?? stay.id),
    encounter: { reference: `Encounter/${encounter.id}` },
    resources: [place, patient, encounter],
  };
}

const mrn = (ward: Ward, stay: Stay) => ({
  use: 'usual' as const,
  type: hl7('v2-0203', 'MR', 'Medical record number'),
  system: MRN_SYSTEM,
  // The index in it keeps two charts from drawing one number.
  value: `${stream(ward, `mrn/${stay.id}`).int(10000, 99999)}${String(stay.index).padStart(2, '0')}`,
  assigner: HOSPITAL_REFERENCE,
});

const patientMeta = () => ({ ...plainMeta(), security: [SYNTHETIC] });

function unidentified(ward: Ward, stay: Stay): Patient {
  return {
    resourceType: 'Patient',
    id: stay.id,
    meta: patientMeta(),
    identifier: [mrn(ward, stay)],
    active: true,
    name: [{ use: 'temp', text: stay.name?.family ?? 'Unknown', family: stay.name?.family }],
    gender: 'unknown',
  };
}

function identified(ward: Ward, stay: Stay): Patient {
  const random = stream(ward, `patient/${stay.id}`);
  const book = ward.names.person(stay.index);
  const { family, given } = stay.name ?? { family: book.family, given: [book[stay.sex]] };
  const name: HumanName = {
    use: 'official',
    text: [...given, family].join(' '),
    family,
    given: [...given],
  };
  // A birthday already past this year, so that the age is exactly the story's.
  const daysSinceBirthday = random.int(1, 364);
  const birthday = new Date(ward.now - daysSinceBirthday * 86_400_000);
  birthday.setUTCFullYear(birthday.getUTCFullYear() - stay.age);
  return {
    resourceType: 'Patient',
    id: stay.id,
    meta: patientMeta(),
    identifier: [mrn(ward, stay)],
    active: true,
    name: [name],
    gender: stay.sex,
    birthDate: birthday.toISOString().slice(0, 10),
    telecom: [{ system: 'phone', use: 'home', value: `555-01${random.int(10, 99)}` }],
    communication: [
      {
        language: {
          coding: [{ system: 'urn:ietf:bcp:47', code: stay.name ? 'en' : book.language }],
        },
        preferred: true,
      },
    ],
    managingOrganization: HOSPITAL_REFERENCE,
  };
}

function admission(ward: Ward, stay: Stay): Encounter {
  const start = hoursAgo(ward, stay.hours);
  const emergency = stay.unit === 'ed';
  const place = (location: Reference, code: string, display: string) => ({
    location,
    status: 'active' as const,
    physicalType: hl7('location-physical-type', code, display),
    period: { start },
  });
  return {
    resourceType: 'Encounter',
    id: `${stay.id}-encounter`,
    meta: plainMeta(),
    identifier: [
      {
        system: `${HOSPITAL}/visits`,
        value: `V${stream(ward, `visit/${stay.id}`).int(100000, 999999)}`,
      },
    ],
    status: 'in-progress',
    class: {
      system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
      code: emergency ? 'EMER' : 'IMP',
      display: emergency ? 'emergency' : 'inpatient encounter',
    },
    subject: { reference: `Patient/${stay.id}` },
    participant: [{ individual: clinician(ward, stay.attending) }],
    period: { start },
    reasonCode: [{ text: stay.reason }],
    location: [
      place(bedReference(stay.unit, stay.bed), 'bd', 'Bed'),
      place(unitReference(stay.unit), 'wa', 'Ward'),
    ],
    serviceProvider: HOSPITAL_REFERENCE,
  };
}

const isObservation = (resource: FhirResource): resource is Observation =>
  resource.resourceType === 'Observation';

/** The newest observation with this LOINC code that was in the chart at that moment. */
export function newest(chart: Chart, loinc: string, at: string): Observation | undefined {
  return chart.resources
    .filter(isObservation)
    .filter(
      (o) => o.code.coding?.[0]?.code === loinc && (o.issued ?? o.effectiveDateTime ?? '') <= at,
    )
    .at(-1);
}
