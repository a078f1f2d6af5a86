import type { TableRow } from '#src/domain/tables/schema.ts';
import { mondayOf } from '../calendar.ts';
import type { ModelInWeek } from '../model-in-week.ts';
import { OFFSET_MIN, type Stay } from './carried.ts';

/** One run of a model about one encounter. */
export interface Inference {
  readonly id: string;
  readonly score: number;
  readonly at: number;
  readonly recordedAt: number;
  /** Place among the recommendations of this model for this patient. */
  readonly repeat: number;
}

const HIGH_LOG_ODDS = 1;

/** `high` where the odds are e times those of the threshold. */
export function bandOf(score: number, threshold: number): 'low' | 'moderate' | 'high' {
  if (score < threshold) return 'low';
  const beyond = Math.log(score / (1 - score)) - Math.log(threshold / (1 - threshold));
  return beyond >= HIGH_LOG_ODDS ? 'high' : 'moderate';
}

/** Every inference, fired or not. */
export function scoreRow(
  { id, score, at, recordedAt }: Inference,
  { encounter_id, patient_id, patient, unit }: Stay,
  { model_id, model_version, threshold, facts }: ModelInWeek,
): TableRow<'scores'> {
  return {
    score_id: id,
    score_version: '1',
    prediction: 0,
    patient_id,
    encounter_id,
    model_id,
    model_version,
    site: unit.site,
    unit: unit.id,
    age_band: patient.age_band,
    sex: patient.sex,
    race_ethnicity: patient.race_ethnicity,
    language: patient.language,
    payer: patient.payer,
    score,
    score_scale: 'probability',
    ci_low: null,
    ci_high: null,
    threshold,
    horizon_h: facts.horizonHours,
    outcome_code: facts.outcome,
    risk_band: bandOf(score, threshold),
    fired: score >= threshold,
    scored_at: at,
    scored_offset_min: OFFSET_MIN,
    scored_week: mondayOf(at),
    recorded_at: recordedAt,
    status: 'final',
  };
}

/** What the producer says of the order in which to look, by its own band. */
const PRIORITY = { low: 3, moderate: 2, high: 0 } as const;

export function recommendationRow(
  { id, score, at, recordedAt, repeat }: Inference,
  { encounter_id, patient_id, patient, unit }: Stay,
  { model_id, model_version, threshold, facts }: ModelInWeek,
): TableRow<'recommendations'> {
  const risk_band = bandOf(score, threshold);
  return {
    recommendation_id: id,
    recommendation_version: '1',
    recommendation_identifier: id.slice('RiskAssessment/'.length),
    carrier: 'RiskAssessment',
    kind: facts.kind,
    title: facts.title,
    patient_id,
    encounter_id,
    model_id,
    model_version,
    model_state: 'active',
    site: unit.site,
    unit: unit.id,
    age_band: patient.age_band,
    sex: patient.sex,
    race_ethnicity: patient.race_ethnicity,
    language: patient.language,
    payer: patient.payer,
    score,
    score_scale: 'probability',
    ci_low: null,
    ci_high: null,
    threshold,
    horizon_h: facts.horizonHours,
    outcome_code: facts.outcome,
    risk_band,
    confidence: null,
    priority: PRIORITY[risk_band],
    arm: null,
    fired_at: at,
    fired_offset_min: OFFSET_MIN,
    fired_week: mondayOf(at),
    recorded_at: recordedAt,
    status: 'current',
    superseded_by: null,
    repeat_for_patient: repeat,
  };
}
