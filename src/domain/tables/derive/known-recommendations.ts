import type { RecommendationRow } from '../recommendations.ts';

/** The recommendation of an answer or exposure: its version, else any version of it. */
export type FindRecommendation = (key: {
  readonly recommendation_id: string;
  readonly recommendation_version: string;
}) => RecommendationRow | undefined;

export function recommendationFinder(rows: readonly RecommendationRow[]): FindRecommendation {
  const exact = new Map<string, RecommendationRow>();
  const any = new Map<string, RecommendationRow>();
  // Sorted, so that “any” is the same one in whatever order they came.
  const inOrder = rows.toSorted((a, b) =>
    a.recommendation_version < b.recommendation_version ? -1 : 1,
  );
  for (const row of inOrder) {
    exact.set(`${row.recommendation_id}\u0000${row.recommendation_version}`, row);
    any.set(row.recommendation_id, row);
  }
  return ({ recommendation_id, recommendation_version }) =>
    exact.get(`${recommendation_id}\u0000${recommendation_version}`) ?? any.get(recommendation_id);
}
