import type { Tables } from '#src/domain/tables/schema.ts';

/** Epoch ms; the end is not in it. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/**
 * The rows of a period, and what they are about: the answers and displays in it, scores and advice of
 * that time or of those answers, stays that touch it, all models, and what had changed by its end. No
 * more people than that.
 * @returns also how many rows were left out because nothing says when they were.
 */
export function tablesInPeriod(
  tables: Tables,
  { from, until }: Span,
): { readonly tables: Tables; readonly undated: number } {
  let undated = 0;
  const within = (at: number | null): boolean => {
    if (at === null) undated += 1;
    return at !== null && at >= from && at < until;
  };
  const decisions = tables.decisions?.filter((row) => within(row.decided_at ?? row.recorded_at));
  const exposures = tables.exposures?.filter((row) => within(row.displayed_at));
  const answered = [...(decisions ?? []), ...(exposures ?? [])];
  const advice = new Set(answered.map((row) => row.recommendation_id));
  const answers = new Set(decisions?.map((row) => row.decision_id));
  const stays = new Set(answered.map((row) => row.encounter_id));
  const about = (id: string | null): boolean => id !== null && advice.has(id);
  const judges = (id: string | null): boolean => id !== null && answers.has(id);

  const kept: { -readonly [N in keyof Tables]: Tables[N] } = {
    ...(tables.scores && {
      scores: tables.scores.filter((row) => about(row.score_id) || within(row.scored_at)),
    }),
    ...(tables.recommendations && {
      recommendations: tables.recommendations.filter(
        (row) => about(row.recommendation_id) || within(row.fired_at),
      ),
    }),
    ...(exposures && { exposures }),
    ...(decisions && { decisions }),
    ...(tables.outcomes && {
      outcomes: tables.outcomes.filter(
        (row) => about(row.recommendation_id) || within(row.happened_at ?? row.label_at),
      ),
    }),
    ...(tables.encounters && {
      encounters: tables.encounters.filter(
        ({ encounter_id, stay_start, stay_end }) =>
          stays.has(encounter_id) ||
          (stay_start !== null && stay_start < until && (stay_end ?? until) >= from),
      ),
    }),
    ...(tables.reviews && {
      reviews: tables.reviews.filter((row) => judges(row.decision_id) || within(row.reviewed_at)),
    }),
    ...(tables.models && { models: tables.models }),
    ...(tables.changes && {
      changes: tables.changes.filter(({ changed_at }) => changed_at === null || changed_at < until),
    }),
    ...(tables.incidents && {
      incidents: tables.incidents.filter(
        (row) => judges(row.decision_id) || within(row.occurred_at ?? row.discovered_at),
      ),
    }),
  };
  return { tables: kept, undated };
}
