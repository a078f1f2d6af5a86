import type { ResponseUnit } from '../response-units.ts';
import { recommendationKey } from './response-units.ts';

/** What all clinicians together said to one recommendation version. */
export interface RecommendationAnswer {
  readonly recommendation_id: string;
  readonly recommendation_version: string;
  /** Clinicians to whom it was displayed, and who answered within the window. */
  readonly displayed: number;
  readonly responded: number;
  /** The first answer that is no deferral; null where there is none. */
  readonly response: ResponseUnit['response'];
  readonly decided_at: number | null;
  /** One clinician followed it, and another overrode it. */
  readonly disagreement: boolean;
}

const follows = (word: ResponseUnit['response']): boolean =>
  word === 'accepted' || word === 'accepted-modified';

/** Recommendation level (metrics.md): several answers by several clinicians become one, and say so. */
export function recommendationAnswers(
  units: readonly ResponseUnit[],
): readonly RecommendationAnswer[] {
  const groups = Map.groupBy(units, (unit) => recommendationKey(unit));
  return [...groups.values()].flatMap((group) => {
    const [any] = group;
    if (!any) return [];
    const answered = group.filter(({ response }) => response !== null && response !== 'deferred');
    const first = answered.toSorted(
      (a, b) =>
        (a.decided_at ?? Infinity) - (b.decided_at ?? Infinity) ||
        ((a.decision_id ?? '') < (b.decision_id ?? '') ? -1 : 1),
    )[0];
    return [
      {
        recommendation_id: any.recommendation_id,
        recommendation_version: any.recommendation_version,
        displayed: group.length,
        responded: group.filter(({ response }) => response !== null).length,
        response: first?.response ?? null,
        decided_at: first?.decided_at ?? null,
        disagreement:
          answered.some(({ response }) => follows(response)) &&
          answered.some(({ response }) => response === 'overridden'),
      },
    ];
  });
}
