import { recommendationAnswers } from '#src/domain/tables/derive/recommendation-answers.ts';
import { recommendationKey } from '#src/domain/tables/derive/response-units.ts';
import type { RecommendationRow } from '#src/domain/tables/recommendations.ts';
import type { ResponseUnit } from '#src/domain/tables/response-units.ts';

/** A recommendation version that fired, and whether anybody saw and answered it. */
export interface Reach extends RecommendationRow {
  readonly week: string | null;
  readonly displayed: boolean;
  readonly response: ResponseUnit['response'];
  /** Clinicians who followed it and who overrode it, both. */
  readonly disagreement: boolean;
  readonly clinicians_decided: number;
}

/** F with what became of it. Cancelled and erroneous recommendations count nowhere. */
export function reached(
  recommendations: readonly RecommendationRow[],
  units: readonly ResponseUnit[],
): readonly Reach[] {
  const answers = new Map(
    recommendationAnswers(units).map((each) => [recommendationKey(each), each]),
  );
  const decided = Map.groupBy(
    units.filter(({ response }) => response !== null && response !== 'deferred'),
    recommendationKey,
  );
  return recommendations
    .filter(({ status }) => status === 'current' || status === 'superseded')
    .map((row) => {
      const answer = answers.get(recommendationKey(row));
      return {
        ...row,
        week: row.fired_week,
        displayed: answer !== undefined,
        response: answer?.response ?? null,
        disagreement: answer?.disagreement ?? false,
        clinicians_decided: decided.get(recommendationKey(row))?.length ?? 0,
      };
    });
}
