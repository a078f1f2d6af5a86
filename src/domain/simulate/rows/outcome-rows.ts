import type { TableRow } from '#src/domain/tables/schema.ts';
import type { Truth } from '../accuracy.ts';
import { HOUR_MS, WEEK_MS } from '../calendar.ts';
import type { ModelFacts } from '../model-facts.ts';
import { chance, type Range, within } from '../random/draws.ts';
import type { Stream } from '../random/stream.ts';
import { OFFSET_MIN, type Stay } from './carried.ts';

/** Labels are made by people who read charts, weeks later. */
export const LABEL_DELAY_WEEKS: Range = [2, 8];
/** Left before the horizon was over: nobody can know. */
const CENSORED = 0.01;

/** Rule of the label: what must not be missed has one of its own. */
export const labelRule = ({ outcome }: ModelFacts, truth: Truth): string =>
  truth === 'critical' ? `${outcome}-critical` : outcome;

export interface Labelled {
  readonly row: TableRow<'outcomes'>;
  readonly truth: Truth;
}

/** @param scoredAt the first inference, from which the horizon runs. */
export function labelRow(
  stream: Stream,
  { encounter_id, patient_id }: Stay,
  facts: ModelFacts,
  truth: Truth,
  scoredAt: number,
): TableRow<'outcomes'> {
  const horizon = facts.horizonHours * HOUR_MS;
  const happened = Math.ceil(scoredAt + horizon * within(stream, [0.05, 0.95]));
  // A label is not made before its horizon is over.
  const earliest = Math.max(LABEL_DELAY_WEEKS[0] * WEEK_MS, horizon);
  const delay = within(stream, [earliest, LABEL_DELAY_WEEKS[1] * WEEK_MS]);
  const censored = chance(stream, CENSORED) && truth === 'none';
  const known = Math.floor(scoredAt + delay);
  return {
    outcome_id: `Condition/${encounter_id.slice('Encounter/'.length)}-${facts.outcome}`,
    rule: labelRule(facts, truth),
    kind: 'label',
    patient_id,
    encounter_id,
    recommendation_id: null,
    outcome_code: facts.outcome,
    label: censored ? null : truth !== 'none',
    critical: truth === 'none' ? null : truth === 'critical',
    happened_at: truth === 'none' ? null : happened,
    happened_offset_min: truth === 'none' ? null : OFFSET_MIN,
    label_at: known,
    label_source: 'fhir-rule',
    censored,
    recorded_at: known,
    status: 'final',
  };
}

const RECORDED_AFTER_MS = 60_000;

/** What the model advises was really done. */
export const actionRow = (
  { encounter_id, patient_id }: Stay,
  facts: ModelFacts,
  at: number,
): TableRow<'outcomes'> => ({
  outcome_id: `Procedure/${encounter_id.slice('Encounter/'.length)}-${facts.action}`,
  rule: facts.action,
  kind: 'action',
  patient_id,
  encounter_id,
  recommendation_id: null,
  outcome_code: facts.action,
  label: true,
  critical: null,
  happened_at: at,
  happened_offset_min: OFFSET_MIN,
  label_at: at + RECORDED_AFTER_MS,
  label_source: 'fhir-rule',
  censored: false,
  recorded_at: at + RECORDED_AFTER_MS,
  status: 'final',
});
