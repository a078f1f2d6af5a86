import { SEXES } from '#src/domain/tables/column-groups.ts';
import type { PatientFacts, Sourced } from '#src/domain/tables/derive/sourced.ts';
import { codings, extensions } from '../datatypes.ts';
import { dateTime } from '../date-time.ts';
import { get, type Json, objects } from '../read.ts';
import { sourceOf } from './sourced.fhir.ts';
import type { PreparedContext } from './table-context.ts';

const US_CORE = 'http://hl7.org/fhir/us/core/StructureDefinition';

/** OMB category of the US Core extensions: race, else ethnicity; several races are joined. */
function raceEthnicity(patient: unknown): string | null {
  for (const name of ['us-core-race', 'us-core-ethnicity']) {
    const codes = extensions(patient, `${US_CORE}/${name}`)
      .flatMap((one) => extensions(one, 'ombCategory'))
      .flatMap((one) => codings({ coding: [get(one, 'valueCoding')] }))
      .map(({ code }) => code);
    if (codes.length > 0) return [...new Set(codes)].toSorted().join('+');
  }
  return null;
}

const spoken = (one: Json | undefined): string | null =>
  codings(get(one, 'language'))[0]?.code ?? null;

function language(patient: unknown): string | null {
  const all = objects(get(patient, 'communication'));
  const preferred = all.find((one) => get(one, 'preferred') === true);
  return spoken(preferred ?? (all.length === 1 ? all[0] : undefined));
}

/** What a Patient says about the groups that fairness is measured by; no name, no number. */
export function toPatientFacts(
  resource: unknown,
  context: PreparedContext,
): readonly Sourced<PatientFacts>[] {
  const source = sourceOf(resource, context);
  if (source === undefined) return [];
  const gender = get(resource, 'gender');
  const row: PatientFacts = {
    patient_id: source.place,
    birth_date: dateTime(get(resource, 'birthDate')) ?? null,
    sex: SEXES.find((one) => one === gender) ?? null,
    race_ethnicity: raceEthnicity(resource),
    language: language(resource),
  };
  return [{ ...source, row }];
}
