import type { DecisionRow } from '#src/domain/tables/decisions.ts';
import { unitKey } from '#src/domain/tables/derive/response-units.ts';
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
  const earlier = new Map<string, number>();
  for (const row of exposures) {
    if (row.exposures_to_date === null || row.status !== 'final') continue;
    const key = unitKey(row);
    earlier.set(key, Math.min(row.exposures_to_date, earlier.get(key) ?? Infinity));
  }
  return units.map((unit) => {
    const answer = unit.decision_id === null ? undefined : answers.get(unit.decision_id);
    const overridden = unit.response === 'overridden';
    return {
      ...unit,
      week: unit.displayed_week,
      exposures_to_date: earlier.get(unitKey(unit)) ?? null,
      late_adherence_24h: overridden ? (answer?.late_adherence_24h ?? null) : null,
      attested_done: answer?.attested_done ?? null,
    };
  });
}
