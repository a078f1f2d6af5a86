import { localCalendar } from '#src/domain/tables/derive/local-calendar.ts';
import type { JudgedScore } from './judged-score.ts';

/**
 * Labelled rows in the week in which the label became known. Labels come weeks late: by the week of the
 * score, past weeks would change with every one that arrives, and who looks every week would look at a
 * number that is not final. Where no time is known, the week of the score stays.
 */
export function asLabelled(rows: readonly JudgedScore[], timeZone: string): readonly JudgedScore[] {
  const local = localCalendar(timeZone);
  return rows
    .filter(({ label, censored }) => label !== null && !censored)
    .map((row) => ({ ...row, week: row.known_at === null ? row.week : local(row.known_at).week }));
}
