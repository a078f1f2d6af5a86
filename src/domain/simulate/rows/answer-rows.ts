import type { TableRow } from '#src/domain/tables/schema.ts';
import { hourOf, mondayOf } from '../calendar.ts';
import type { Clinician } from '../staff.ts';
import { OFFSET_MIN } from './carried.ts';

type Recommendation = TableRow<'recommendations'>;

export interface Shown {
  readonly id: string;
  readonly at: number;
  readonly recordedAt: number;
  readonly seen: number;
  readonly inEncounter: number;
}

export function exposureRow(
  about: Recommendation,
  clinician: Clinician,
  shown: Shown,
  app_version: string,
): TableRow<'exposures'> {
  return {
    exposure_id: shown.id,
    recommendation_id: about.recommendation_id,
    recommendation_version: about.recommendation_version,
    patient_id: about.patient_id,
    encounter_id: about.encounter_id,
    clinician_id: clinician.id,
    clinician_role: clinician.role,
    specialty: null,
    model_id: about.model_id,
    model_version: about.model_version,
    model_state: about.model_state,
    site: about.site,
    unit: about.unit,
    age_band: about.age_band,
    sex: about.sex,
    race_ethnicity: about.race_ethnicity,
    language: about.language,
    payer: about.payer,
    risk_band: about.risk_band,
    arm: null,
    displayed_at: shown.at,
    displayed_offset_min: OFFSET_MIN,
    displayed_week: mondayOf(shown.at),
    displayed_hour: hourOf(shown.at),
    recorded_at: shown.recordedAt,
    app_version,
    time_quality: 'ok',
    status: 'final',
    implied: false,
    exposures_to_date: shown.seen,
    alerts_this_encounter: shown.inEncounter,
  };
}

type Decision = TableRow<'decisions'>;

/** What an answer says, and when. */
export type Said = Pick<
  Decision,
  | 'decision_id'
  | 'replaces_id'
  | 'response'
  | 'reason_system'
  | 'reason_code'
  | 'reason_display'
  | 'reason_category'
  | 'reason_owner'
  | 'all_reasons'
  | 'action_system'
  | 'action_code'
  | 'deferred_until'
  | 'usefulness'
  | 'dwell_ms'
  | 'evidence_opened'
  | 'status'
  | 'is_head'
  | 'attested_done'
  | 'late_adherence_24h'
> & { readonly decided_at: number; readonly recorded_at: number };

/** @param shown the exposure that was answered. */
export function decisionRow(
  about: Recommendation,
  clinician: Clinician,
  shown: Shown,
  said: Said,
  app_version: string,
): Decision {
  return {
    decision_id: said.decision_id,
    replaces_id: said.replaces_id,
    recommendation_id: about.recommendation_id,
    recommendation_version: about.recommendation_version,
    recommendation_identifier: about.recommendation_identifier,
    exposure_id: shown.id,
    patient_id: about.patient_id,
    encounter_id: about.encounter_id,
    clinician_id: clinician.id,
    clinician_role: clinician.role,
    specialty: null,
    model_id: about.model_id,
    model_version: about.model_version,
    model_state: about.model_state,
    site: about.site,
    unit: about.unit,
    age_band: about.age_band,
    sex: about.sex,
    race_ethnicity: about.race_ethnicity,
    language: about.language,
    payer: about.payer,
    risk_band: about.risk_band,
    arm: null,
    response: said.response,
    reason_system: said.reason_system,
    reason_code: said.reason_code,
    reason_display: said.reason_display,
    reason_category: said.reason_category,
    reason_owner: said.reason_owner,
    all_reasons: said.all_reasons,
    action_system: said.action_system,
    action_code: said.action_code,
    action_reference: null,
    deferred_until: said.deferred_until,
    usefulness: said.usefulness,
    comment_present: false,
    comment: null,
    decided_at: said.decided_at,
    decided_offset_min: OFFSET_MIN,
    decided_week: mondayOf(said.decided_at),
    decided_hour: hourOf(said.decided_at),
    shown_probability: about.score,
    displayed_at: shown.at,
    dwell_ms: said.dwell_ms,
    evidence_opened: said.evidence_opened,
    app_version,
    recorded_at: said.recorded_at,
    time_quality: 'ok',
    status: said.status,
    is_head: said.is_head,
    sink: 'hospital-store',
    attested_done: said.attested_done,
    late_adherence_24h: said.late_adherence_24h,
  };
}
