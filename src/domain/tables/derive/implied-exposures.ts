import { makeRow } from '../column.ts';
import type { DecisionRow } from '../decisions.ts';
import { EXPOSURES, type ExposureRow } from '../exposures.ts';
import { counts } from './heads.ts';
import { decidedAt, unitKey } from './response-units.ts';
import { CLOCK_TOLERANCE_MS } from './settings.ts';

/** When it was displayed, as far as the answer can tell: never after the answer. */
function shownBefore(row: DecisionRow): number | null {
  const at = decidedAt(row);
  if (at === null) return null;
  const own = row.time_quality === 'ok' ? row.displayed_at : null;
  return Math.min(own ?? at - (row.dwell_ms ?? 0), at);
}

const explains = (exposure: ExposureRow, at: number | null): boolean =>
  exposure.displayed_at === null || at === null || exposure.displayed_at <= at + CLOCK_TOLERANCE_MS;

/**
 * Who answered has seen: an answer before which no exposure of that version to that clinician was
 * recorded makes one, marked `implied`, at most one for each unit (its earliest such answer). So R is
 * never above D. Where a site records no exposures at all, every row is implied, and rates over D
 * would only repeat those over R: `recordedShare` tells.
 */
export function impliedExposures(
  exposures: readonly ExposureRow[],
  decisions: readonly DecisionRow[],
): readonly ExposureRow[] {
  const shown = Map.groupBy(
    exposures.filter(({ status }) => status === 'final'),
    unitKey,
  );
  const unexplained = decisions
    .filter(counts)
    .filter((row) => !shown.get(unitKey(row))?.some((one) => explains(one, decidedAt(row))));
  return [...Map.groupBy(unexplained, unitKey).values()].flatMap((group) => {
    const [row] = group.toSorted(
      (a, b) =>
        (shownBefore(a) ?? Infinity) - (shownBefore(b) ?? Infinity) ||
        (a.decision_id < b.decision_id ? -1 : 1),
    );
    if (row === undefined) return [];
    return [
      makeRow(EXPOSURES, {
        ...row,
        exposure_id: `implied:${row.decision_id}`,
        displayed_at: shownBefore(row),
        displayed_offset_min: row.decided_offset_min,
        implied: true,
      }),
    ];
  });
}

/** Share of exposures that were recorded, 0–1; undefined where there are none. */
export function recordedShare(exposures: readonly ExposureRow[]): number | undefined {
  const valid = exposures.filter(({ status }) => status === 'final');
  if (valid.length === 0) return undefined;
  return valid.filter(({ implied }) => !implied).length / valid.length;
}
