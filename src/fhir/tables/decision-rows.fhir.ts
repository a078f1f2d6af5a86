import type { Answer, StoredAnswer } from '#src/domain/feedback.ts';
import type { Problem } from '#src/domain/problem.ts';
import { makeRow } from '#src/domain/tables/column.ts';
import { DECISIONS, type DecisionRow } from '#src/domain/tables/decisions.ts';
import type { SourcedDecision, UnreadDecision } from '#src/domain/tables/derive/sourced.ts';
import { reasonCells } from '#src/domain/tables/reason-columns.ts';
import { fromObservation } from '../feedback/read-observation.ts';
import { readReplaces } from '../feedback/read-response.ts';
import { readIdentifier } from '../feedback/read-stored.ts';
import { referenceOn } from '../feedback/reference.fhir.ts';
import { get, isObject } from '../read.ts';
import { plainReference } from '../reference.ts';
import { exactTime } from './exact-time.ts';
import { modelKey } from './model-key.fhir.ts';
import { sourceOf } from './sourced.fhir.ts';
import type { PreparedContext } from './table-context.ts';

export interface ReadDecision {
  readonly decisions: readonly SourcedDecision[];
  readonly unread: readonly UnreadDecision[];
  readonly problems: readonly Problem[];
}

/** A measurement that makes no sense is left out; it never costs an answer. */
const between = (value: number | undefined, low: number, high: number): number | null =>
  value !== undefined && value >= low && value <= high ? value : null;

const whole = (value: number | null): number | null => (value === null ? null : Math.round(value));

function answerCells(answer: Answer) {
  const { actionTaken, comment, usefulness, deferredUntil } = answer;
  const words = [comment, actionTaken?.text].filter((one) => one !== undefined).join('\n\n');
  return {
    response: answer.response,
    ...reasonCells(answer.reasons),
    action_system: actionTaken?.coding?.system || null,
    action_code: actionTaken?.coding?.code || null,
    action_reference: actionTaken?.reference,
    deferred_until: exactTime(deferredUntil).at,
    usefulness: Number.isInteger(usefulness) ? between(usefulness, 1, 5) : null,
    comment_present: words !== '',
    comment: words || null,
  };
}

function measuredCells({ context, model }: Answer) {
  const { shownRiskBand, appVersion } = context;
  return {
    ...modelKey(model?.identifier, model?.version),
    model_state: model?.state,
    risk_band: shownRiskBand?.code || shownRiskBand?.display || null,
    arm: context.arm,
    shown_probability: between(context.shownProbability, 0, 1),
    displayed_at: exactTime(context.displayedAt).at,
    dwell_ms: whole(between(context.timeToResponseMs, 0, Number.MAX_SAFE_INTEGER)),
    evidence_opened: context.evidenceOpened,
    app_version: appVersion === 'unknown' ? null : appVersion,
  };
}

function toRow(
  { answer, status }: StoredAnswer,
  recordedAt: number | null,
  context: PreparedContext,
): DecisionRow {
  const { recommendation, performer } = answer;
  const decided = exactTime(answer.answeredAt);
  return makeRow(DECISIONS, {
    decision_id: answer.id,
    replaces_id: answer.replaces?.id,
    recommendation_id: plainReference(recommendation.ref, context.issuer),
    recommendation_version: recommendation.version ?? 'unknown',
    recommendation_identifier: recommendation.identifier?.value,
    patient_id: answer.patient,
    encounter_id: answer.encounter,
    clinician_id: performer.reference,
    clinician_role: performer.function?.code || performer.function?.display || null,
    unit: answer.location,
    ...answerCells(answer),
    ...measuredCells(answer),
    decided_at: decided.at,
    decided_offset_min: decided.offset,
    recorded_at: recordedAt,
    // Two clocks are compared where both are known, in `derive-tables.ts`.
    time_quality: decided.at === null ? 'imprecise' : 'ok',
    status,
    sink: context.sink,
  });
}

function unreadOf(resource: unknown, context: PreparedContext): readonly UnreadDecision[] {
  const source = sourceOf(resource, context);
  if (source === undefined || !isObject(resource)) return [];
  const replaces = readReplaces(resource, context.server);
  if (replaces === undefined || get(resource, 'status') === 'entered-in-error') return [];
  return [
    {
      place: source.place,
      identifier: readIdentifier(resource) ?? null,
      replacesId: replaces.id,
      replacesPlace: placeOf(replaces.reference, context),
      decidedAt: exactTime(get(resource, 'effectiveDateTime')).at,
      recordedAt: source.updatedAt,
    },
  ];
}

const placeOf = (reference: string | undefined, { server, issuer }: PreparedContext) =>
  reference === undefined ? null : referenceOn(issuer, server, reference);

/**
 * A full-fidelity response as a decision. What cannot be read as one gives a problem and, where it
 * says which answer it replaces, that: the earlier one must not go on counting.
 */
export function toDecisionRows(resource: unknown, context: PreparedContext): ReadDecision {
  const { server, issuer } = context;
  const read = fromObservation(resource, server, { issuer });
  const source = sourceOf(resource, context);
  if (!read.ok || source === undefined) {
    const problems = read.ok ? [] : [read.problem];
    return { decisions: [], unread: unreadOf(resource, context), problems };
  }
  const { replaces } = read.value.answer;
  const one: SourcedDecision = {
    ...source,
    row: toRow(read.value, source.updatedAt, context),
    replacesPlace: placeOf(replaces?.reference, context),
    replacesSome: false,
  };
  return { decisions: [one], unread: [], problems: read.problems };
}
