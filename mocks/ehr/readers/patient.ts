import { asList, asRecord, asText, hasCode, type Json } from './json.ts';
import { ageOf } from './time.ts';

export interface ChartPatient {
  readonly id: string;
  /** "Maria Rivera": names the button that opens the chart. */
  readonly name: string;
  readonly given: string;
  readonly family: string;
  readonly birthDate: string | undefined;
  readonly age: string | undefined;
  /** One letter, as ward lists write it. */
  readonly sex: string;
  readonly mrn: string | undefined;
  readonly deceased: boolean;
}

const SEX: Readonly<Record<string, string>> = { female: 'F', male: 'M', other: 'X' };

export function readPatient(resource: Json, now: number): ChartPatient {
  const names = asList(resource.name);
  const name = names.find((candidate) => candidate.use === 'official') ?? names[0] ?? {};
  const given = Array.isArray(name.given)
    ? name.given.filter((part) => asText(part) !== undefined).join(' ')
    : '';
  const family = asText(name.family) ?? '';
  const full = `${given} ${family}`.trim();
  const birthDate = asText(resource.birthDate);
  return {
    id: asText(resource.id) ?? '',
    name: full || (asText(name.text) ?? 'Unnamed patient'),
    given,
    family,
    birthDate,
    age: ageOf(birthDate, now),
    sex: SEX[asText(resource.gender) ?? ''] ?? 'U',
    mrn: readMrn(resource),
    deceased: resource.deceasedBoolean === true || asText(resource.deceasedDateTime) !== undefined,
  };
}

function readMrn(resource: Json): string | undefined {
  const identifiers = asList(resource.identifier);
  const typed = identifiers.find((identifier) => hasCode(asRecord(identifier.type), 'MR'));
  return asText(typed?.value) ?? asText(identifiers[0]?.value);
}

/** "RIVERA, Maria" */
export function bannerName(patient: ChartPatient): string {
  if (patient.family === '') return patient.name;
  return patient.given === ''
    ? patient.family.toUpperCase()
    : `${patient.family.toUpperCase()}, ${patient.given}`;
}
