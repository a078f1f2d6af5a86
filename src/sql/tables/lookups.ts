import { CLOCK_TOLERANCE_MS } from '#src/domain/tables/derive/settings.ts';

/** Before and after every instant that can be written down. */
export const EVER = 9_000_000_000_000_000;

/** Joins `b`: the stays of a row's encounter, the last one first. */
export const OF_STAYS = (row: string): string =>
  `LEFT JOIN stay_lists b ON b.encounter_id = ${row}.encounter_id`;

/** The unit on which the patient was then (`places.unitAt`); of stays that overlap the later arrival. */
export const unitAt = (at: string): string =>
  `list_filter(b.stays, lambda s: s.here_from <= ${at} AND ${at} < s.here_until)[1].unit`;

/** The newest entry of the change log in force then (`model-history.ts`). */
const inForce = (list: string, at: string): string =>
  `list_filter(m.${list}, lambda c: ${at} IS NULL OR (c.changed_at <= ${at} AND ${at} <= c.until))[1].said`;

export const thresholdAt = (at: string): string =>
  `coalesce(${inForce('thresholds', at)}, m.threshold)`;
export const stateAt = (at: string): string => inForce('states', at);

/** Joins `m`: what the site states of a model, and what its change log says. */
export const OF_MODEL = (row: string): string => `LEFT JOIN model_settings m
    ON m.model_id IS NOT DISTINCT FROM ${row}.model_id AND m.model_version IS NOT DISTINCT FROM ${row}.model_version`;

export const OF_PATIENT = (row: string): string =>
  `LEFT JOIN patients p ON p.patient_id = ${row}.patient_id`;

/** Joins `u` and `z`: site and zone of a row whose unit is known. */
export const OF_PLACE = (row: string): string => `LEFT JOIN site_units u ON u.unit = ${row}.unit
    CROSS JOIN home h LEFT JOIN sites z ON z.site = coalesce(${row}.site, u.site, h.site)`;

const utc = (at: string): string => `(TIMESTAMP '1970-01-01' + to_milliseconds(${at}))`;
const birth = (from: number, otherwise: number): string =>
  `coalesce(try_cast(nullif(substr(p.birth_date, ${from}, 2), '') AS BIGINT), ${otherwise})`;

/** Age in years at that instant, in bands (`subgroups.ts`); the months are worked out once, not for each band. */
const ageBand = (at: string): string => {
  const months = `((year(${utc(at)}) - try_cast(substr(p.birth_date, 1, 4) AS BIGINT)) * 12
      + month(${utc(at)}) - ${birth(6, 1)} - CASE WHEN day(${utc(at)}) < ${birth(9, 1)} THEN 1 ELSE 0 END)`;
  const bands = [
    [0, '0-17'],
    [18, '18-44'],
    [45, '45-64'],
    [65, '65-79'],
    [80, '80-89'],
    [90, '90+'],
  ] as const;
  const words = bands
    .toReversed()
    .map(([from, word]) => `WHEN one >= ${from * 12} THEN '${word}'`)
    .join(' ');
  return `CASE WHEN p.birth_date IS NOT NULL AND ${at} IS NOT NULL
    THEN list_transform([${months}], lambda one: CASE ${words} END)[1] END`;
};

export const subgroup = (at: string): Readonly<Record<string, string>> => ({
  age_band: ageBand(at),
  sex: 'p.sex',
  race_ethnicity: 'p.race_ethnicity',
  language: 'p.language',
});

/** An instant on the wall clock of its site; `z.zone` is an IANA name. */
const local = (at: string): string => `timezone(z.zone, make_timestamptz(${at} * 1000))`;
export const weekOf = (at: string): string =>
  `CAST(CAST(date_trunc('week', ${local(at)}) AS DATE) AS VARCHAR)`;
export const hourOf = (at: string): string => `hour(${local(at)})`;

/** How far a device’s time can be believed (`time-quality.ts`). */
export const timeQuality = (at: string, recorded: string, fired: string): string =>
  `CASE WHEN ${at} IS NULL THEN 'imprecise'
    WHEN ${at} > ${recorded} + ${CLOCK_TOLERANCE_MS} THEN 'ahead-of-server'
    WHEN ${at} < ${fired} - ${CLOCK_TOLERANCE_MS} THEN 'before-recommendation' ELSE 'ok' END`;

/** At or above the threshold; null where either is not known (`derive-recommendations.ts`). */
export const fires = (row: string): string =>
  `CASE WHEN ${row}.score_scale = 'unknown' THEN NULL ELSE ${row}.score >= ${row}.threshold END`;
