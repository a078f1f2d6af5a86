import { makeRow } from '../column.ts';
import type { EncounterRow } from '../encounters.ts';
import { OUTCOMES, type OutcomeRow } from '../outcomes.ts';
import type { NegativeLabel } from './settings.ts';

/**
 * An encounter that ended, and in which the rule found nothing, did not have the outcome. One that
 * still lasts has no row: nobody knows yet. A retracted finding is none.
 */
export function negativeLabels(
  stays: readonly EncounterRow[],
  outcomes: readonly OutcomeRow[],
  rules: readonly NegativeLabel[],
): readonly OutcomeRow[] {
  const found = new Set(
    outcomes
      .filter(({ status }) => status === 'final')
      .map(({ rule, encounter_id }) => JSON.stringify([rule, encounter_id])),
  );
  const ended = new Map(
    stays
      .filter(({ encounter_end, status }) => encounter_end !== null && status === 'final')
      .map((stay) => [stay.encounter_id, stay]),
  );
  return rules.flatMap(({ rule, outcome_code }) =>
    [...ended.values()]
      .filter((stay) => !found.has(JSON.stringify([rule, stay.encounter_id])))
      .map((stay) =>
        makeRow(OUTCOMES, {
          outcome_id: stay.encounter_id,
          rule,
          kind: 'label',
          outcome_code,
          patient_id: stay.patient_id,
          encounter_id: stay.encounter_id,
          label: false,
          label_at: stay.encounter_end,
          label_source: 'fhir-rule',
          censored: false,
          status: 'final',
        }),
      ),
  );
}
