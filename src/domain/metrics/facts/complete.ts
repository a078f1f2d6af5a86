import type { DecisionRow } from '#src/domain/tables/decisions.ts';
import { countExposures } from '#src/domain/tables/derive/counters.ts';
import { impliedExposures } from '#src/domain/tables/derive/implied-exposures.ts';
import { localCalendar } from '#src/domain/tables/derive/local-calendar.ts';
import type { ExposureRow } from '#src/domain/tables/exposures.ts';
import type { Tables } from '#src/domain/tables/schema.ts';

/**
 * A hospital's own log has what was shown and answered, and seldom what follows from it: weeks, earlier
 * exposures, displays that only an answer proves. Filled where nothing stands; what stands, stays.
 * @param timeZone IANA name by which weeks are cut.
 */
export function completed(tables: Tables, timeZone: string): Tables {
  const local = localCalendar(timeZone);
  const week = (at: number | null): string | null => (at === null ? null : local(at).week);
  const { exposures, decisions = [], recommendations, scores } = tables;
  const shown = withImplied(exposures ?? [], decisions).map((row) => ({
    ...row,
    displayed_week: row.displayed_week ?? week(row.displayed_at),
  }));
  const counted = shown.some(({ exposures_to_date }) => exposures_to_date !== null);
  return {
    ...tables,
    ...((exposures || tables.decisions) && { exposures: counted ? shown : countExposures(shown) }),
    ...(tables.decisions && {
      decisions: decisions.map((row) => ({
        ...row,
        decided_week: row.decided_week ?? week(row.decided_at),
      })),
    }),
    ...(recommendations && {
      recommendations: recommendations.map((row) => ({
        ...row,
        fired_week: row.fired_week ?? week(row.fired_at),
      })),
    }),
    ...(scores && {
      scores: scores.map((row) => ({
        ...row,
        scored_week: row.scored_week ?? week(row.scored_at),
      })),
    }),
  };
}

function withImplied(
  exposures: readonly ExposureRow[],
  decisions: readonly DecisionRow[],
): readonly ExposureRow[] {
  return [...exposures, ...impliedExposures(exposures, decisions)];
}
