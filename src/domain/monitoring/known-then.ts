import type { DecisionRow } from '#src/domain/tables/decisions.ts';
import { unitKey } from '#src/domain/tables/derive/response-units.ts';
import type { ExposureRow } from '#src/domain/tables/exposures.ts';
import type { Tables } from '#src/domain/tables/schema.ts';
import { SETTLED_MS } from './weeks.ts';

export interface KnownThen {
  readonly tables: Tables;
  /** Rows that are left out, since they were stored after their week had been read. */
  readonly late: number;
}

/**
 * Rows as they were known when their week was read, a day after its end: what was stored later changes no
 * past week, so that looking back finds what was there to be found. `recorded_at` is of a version: where
 * that is not the first, nobody knows when the row came, and it stays. So does a row without week or time.
 * Labels have a time of their own, `label_at`, and count there.
 */
export function knownThen(tables: Tables): KnownThen {
  const { recommendations, exposures, decisions, scores } = tables;
  const shown = firstShown(exposures ?? []);
  const inTime = {
    ...(recommendations && {
      recommendations: recommendations.filter(
        (row) => row.recommendation_version !== FIRST || by(row.fired_week, row.recorded_at),
      ),
    }),
    ...(exposures && {
      exposures: exposures.filter((row) => by(row.displayed_week, row.recorded_at)),
    }),
    ...(decisions && {
      decisions: decisions.filter((row) => by(weekOf(row, shown), row.recorded_at)),
    }),
    ...(scores && {
      scores: scores.filter(
        (row) => row.score_version !== FIRST || by(row.scored_week, row.recorded_at),
      ),
    }),
  };
  const late = (['recommendations', 'exposures', 'decisions', 'scores'] as const).reduce(
    (sum, name) => sum + (tables[name]?.length ?? 0) - (inTime[name]?.length ?? 0),
    0,
  );
  return { tables: { ...tables, ...inTime }, late };
}

const FIRST = '1';

const by = (week: string | null, recorded: number | null): boolean =>
  week === null || recorded === null || recorded <= Date.parse(week) + SETTLED_MS;

/** An answer counts in the week of the first display that it answers. */
const weekOf = (row: DecisionRow, shown: ReadonlyMap<string, string>): string | null =>
  shown.get(unitKey(row)) ?? row.decided_week;

/** Monday of the first display, by response unit. */
function firstShown(exposures: readonly ExposureRow[]): ReadonlyMap<string, string> {
  const weeks = new Map<string, string>();
  for (const row of exposures) {
    if (row.displayed_week === null || row.status !== 'final') continue;
    const key = unitKey(row);
    const known = weeks.get(key);
    if (known === undefined || row.displayed_week < known) weeks.set(key, row.displayed_week);
  }
  return weeks;
}
