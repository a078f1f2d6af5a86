import type {
  Answer,
  AnsweredRecommendation,
  Choice,
  ModelAtAnswer,
} from '#src/domain/feedback.ts';
import { isModelState, type RecommendationDetail } from '#src/domain/recommendation.ts';
import type { Setting } from '#src/fhir/setting.fhir.ts';
import type { Deps } from './deps.ts';
import type { AnswerMeasures, CardAnswer } from './review-model.ts';

/** What was answered: the reference without version, the version apart (fhir-contract.md). */
export function answered({
  recommendation,
}: Pick<RecommendationDetail, 'recommendation'>): AnsweredRecommendation {
  const { ref, identifier, version } = recommendation;
  return { ref, ...(identifier && { identifier }), ...(version && { version }) };
}

export function modelAtAnswer({ model }: Pick<RecommendationDetail, 'model'>): ModelAtAnswer {
  const { identifier, version, state } = model;
  return {
    ...(identifier && { identifier: identifier.value }),
    ...(version && { version }),
    state: isModelState(state) ? state : state === 'expired' ? 'suspended' : 'unknown',
  };
}

export interface Given {
  readonly performer: string;
  readonly patientId: string;
  readonly detail: RecommendationDetail;
  readonly choice: Choice;
  readonly measures: AnswerMeasures;
  readonly replaces?: CardAnswer | undefined;
  readonly setting: Setting;
  /** As the banner names the patient. */
  readonly patientName?: string | undefined;
}

/** Freezes who, whom, where, when and what was on the screen around a clinician's choice. */
export function makeAnswer(deps: Deps, given: Given): Answer {
  const { detail, choice, replaces } = given;
  const { session } = deps;
  return {
    ...choice,
    id: deps.newId(),
    issuer: session.issuer,
    patient: `Patient/${given.patientId}`,
    ...(session.encounterId && { encounter: `Encounter/${session.encounterId}` }),
    ...(given.setting.location && { location: given.setting.location }),
    recommendation: answered(detail),
    performer: {
      reference: given.performer,
      ...(given.setting.role && { function: given.setting.role }),
    },
    answeredAt: deps.timestamp(),
    model: modelAtAnswer(detail),
    context: {
      ...shown(detail, given.measures),
      appVersion: deps.appVersion,
      shownTitle: detail.recommendation.title,
      ...suggestionsOf(detail),
      ...(given.patientName && { shownPatient: given.patientName }),
    },
    ...(replaces && {
      replaces: {
        id: replaces.answer.id,
        ...(replaces.reference && { reference: replaces.reference }),
      },
    }),
  };
}

function suggestionsOf({ recommendation }: RecommendationDetail) {
  const suggestions = recommendation.actions.flatMap(({ suggestionId }) => suggestionId ?? []);
  return suggestions.length > 0 ? { suggestions } : {};
}

function shown(detail: RecommendationDetail, measures: AnswerMeasures) {
  const [prediction] = detail.recommendation.predictions;
  const shownProbability = prediction?.probability?.fraction;
  return {
    ...(shownProbability !== undefined && { shownProbability }),
    ...(prediction?.band && { shownRiskBand: prediction.band }),
    ...(measures.displayedAt && { displayedAt: measures.displayedAt }),
    ...(measures.timeToResponseMs !== undefined && {
      timeToResponseMs: Math.round(measures.timeToResponseMs),
    }),
    evidenceOpened: measures.evidenceOpened,
  };
}
