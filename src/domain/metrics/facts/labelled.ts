import { localCalendar } from '#src/domain/tables/derive/local-calendar.ts';
import type { Judged, JudgedScore } from './judged-score.ts';

/**
 * Labelled rows in the week in which the label became known. Labels come weeks late: by the week of the
 * score, past weeks would change with every one that arrives, and who looks every week would look at a
 * number that is not final. Where no time is known, the week of the score stays.
 */
export function asLabelled(rows: readonly JudgedScore[], timeZone: string): readonly Judged[] {
  const local = localCalendar(timeZone);
  return rows
    .filter(({ label, censored }) => label !== null && !censored)
    .map((row) => ({
      model_id: row.model_id,
      model_version: row.model_version,
      site: row.site,
      unit: row.unit,
      risk_band: row.risk_band,
      age_band: row.age_band,
      sex: row.sex,
      race_ethnicity: row.race_ethnicity,
      language: row.language,
      payer: row.payer,
      week: row.known_at === null ? row.week : local(row.known_at).week,
      fired: row.fired,
      label: row.label,
      untimed: row.untimed,
      critical: row.critical,
      censored: row.censored,
    }));
}
