import { sameCode } from '#src/domain/coding.ts';
import { makeRow } from '#src/domain/tables/column.ts';
import type { Sourced } from '#src/domain/tables/derive/sourced.ts';
import { OUTCOMES, type OutcomeRow } from '#src/domain/tables/outcomes.ts';
import { hasAiLabel } from '../ai-origin.ts';
import { codings, period, quantity } from '../datatypes.ts';
import { get, isObject, type Json, token } from '../read.ts';
import { exactTime } from './exact-time.ts';
import type { OutcomeRule, OutcomeType } from './outcome-rule.ts';
import { refCell, sourceOf } from './sourced.fhir.ts';
import type { PreparedContext } from './table-context.ts';

/** Where each type says what it is about, and when that happened; the first usable time wins. */
const WHERE: Readonly<Record<OutcomeType, { code: string; times: readonly string[] }>> = {
  Condition: { code: 'code', times: ['onsetDateTime', 'onsetPeriod', 'recordedDate'] },
  Observation: {
    code: 'code',
    times: ['effectiveDateTime', 'effectiveInstant', 'effectivePeriod'],
  },
  Procedure: { code: 'code', times: ['performedDateTime', 'performedPeriod'] },
  MedicationAdministration: {
    code: 'medicationCodeableConcept',
    times: ['effectiveDateTime', 'effectivePeriod'],
  },
  MedicationRequest: { code: 'medicationCodeableConcept', times: ['authoredOn'] },
  ServiceRequest: { code: 'code', times: ['authoredOn'] },
};

/** What never happened, was taken back, or is only thought of. */
const NOT_DONE: readonly unknown[] = [
  'cancelled',
  'draft',
  'entered-in-error',
  'not-done',
  'preparation',
  'registered',
  'revoked',
];
const NOT_TRUE: readonly unknown[] = ['refuted', 'entered-in-error', 'differential'];
/** An idea of somebody, or of an AI, and no order. */
const ONLY_ADVISED: readonly unknown[] = ['proposal', 'plan'];

const happened = (resource: Json): boolean =>
  !NOT_DONE.includes(get(resource, 'status')) &&
  !codings(get(resource, 'verificationStatus')).some(({ code }) => NOT_TRUE.includes(code)) &&
  !ONLY_ADVISED.includes(get(resource, 'intent'));

function timeOf(resource: Json, type: OutcomeType) {
  for (const name of WHERE[type].times) {
    const value = get(resource, name);
    const found = exactTime(isObject(value) ? period(value).start : value);
    if (found.at !== null) return found;
  }
  return exactTime(undefined);
}

function inLimits(resource: Json, { atLeast, atMost, unit }: OutcomeRule): boolean {
  if (atLeast === undefined && atMost === undefined) return true;
  const found = quantity(get(resource, 'valueQuantity'));
  // “< 4” does not say that it is below 3, and 4 of another unit says nothing.
  if (found === undefined || found.comparator !== undefined) return false;
  if (unit !== undefined && found.code !== unit) return false;
  return found.value >= (atLeast ?? -Infinity) && found.value <= (atMost ?? Infinity);
}

const matches = (resource: Json, rule: OutcomeRule): boolean =>
  get(resource, 'resourceType') === rule.type &&
  codings(get(resource, WHERE[rule.type].code)).some((one) =>
    rule.codes.some((wanted) => sameCode(one, wanted)),
  ) &&
  inLimits(resource, rule);

/**
 * What the site's rules find in one resource: one row for each rule that it meets. What an AI asserted
 * is no outcome: a model would prove itself right.
 */
export function toOutcomeRows(
  resource: unknown,
  context: PreparedContext,
): readonly Sourced<OutcomeRow>[] {
  const source = sourceOf(resource, context);
  const { outcomes = [] } = context;
  if (source === undefined || !isObject(resource) || hasAiLabel(resource)) return [];
  return outcomes
    .filter((rule) => matches(resource, rule))
    .map((rule) => {
      const { at, offset } = timeOf(resource, rule.type);
      const known = exactTime(
        token(get(resource, 'recordedDate')) ?? token(get(resource, 'issued')),
      );
      const row = makeRow(OUTCOMES, {
        outcome_id: source.place,
        rule: rule.id,
        kind: rule.kind,
        patient_id: refCell(get(resource, 'subject'), context),
        encounter_id:
          refCell(get(resource, 'encounter'), context) ??
          refCell(get(resource, 'context'), context),
        outcome_code: rule.outcome,
        label: true,
        critical: rule.critical,
        happened_at: at,
        happened_offset_min: offset,
        label_at: known.at ?? source.updatedAt,
        label_source: 'fhir-rule',
        censored: false,
        recorded_at: source.updatedAt,
        status: happened(resource) ? 'final' : 'entered-in-error',
      });
      return { ...source, row };
    });
}
