import type { PatientSummary } from '#src/domain/patient.ts';
import type { ReadResult } from '#src/domain/problem.ts';
import { codings, period } from './datatypes.ts';
import { dateTime } from './date-time.ts';
import {
  boolean,
  defined,
  get,
  type Json,
  line,
  list,
  objects,
  type Problems,
  problem,
  token,
} from './read.ts';
import { resourceId } from './reference.ts';

const NAME_ORDER = [
  'official',
  'usual',
  undefined,
  'temp',
  'nickname',
  'anonymous',
  'old',
  'maiden',
];
// HL7 v2-0203, in R4's and in the older canonical form.
const IDENTIFIER_TYPE = [
  'http://terminology.hl7.org/CodeSystem/v2-0203',
  'http://hl7.org/fhir/v2/0203',
];

/**
 * R4 Patient as the banner shows it. Fails only when it is no Patient with an id: then nobody can say
 * whose chart this is. Birth date keeps the precision that was sent.
 */
export function readPatient(resource: unknown): ReadResult<PatientSummary> {
  const id = resourceId(get(resource, 'id'));
  if (get(resource, 'resourceType') !== 'Patient' || id === undefined) {
    return {
      ok: false,
      problem: problem('malformed', 'The server did not send a patient that can be identified.'),
    };
  }
  const problems: Problems = [];
  const name = bestName(resource);
  const family = line(get(name, 'family'), 120);
  const given = list(get(name, 'given'))
    .map((one) => line(one, 60))
    .filter(Boolean)
    .slice(0, 4)
    .join(' ');
  const displayName = banner(family, given) ?? line(get(name, 'text'), 120);
  if (displayName === undefined)
    problems.push(problem('missing', 'The chart has no name for this patient.', 'name'));
  const born = dateTime(get(resource, 'birthDate'));
  if (born === undefined)
    problems.push(problem('missing', 'The chart has no usable birth date.', 'birthDate'));
  return {
    ok: true,
    problems,
    value: defined<PatientSummary>({
      id,
      displayName: displayName ?? 'Name not in chart',
      family,
      given: given === '' ? undefined : given,
      birthDate: born,
      sex: line(get(resource, 'gender'), 40),
      mrn: medicalRecordNumber(resource),
      deceased: isDeceased(resource),
    }),
  };
}

function banner(family: string | undefined, given: string): string | undefined {
  if (family === undefined) return given === '' ? undefined : given;
  return given === '' ? family.toUpperCase() : `${family.toUpperCase()}, ${given}`;
}

function bestName(resource: unknown): Json | undefined {
  const names = objects(get(resource, 'name'));
  const rank = (name: Json) => {
    const use = token(get(name, 'use'), 40);
    const place = NAME_ORDER.indexOf(use);
    return period(get(name, 'period')).end !== undefined ? 20 : place < 0 ? 10 : place;
  };
  return names.toSorted((a, b) => rank(a) - rank(b))[0];
}

function medicalRecordNumber(resource: unknown): string | undefined {
  const typed = objects(get(resource, 'identifier')).find((one) =>
    codings(get(one, 'type')).some(
      (code) => code.code === 'MR' && IDENTIFIER_TYPE.includes(code.system),
    ),
  );
  return line(get(typed, 'value'), 60);
}

/** A date of death, or any date that cannot be read, counts as deceased: never the other way. */
const isDeceased = (resource: unknown): boolean =>
  boolean(get(resource, 'deceasedBoolean')) === true ||
  line(get(resource, 'deceasedDateTime')) !== undefined;
