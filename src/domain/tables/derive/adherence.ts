import type { DecisionRow } from '../decisions.ts';
import type { OutcomeRow } from '../outcomes.ts';
import { DAY_MS, type ModelSettings } from './settings.ts';

export type Adherence = Pick<DecisionRow, 'attested_done' | 'late_adherence_24h'>;

const sameCare = (action: OutcomeRow, row: DecisionRow): boolean =>
  action.recommendation_id === row.recommendation_id ||
  (action.encounter_id !== null && row.encounter_id !== null
    ? action.encounter_id === row.encounter_id
    : action.patient_id !== null && action.patient_id === row.patient_id);

const follows = (action: OutcomeRow, row: DecisionRow): boolean =>
  action.happened_at !== null &&
  row.decided_at !== null &&
  action.happened_at >= row.decided_at &&
  action.happened_at <= row.decided_at + DAY_MS;

/** Real actions in the chart, by encounter and by patient, so that a row looks at few of them. */
export function actionFinder(
  outcomes: readonly OutcomeRow[],
): (row: DecisionRow) => readonly OutcomeRow[] {
  const done = outcomes.filter(
    ({ kind, label, status }) => kind === 'action' && label === true && status === 'final',
  );
  const byPatient = Map.groupBy(done, ({ patient_id }) => patient_id);
  return (row) =>
    (byPatient.get(row.patient_id) ?? []).filter(
      (action) => sameCare(action, row) && follows(action, row),
    );
}

/**
 * Whether what was promised, and what was advised, was really done within 24 h. Null where nothing
 * was attested; where the answer was no override; and where no rule says what the model advises.
 */
export function adherence(
  row: DecisionRow,
  actions: readonly OutcomeRow[],
  model: ModelSettings | undefined,
): Adherence {
  const isOverride = row.response === 'overridden' && row.status === 'final';
  return {
    attested_done:
      row.action_code === null && row.action_reference === null
        ? null
        : actions.some(
            (one) =>
              one.outcome_code === row.action_code || one.outcome_id === row.action_reference,
          ),
    late_adherence_24h:
      isOverride && model?.actions !== undefined
        ? actions.some(({ rule }) => model.actions?.includes(rule))
        : null,
  };
}
