import { kindOf } from '#src/domain/kind.ts';
import type { Problem } from '#src/domain/problem.ts';
import type { Prediction } from '#src/domain/recommendation.ts';
import { makeRow } from '#src/domain/tables/column.ts';
import type { Sourced, SourcedRecommendation } from '#src/domain/tables/derive/sourced.ts';
import { RECOMMENDATIONS, type RecommendationRow } from '#src/domain/tables/recommendations.ts';
import { SCORES, type ScoreRow } from '#src/domain/tables/scores.ts';
import type { Candidate } from '../carriers.ts';
import { referenceOn } from '../feedback/reference.fhir.ts';
import { get, objects } from '../read.ts';
import { readCandidate } from '../recommendation.fhir.ts';
import { buildPool, plainReference } from '../reference.ts';
import { exactTime } from './exact-time.ts';
import { horizonHours } from './horizon.ts';
import { modelKey, modelOfDevice } from './model-key.fhir.ts';
import { sourceOf } from './sourced.fhir.ts';
import type { PreparedContext } from './table-context.ts';

export interface ReadRecommendation {
  readonly recommendations: readonly SourcedRecommendation[];
  readonly scores: readonly Sourced<ScoreRow>[];
  readonly problems: readonly Problem[];
}

const NOTHING: ReadRecommendation = { recommendations: [], scores: [], problems: [] };

/** A number whose scale nobody knows is kept as sent, and is compared with nothing. */
function outputCells({ probability, score, outcomeCoding, band }: Prediction) {
  const scale = probability?.scale === 'unknown' ? 'unknown' : 'probability';
  return {
    score: probability ? (probability.fraction ?? unscaled(probability)) : score?.value,
    score_scale: probability ? scale : score && ('points' as const),
    ci_low: probability?.low,
    ci_high: probability?.high,
    outcome_code: outcomeCoding?.code,
    risk_band: band?.code || band?.display || null,
  } as const;
}

const unscaled = ({ scale, sent }: NonNullable<Prediction['probability']>): number | null =>
  scale === 'unknown' ? sent : null;

const hasNumber = ({ probability, score }: Prediction): boolean =>
  probability !== undefined || score !== undefined;

/** What both tables say of one inference. */
function sharedCells(candidate: Candidate, context: PreparedContext) {
  const { recommendation } = candidate;
  const { server, issuer } = context;
  const here = (reference: string | undefined) =>
    reference === undefined ? null : referenceOn(issuer, server, reference);
  const { modelReference, modelName } = recommendation;
  return {
    patient_id: here(recommendation.subject),
    encounter_id: here(recommendation.encounter),
    ...(modelReference === undefined
      ? modelKey(modelName, undefined)
      : modelOfDevice(modelReference, context)),
    produced: exactTime(recommendation.producedAt),
  };
}

function toRow(
  candidate: Candidate,
  raw: readonly unknown[],
  recordedAt: number | null,
  context: PreparedContext,
): RecommendationRow {
  const { recommendation: one } = candidate;
  const { produced, ...shared } = sharedCells(candidate, context);
  const index = Math.max(0, one.predictions.findIndex(hasNumber));
  const prediction = one.predictions[index];
  return makeRow(RECOMMENDATIONS, {
    ...shared,
    ...(prediction && outputCells(prediction)),
    recommendation_id: plainReference(one.ref, context.issuer),
    recommendation_version: one.version ?? 'unknown',
    recommendation_identifier: one.identifier?.value,
    carrier: one.carrier,
    kind: context.kinds && kindOf(one, context.kinds).id,
    title: one.title,
    horizon_h: horizonHours(raw[index], produced.at),
    confidence: one.confidence?.fraction,
    priority: one.priority?.rank,
    fired_at: produced.at,
    fired_offset_min: produced.offset,
    recorded_at: recordedAt,
    status: one.status,
  });
}

function toScores(
  candidate: Candidate,
  raw: readonly unknown[],
  recordedAt: number | null,
  context: PreparedContext,
): readonly ScoreRow[] {
  const { recommendation: one } = candidate;
  const { produced, ...shared } = sharedCells(candidate, context);
  return one.predictions.flatMap((prediction, index) =>
    hasNumber(prediction)
      ? makeRow(SCORES, {
          ...shared,
          ...outputCells(prediction),
          score_id: plainReference(one.ref, context.issuer),
          score_version: one.version ?? 'unknown',
          prediction: index,
          horizon_h: horizonHours(raw[index], produced.at),
          scored_at: produced.at,
          scored_offset_min: produced.offset,
          recorded_at: recordedAt,
          status: one.status === 'current' ? 'final' : 'entered-in-error',
        })
      : [],
  );
}

/**
 * One AI output as a recommendation and its scores; nothing where it is no AI's. Whether it fired, and
 * what replaced it, only the whole set can tell (`derive-recommendations.ts`).
 */
export function toRecommendationRows(
  resource: unknown,
  context: PreparedContext,
): ReadRecommendation {
  const { server, source, aiTargets } = context;
  const contained = objects(get(resource, 'contained')).length > 0;
  const pool = contained
    ? new Map([...context.pool, ...buildPool(server, [resource])])
    : context.pool;
  const read = readCandidate(resource, { server, source, patientId: undefined }, pool, aiTargets);
  if (read === 'not-a-card') return NOTHING;
  if ('code' in read) return { ...NOTHING, problems: [read] };
  const from = sourceOf(resource, context);
  if (from === undefined) return NOTHING;
  const raw = objects(get(resource, 'prediction'));
  const refs = (all: Candidate['replaces']) =>
    all.map((ref) => plainReference(ref, context.issuer));
  return {
    problems: read.recommendation.problems,
    recommendations: [
      {
        ...from,
        row: toRow(read, raw, from.updatedAt, context),
        replaces: refs(read.replaces),
        identifiers: read.identifiers.map(({ system, value }) => `${system ?? ''}|${value}`),
        actionOf: read.isProposal ? refs(read.cites) : [],
      },
    ],
    scores: toScores(read, raw, from.updatedAt, context).map((row) => ({ ...from, row })),
  };
}
