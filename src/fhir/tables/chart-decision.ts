import { makeRow } from '#src/domain/tables/column.ts';
import { DECISIONS } from '#src/domain/tables/decisions.ts';
import type { Sourced, SourcedDecision } from '#src/domain/tables/derive/sourced.ts';
import { reasonCells } from '#src/domain/tables/reason-columns.ts';
import { uuidV5 } from '#src/domain/uuid-v5.ts';
import {
  type ReadDecisionWords,
  type ReadRecommendationWords,
  readReasonWords,
} from './chart-words.ts';
import type { ExactTime } from './exact-time.ts';
import { modelKey } from './model-key.fhir.ts';

/** Namespace of answers that a chart kept without their identifier. */
const CHART_NAMESPACE = 'c1a4b1de-61b6-4f43-8c7b-7a3e0d8f2b15';

export interface ChartAnswer {
  readonly source: Omit<Sourced<never>, 'row'>;
  readonly sink: 'epic-flowsheet' | 'document-note';
  readonly patient: string | null;
  readonly encounter: string | null;
  readonly clinician: string;
  readonly decided: ExactTime;
  readonly decision: ReadDecisionWords;
  readonly about: ReadRecommendationWords;
  /** From a row of its own. */
  readonly reason?: string | undefined;
  readonly comment?: string | undefined;
  readonly status: 'final' | 'entered-in-error';
}

/**
 * What a chart keeps of an answer. Its identifier is made of what it says, so that a row that was filed
 * twice is one answer; which recommendation it was, `chart-remnants.ts` finds by identifier.
 */
export function toChartDecision(read: ChartAnswer): SourcedDecision {
  const { about, decision, decided, source } = read;
  const version = about.version ?? 'unknown';
  const said = [read.patient, read.clinician, decided.at, about.recommendation, version];
  const name = JSON.stringify([...said, decision.response, read.sink]);
  const reasons = read.reason === undefined ? decision.reasons : readReasonWords(read.reason);
  const row = makeRow(DECISIONS, {
    decision_id: `urn:uuid:${uuidV5(CHART_NAMESPACE, name)}`,
    recommendation_id: about.recommendation,
    recommendation_version: version,
    recommendation_identifier: about.recommendation,
    patient_id: read.patient,
    encounter_id: read.encounter,
    clinician_id: read.clinician,
    ...modelKey(about.model, about.modelVersion),
    response: decision.response,
    ...reasonCells(reasons),
    comment_present: read.comment !== undefined,
    comment: read.comment,
    decided_at: decided.at,
    decided_offset_min: decided.offset,
    recorded_at: source.updatedAt,
    time_quality: decided.at === null ? 'imprecise' : 'ok',
    status: read.status,
    sink: read.sink,
  });
  return { ...source, row, replacesPlace: null, replacesSome: decision.replacesSome };
}
