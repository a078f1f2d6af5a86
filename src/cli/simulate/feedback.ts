import type { Observation } from 'fhir/r4';
import type { Coding } from '#src/domain/coding.ts';
import type { Answer, AnsweredRecommendation, Exposure } from '#src/domain/feedback.ts';
import { reasonCoding } from '#src/domain/simulate/reason-mix.ts';
import type { TableRow } from '#src/domain/tables/schema.ts';
import { SYSTEM } from '#src/fhir/codes.ts';
import { toDisplayedObservation } from '#src/fhir/feedback/displayed.fhir.ts';
import { toObservation } from '#src/fhir/feedback/response.fhir.ts';
import { HOSPITAL_BASE, idOf, isoTime, simulatedMeta } from './mark.ts';

type Decision = TableRow<'decisions'>;
type Shown = TableRow<'exposures'>;

/** References are relative: the server is named nowhere in the files. */
const SERVER = 'https://simulated.example.org/fhir';
const ROLE_SYSTEM = `${HOSPITAL_BASE}/roles`;

const about = (row: Decision | Shown): AnsweredRecommendation => ({
  ref: { server: SERVER, type: 'RiskAssessment', id: idOf(row.recommendation_id) },
  identifier: { system: `${HOSPITAL_BASE}/inferences`, value: idOf(row.recommendation_id) },
  version: row.recommendation_version,
});

const performer = (row: Decision | Shown): Answer['performer'] => ({
  reference: row.clinician_id,
  ...(row.clinician_role && { function: { system: ROLE_SYSTEM, code: row.clinician_role } }),
});

const model = (row: Decision | Shown): NonNullable<Answer['model']> => ({
  ...(row.model_id && { identifier: row.model_id }),
  ...(row.model_version && { version: row.model_version }),
  ...(row.model_state && { state: row.model_state }),
});

/** An identifier is `urn:uuid:` and 36 letters; the resource has the letters for its id. */
const plainUuid = (urn: string): string => urn.slice('urn:uuid:'.length);

const stored = (row: Decision | Shown, id: string, made: Observation): Observation => ({
  ...made,
  id: plainUuid(id),
  meta: simulatedMeta(row.recorded_at, made.meta),
  status: row.status,
});

/** What was in view, by the app's own writer. */
export function toShown(row: Shown): Observation {
  const exposure: Exposure = {
    id: row.exposure_id,
    issuer: SERVER,
    patient: row.patient_id ?? '',
    ...(row.encounter_id && { encounter: row.encounter_id }),
    recommendation: about(row),
    performer: performer(row),
    displayedAt: isoTime(row.displayed_at ?? 0),
    model: model(row),
    appVersion: row.app_version ?? 'unknown',
  };
  return stored(row, row.exposure_id, toDisplayedObservation(exposure));
}

const band = (code: string): Coding => ({ system: SYSTEM.riskProbability, code });

function contextOf(row: Decision): Answer['context'] {
  return {
    ...(row.shown_probability !== null && { shownProbability: row.shown_probability }),
    ...(row.risk_band && { shownRiskBand: band(row.risk_band) }),
    ...(row.displayed_at !== null && { displayedAt: isoTime(row.displayed_at) }),
    ...(row.dwell_ms !== null && { timeToResponseMs: row.dwell_ms }),
    ...(row.evidence_opened !== null && { evidenceOpened: row.evidence_opened }),
    appVersion: row.app_version ?? 'unknown',
  };
}

function saidIn(row: Decision): Pick<Answer, 'response' | 'reasons'> & Partial<Answer> {
  if (row.response === 'unknown') throw new RangeError('A simulated answer can always be read.');
  const { replaces_id, action_code, action_system } = row;
  return {
    response: row.response,
    reasons: (row.all_reasons ?? '').split(' ').filter(Boolean).map(reasonCoding),
    ...(replaces_id && {
      replaces: { id: replaces_id, reference: `Observation/${plainUuid(replaces_id)}` },
    }),
    ...(action_code && {
      actionTaken: { coding: { system: action_system ?? '', code: action_code } },
    }),
    ...(row.deferred_until !== null && { deferredUntil: isoTime(row.deferred_until) }),
    ...(row.usefulness !== null && { usefulness: row.usefulness }),
  };
}

/** An answer, by the app's own writer. */
export function toResponse(row: Decision): Observation {
  const answer: Answer = {
    ...saidIn(row),
    id: row.decision_id,
    issuer: SERVER,
    patient: row.patient_id ?? '',
    ...(row.encounter_id && { encounter: row.encounter_id }),
    ...(row.unit && { location: row.unit }),
    recommendation: about(row),
    performer: performer(row),
    answeredAt: isoTime(row.decided_at ?? 0),
    model: model(row),
    context: contextOf(row),
  };
  const options = { hideFromPatient: false, hospitalStore: true };
  return stored(row, row.decision_id, toObservation(answer, options));
}
