import type { DecisionRow } from '#src/domain/tables/decisions.ts';
import type { ExposureRow } from '#src/domain/tables/exposures.ts';
import type { ResponseUnit } from '#src/domain/tables/response-units.ts';

/** A response unit with what only its exposure or its answer knows; week: that of the first display. */
export interface Presentation extends ResponseUnit {
  readonly week: string | null;
  /** Earlier exposures of this clinician to this model, at the first display. */
  readonly exposures_to_date: number | null;
  /** Of overridden units; null where the chart was not looked into. */
  readonly late_adherence_24h: boolean | null;
  readonly attested_done: boolean | null;
}

/** The rows behind adoption, reasons, response time, variation, parity and fatigue. */
export function presentations(
  units: readonly ResponseUnit[],
  exposures: readonly ExposureRow[],
  decisions: readonly DecisionRow[],
): readonly Presentation[] {
  const answers = new Map(decisions.map((row) => [row.decision_id, row]));
  const shown = Map.groupBy(exposures, ({ recommendation_id }) => recommendation_id);
  return units.map((unit) => {
    const answer = unit.decision_id === null ? undefined : answers.get(unit.decision_id);
    const overridden = unit.response === 'overridden';
    return {
      ...unit,
      week: unit.displayed_week,
      exposures_to_date: earlierOf(unit, shown.get(unit.recommendation_id)),
      late_adherence_24h: overridden ? (answer?.late_adherence_24h ?? null) : null,
      attested_done: answer?.attested_done ?? null,
    };
  });
}

function earlierOf(unit: ResponseUnit, exposures: readonly ExposureRow[] = []): number | null {
  let least: number | null = null;
  for (const row of exposures) {
    const isOwn =
      row.status === 'final' &&
      row.clinician_id === unit.clinician_id &&
      row.recommendation_version === unit.recommendation_version;
    if (isOwn && row.exposures_to_date !== null)
      least = Math.min(row.exposures_to_date, least ?? Infinity);
  }
  return least;
}
