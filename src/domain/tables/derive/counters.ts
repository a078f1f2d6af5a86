import type { ExposureRow } from '../exposures.ts';
import type { RecommendationRow } from '../recommendations.ts';

/** Place of each row among the earlier ones of its group; a row without a time has none. */
function earlier<R>(
  rows: readonly R[],
  group: (row: R) => string | null,
  at: (row: R) => number | null,
  id: (row: R) => string,
): ReadonlyMap<R, number> {
  const place = new Map<R, number>();
  const timed = rows.filter((row) => at(row) !== null && group(row) !== null);
  for (const members of Map.groupBy(timed, group).values()) {
    const inOrder = members.toSorted(
      (a, b) => (at(a) ?? 0) - (at(b) ?? 0) || (id(a) < id(b) ? -1 : 1),
    );
    for (const [index, row] of inOrder.entries()) place.set(row, index);
  }
  return place;
}

/** Fills `exposures_to_date` and `alerts_this_encounter`: what fatigue is measured against. */
export function countExposures(rows: readonly ExposureRow[]): readonly ExposureRow[] {
  const valid = rows.filter(({ status }) => status === 'final');
  const at = (row: ExposureRow) => row.displayed_at;
  const id = (row: ExposureRow) => row.exposure_id;
  const ofModel = earlier(valid, (row) => JSON.stringify([row.clinician_id, row.model_id]), at, id);
  const ofEncounter = earlier(
    valid,
    (row) => row.encounter_id && JSON.stringify([row.clinician_id, row.encounter_id]),
    at,
    id,
  );
  return rows.map((row) => ({
    ...row,
    exposures_to_date: ofModel.get(row) ?? null,
    alerts_this_encounter: ofEncounter.get(row) ?? null,
  }));
}

/** Fills `repeat_for_patient`; versions of one recommendation are no repeats of each other. */
export function countRepeats(rows: readonly RecommendationRow[]): readonly RecommendationRow[] {
  const valid = rows.filter(({ status }) => status === 'current' || status === 'superseded');
  const firsts = new Map<string, RecommendationRow>();
  for (const row of valid) {
    const known = firsts.get(row.recommendation_id);
    if (known === undefined || (row.fired_at ?? Infinity) < (known.fired_at ?? Infinity))
      firsts.set(row.recommendation_id, row);
  }
  const place = earlier(
    [...firsts.values()],
    (row) => row.patient_id && JSON.stringify([row.patient_id, row.model_id]),
    (row) => row.fired_at,
    (row) => row.recommendation_id,
  );
  return rows.map((row) => {
    const first = firsts.get(row.recommendation_id);
    return { ...row, repeat_for_patient: (first && place.get(first)) ?? null };
  });
}
