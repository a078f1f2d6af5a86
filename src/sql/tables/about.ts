import { OF_MODEL, OF_PATIENT, OF_PLACE, stateAt, subgroup, timeQuality } from './lookups.ts';
import type { Step } from './step.ts';

/** What a row does not say itself is the recommendation’s (`completed`). */
const COMPLETED = Object.entries({
  patient_id: 'coalesce(about.patient_id, d.patient_id)',
  encounter_id: 'coalesce(d.encounter_id, about.encounter_id)',
  model_id: 'coalesce(d.model_id, about.model_id)',
  model_version: 'CASE WHEN d.model_id IS NULL THEN about.model_version ELSE d.model_version END',
  risk_band: 'coalesce(d.risk_band, about.risk_band)',
  arm: 'coalesce(d.arm, about.arm)',
})
  .map(([name, sql]) => `${sql} AS "${name}"`)
  .join(', ');

const VERSION = `about.recommendation_version = coalesce(e.recommendation_version, y.recommendation_version)`;

/** Joins `about`: that version of the recommendation, else the last of any. */
const ABOUT = `LEFT JOIN rec_versions_known e
    ON e.recommendation_id = d.recommendation_id AND e.recommendation_version = d.recommendation_version
  LEFT JOIN rec_any y ON y.recommendation_id = d.recommendation_id
  LEFT JOIN recommendations about ON about.recommendation_id = d.recommendation_id AND ${VERSION}`;
const ONE_VERSION =
  'LEFT JOIN recommendations about ON about.recommendation_id = d.recommendation_id';

type At = 'decided_at' | 'displayed_at';
const select = (from: string, at: At, about: string): string =>
  `SELECT d.* REPLACE (${timeQuality(`d.${at}`, 'd.recorded_at', 'about.fired_at')} AS time_quality,
    ${COMPLETED}), about.unit AS about_unit
   FROM ${from} d ${about}`;

/** Answers or displays with what their recommendation says, and its unit as `about_unit`. */
export const withAbout = (name: string, from: string, at: At): Step => [
  name,
  select(from, at, ABOUT),
  { empty: 'rec_several', select: select(from, at, ONE_VERSION) },
];

/** Who, where and under which state of the model: what holds at the instant `d.at`, `d.unit` known. */
export const CIRCUMSTANCES: Readonly<Record<string, string>> = {
  ...subgroup('d.at'),
  model_state: `coalesce(d.model_state, ${stateAt('d.at')})`,
  site: 'coalesce(d.site, u.site, h.site)',
};
export const OF_CIRCUMSTANCES = `${OF_PATIENT('d')} ${OF_PLACE('d')} ${OF_MODEL('d')}`;
