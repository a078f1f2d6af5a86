import type { Tables } from '../tables/schema.ts';

/** One recommendation of the version, with who saw it, what was answered and what came of it. */
export interface RecallRow {
  readonly recommendation: string;
  readonly patient: string | null;
  readonly encounter: string | null;
  readonly unit: string | null;
  /** Epoch ms. */
  readonly firedAt: number | null;
  readonly seenBy: readonly string[];
  readonly answers: readonly {
    readonly by: string | null;
    readonly response: string | null;
    /** Epoch ms. */
    readonly at: number | null;
  }[];
  /** Codes of what happened, in the words of the site’s rules. */
  readonly outcomes: readonly string[];
}

/** Everything that one model version touched. */
export interface Recall {
  readonly rows: readonly RecallRow[];
  readonly exposures: number;
  readonly decisions: number;
  readonly patients: number;
  readonly clinicians: number;
  readonly outcomes: number;
  /** Answers by response. */
  readonly responses: ReadonlyMap<string, number>;
}

/** A model as tables name it; a version that is absent is every version. */
export interface RecalledModel {
  readonly ids: readonly string[];
  readonly version: string | undefined;
}

/**
 * What a version touched: its recommendations, and what displays and answers say of it where the
 * recommendation itself is no longer there. An outcome counts where its rule made it for one of these
 * recommendations, or happened in one of their stays.
 */
export function recallOf(tables: Tables, model: RecalledModel): Recall {
  const isOurs = (row: {
    readonly model_id: string | null;
    readonly model_version: string | null;
  }): boolean =>
    row.model_id !== null &&
    model.ids.includes(row.model_id) &&
    (model.version === undefined ||
      row.model_version === null ||
      row.model_version === model.version);
  const known = (tables.recommendations ?? []).filter(isOurs);
  const ids = new Set(known.map((row) => row.recommendation_id));
  const about = <R extends { recommendation_id: string | null } & Parameters<typeof isOurs>[0]>(
    rows: readonly R[] | undefined,
  ): readonly R[] =>
    (rows ?? []).filter(
      (row) => isOurs(row) || (row.recommendation_id !== null && ids.has(row.recommendation_id)),
    );
  const exposures = about(tables.exposures);
  const decisions = about(tables.decisions);
  for (const { recommendation_id } of [...exposures, ...decisions])
    if (recommendation_id !== null) ids.add(recommendation_id);
  const [facts, seen, answered] = [
    new Map(known.map((row) => [row.recommendation_id, row] as const)),
    Map.groupBy(exposures, (row) => row.recommendation_id),
    Map.groupBy(decisions, (row) => row.recommendation_id),
  ];
  const rows = [...ids].toSorted().map((id): RecallRow => {
    const own = facts.get(id) ?? seen.get(id)?.[0] ?? answered.get(id)?.[0];
    return {
      recommendation: id,
      patient: own?.patient_id ?? null,
      encounter: own?.encounter_id ?? null,
      unit: own?.unit ?? null,
      firedAt: facts.get(id)?.fired_at ?? null,
      seenBy: [...new Set((seen.get(id) ?? []).flatMap((row) => row.clinician_id ?? []))],
      answers: (answered.get(id) ?? []).map((row) => ({
        by: row.clinician_id,
        response: row.response,
        at: row.decided_at,
      })),
      outcomes: [],
    };
  });
  const stays = new Set(rows.flatMap(({ encounter }) => encounter ?? []));
  const outcomes = (tables.outcomes ?? []).filter(
    ({ label, recommendation_id, encounter_id }) =>
      label &&
      (recommendation_id !== null
        ? ids.has(recommendation_id)
        : encounter_id !== null && stays.has(encounter_id)),
  );
  const came = (row: RecallRow): readonly string[] => [
    ...new Set(
      outcomes
        .filter(({ recommendation_id, encounter_id }) =>
          recommendation_id === null
            ? encounter_id === row.encounter
            : recommendation_id === row.recommendation,
        )
        .map(({ outcome_code }) => outcome_code),
    ),
  ];
  const distinct = (all: readonly (string | null)[]): number =>
    new Set(all.filter((one) => one !== null)).size;
  return {
    rows: outcomes.length === 0 ? rows : rows.map((row) => ({ ...row, outcomes: came(row) })),
    exposures: exposures.length,
    decisions: decisions.length,
    patients: distinct(rows.map(({ patient }) => patient)),
    clinicians: distinct([...exposures, ...decisions].map((row) => row.clinician_id)),
    outcomes: outcomes.length,
    responses: new Map(
      [...Map.groupBy(decisions, ({ response }) => response ?? 'unknown')].map(([word, all]) => [
        word,
        all.length,
      ]),
    ),
  };
}
