import type { Answer, AnsweredRecommendation, Choice, ModelAtAnswer } from '#src/domain/feedback.ts';
import type { RecommendationDetail } from '#src/domain/recommendation.ts';
import type { Deps } from './deps.ts';
import type { AnswerMeasures, CardAnswer } from './review-model.ts';

/** What was answered: the reference without version, the version apart (fhir-contract.md). */
export function answered(detail: RecommendationDetail): AnsweredRecommendation {
  const { ref, identifier, version } = detail.recommendation;
  return { ref, ...(identifier && { identifier }), ...(version && { version }) };
}

export function modelAtAnswer(detail: RecommendationDetail): ModelAtAnswer {
  const { identifier, version, state } = detail.model;
  return {
    ...(identifier && { identifier: identifier.value }),
    ...(version && { version }),
    state,
  };
}

/** Freezes who, whom, where, when and what was on the screen around a clinician's choice. */
export function makeAnswer(
  deps: Deps,
  performer: string,
  patientId: string,
  detail: RecommendationDetail,
  choice: Choice,
  measures: AnswerMeasures,
  replaces?: CardAnswer,
): Answer {
  const { session } = deps;
  const [prediction] = detail.recommendation.predictions;
  const shownProbability = prediction?.probability?.fraction;
  const stored = replaces?.delivery;
  const reference =
    stored?.state === 'stored' || stored?.state === 'degraded'
      ? stored.reference
      : replaces?.reference;
  return {
    ...choice,
    id: deps.newId(),
    issuer: session.issuer,
    patient: `Patient/${patientId}`,
    ...(session.encounterId && { encounter: `Encounter/${session.encounterId}` }),
    recommendation: answered(detail),
    performer: { reference: performer },
    answeredAt: deps.timestamp(),
    model: modelAtAnswer(detail),
    context: {
      ...(shownProbability !== undefined && { shownProbability }),
      ...(prediction?.band && { shownRiskBand: prediction.band }),
      ...(measures.displayedAt && { displayedAt: measures.displayedAt }),
      ...(measures.timeToResponseMs !== undefined && {
        timeToResponseMs: Math.round(measures.timeToResponseMs),
      }),
      evidenceOpened: measures.evidenceOpened,
      appVersion: deps.appVersion,
    },
    ...(replaces && {
      replaces: { id: replaces.answer.id, ...(reference && { reference }) },
    }),
  };
}
