import type { Identifier } from '#src/domain/coding.ts';
import { identifier } from '#src/fhir/datatypes.ts';
import { get, isObject, type Json, objects, token } from '#src/fhir/read.ts';
import { parseReference, resourceId } from '#src/fhir/reference.ts';
import { type Likeness, likeness, type Trait } from './likeness.ts';

/** What the clinician must check, although the patient counts as found. */
export interface MatchDoubt {
  readonly trait: Trait;
  readonly why: 'differs' | 'not-compared';
}

export type PatientMatch =
  | { readonly found: true; readonly subject: string; readonly doubts: readonly MatchDoubt[] }
  | {
      readonly found: false;
      readonly why: 'not-found' | 'not-in-use' | 'replaced' | 'ambiguous' | 'contradiction';
      /** For `contradiction`: in what the two records differ. */
      readonly differs?: readonly Trait[];
    };

/** The numbers that a Patient has in this system today. `use: old` was taken away from them. */
export function currentNumbers(patient: unknown, system: string): readonly Identifier[] {
  const values = numbers(patient, system, false);
  return [...new Set(values)].map((value) => ({ system, value }));
}

const numbers = (patient: unknown, system: string, old: boolean): readonly string[] =>
  objects(get(patient, 'identifier'))
    .filter((one) => get(one, 'system') === system && (get(one, 'use') === 'old') === old)
    .flatMap((one) => identifier(one)?.value ?? []);

/**
 * Which of the store's Patients is this one. A number that one system gave and another copied can be
 * wrong or be given twice, and then everything on the screen is another person's: so the number alone
 * does not decide, and what is in doubt stops.
 */
export function matchPatient(
  ehrPatient: unknown,
  wanted: Identifier,
  answered: readonly unknown[],
  server: string,
): PatientMatch {
  const { system = '', value } = wanted;
  const records = eachOnce(answered);
  // A server that does not know the parameter answers with everybody.
  const bearers = records.filter((one) => numbers(one, system, false).includes(value));
  if (bearers.length === 0) {
    const former = records.some((one) => numbers(one, system, true).includes(value));
    return { found: false, why: former ? 'replaced' : 'not-found' };
  }
  // A deactivated record beside an active one is how a store retires a duplicate.
  const active = bearers.filter((one) => get(one, 'active') !== false);
  if (active.length === 0) return { found: false, why: 'not-in-use' };
  const survivors = new Set(active.map((one) => survivor(one, active, server)));
  const [only] = survivors;
  if (survivors.has(undefined)) return { found: false, why: 'replaced' };
  if (only === undefined || survivors.size > 1) return { found: false, why: 'ambiguous' };
  return samePerson(ehrPatient, only);
}

/** A record that moves while pages are read comes twice, and is one all the same. */
function eachOnce(answered: readonly unknown[]): readonly Json[] {
  const patients = answered
    .filter(isObject)
    .filter((one) => get(one, 'resourceType') === 'Patient');
  return [...new Map(patients.map((one) => [get(one, 'id'), one])).values()];
}

/**
 * Follows `link` of type `replaced-by` to the record that counts. It must itself bear the number: where
 * the store has given a record up for one without it, the two systems disagree about who this is.
 */
function survivor(start: Json, bearers: readonly Json[], server: string): Json | undefined {
  const seen = new Set<Json>();
  let at: Json | undefined = start;
  while (at !== undefined) {
    if (seen.has(at)) return undefined;
    seen.add(at);
    const next = replacedBy(at, server);
    if (next.length === 0) return at;
    at = next.length === 1 ? bearers.find((one) => get(one, 'id') === next[0]) : undefined;
  }
  return undefined;
}

/** Ids of what replaces this record; an id that cannot be read is one that is nowhere. */
function replacedBy(patient: Json, server: string): readonly string[] {
  const ids = objects(get(patient, 'link'))
    .filter((link) => token(get(link, 'type'), 40) === 'replaced-by')
    .map((link) => parseReference(get(get(link, 'other'), 'reference'), server)?.ref)
    .map((ref) => (ref?.server === server && ref.type === 'Patient' ? ref.id : ''));
  return [...new Set(ids)];
}

function samePerson(ehrPatient: unknown, record: Json): PatientMatch {
  const id = resourceId(get(record, 'id'));
  if (id === undefined) return { found: false, why: 'not-found' };
  const alike = likeness(ehrPatient, record);
  const differs = differing(alike);
  if (contradicts(alike, differs)) return { found: false, why: 'contradiction', differs };
  const doubts: MatchDoubt[] = differs.map((trait) => ({ trait, why: 'differs' }));
  if (alike['birth-date'] === 'not-compared')
    doubts.push({ trait: 'birth-date', why: 'not-compared' });
  return { found: true, subject: `Patient/${id}`, doubts };
}

const differing = (alike: Likeness): readonly Trait[] =>
  (['birth-date', 'gender', 'family-name'] as const).filter((trait) => alike[trait] === 'differs');

/**
 * A birth date does not change. A family name or an administrative gender does, and reaches the store
 * later than the EHR: one of them is shown as a doubt where number and birth date agree, and stops
 * where nothing but the number speaks for the match. Two of them stop.
 */
const contradicts = (alike: Likeness, differs: readonly Trait[]): boolean =>
  alike['birth-date'] === 'differs' ||
  differs.length > 1 ||
  (differs.length === 1 && alike['birth-date'] !== 'same');
