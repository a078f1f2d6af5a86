import { DECISIONS } from '#src/domain/tables/decisions.ts';
import { CIRCUMSTANCES, OF_CIRCUMSTANCES, withAbout } from './about.ts';
import { EVER, hourOf, OF_STAYS, unitAt, weekOf } from './lookups.ts';
import { type Step, unchanged } from './step.ts';
import { cells, rewritten } from './typed-row.ts';
import { oneOfCopies, rowsOfLastVersions, severalOf } from './versions.ts';

const REMNANT = "sink IN ('epic-flowsheet', 'document-note')";
const COUNTS = "status = 'final' AND response NOT IN ('withdrawn', 'unknown')";
const MINUTE = (row: string) =>
  `${row}.recommendation_id, ${row}.clinician_id, ${row}.response, ${row}.decided_at // 60000`;

/** The answer’s time; where the server’s clock contradicts it, the server’s (`decidedAt`). */
export const decidedAt = (row: string): string =>
  `CASE WHEN ${row}.time_quality = 'ahead-of-server' THEN ${row}.recorded_at ELSE ${row}.decided_at END`;

/** Answers by what they are about, remnants dropped, links resolved; circles are left to who walks them. */
export const DECISION_STEPS: readonly Step[] = [
  ['rec_versions_known', 'SELECT recommendation_id, recommendation_version FROM recommendations'],
  ['rec_several', severalOf('recommendations', 'recommendation_id')],
  [
    'rec_any',
    'SELECT recommendation_id, max(recommendation_version) AS recommendation_version FROM recommendations GROUP BY recommendation_id',
  ],
  ['dec_several', severalOf('read_decisions', 'place')],
  [
    'dec_latest',
    rowsOfLastVersions('read_decisions', 'dec_several'),
    unchanged('dec_several', 'read_decisions'),
  ],
  [
    'dec_nowhere',
    `SELECT DISTINCT recommendation_id FROM dec_latest
     WHERE recommendation_id NOT IN (SELECT recommendation_id FROM rec_any)`,
  ],
  [
    'dec_identified',
    `SELECT identifier, CASE WHEN count(DISTINCT id) = 1 THEN min(id) END AS id FROM (
       SELECT recommendation_identifier AS identifier, recommendation_id AS id FROM recommendations
       UNION ALL SELECT recommendation_identifier, recommendation_id FROM dec_latest WHERE NOT (${REMNANT}))
     WHERE identifier IS NOT NULL GROUP BY identifier`,
    { empty: 'dec_nowhere', select: "SELECT '' AS identifier, '' AS id WHERE false" },
  ],
  [
    'dec_linked',
    `SELECT d.* REPLACE (CASE WHEN y.recommendation_id IS NOT NULL THEN d.recommendation_id
        ELSE coalesce(i.id, d.recommendation_id) END AS recommendation_id)
     FROM dec_latest d LEFT JOIN rec_any y ON y.recommendation_id = d.recommendation_id
     LEFT JOIN dec_identified i ON i.identifier = coalesce(d.recommendation_identifier, d.recommendation_id)`,
    unchanged('dec_nowhere', 'dec_latest'),
  ],
  ['dec_remnants', `SELECT decision_id FROM read_decisions WHERE ${REMNANT}`],
  [
    'dec_read',
    `WITH left_over AS (SELECT r.* FROM dec_linked r WHERE ${REMNANT}
        AND NOT EXISTS (SELECT 1 FROM dec_linked w WHERE NOT (w.${REMNANT})
          AND (${MINUTE('w')}) IS NOT DISTINCT FROM (${MINUTE('r')})))
     SELECT * FROM dec_linked WHERE NOT (${REMNANT})
     UNION ALL
     SELECT l.* FROM left_over l WHERE l.sink = 'epic-flowsheet' OR NOT EXISTS (
       SELECT 1 FROM left_over f WHERE f.sink = 'epic-flowsheet'
         AND (${MINUTE('f')}) IS NOT DISTINCT FROM (${MINUTE('l')}))`,
    unchanged('dec_remnants', 'dec_linked'),
  ],
  [
    'dec_named',
    `SELECT replaces_id AS name FROM dec_read WHERE replaces_id IS NOT NULL
     UNION SELECT replaces_place FROM dec_read WHERE replaces_place IS NOT NULL
     UNION SELECT unnest([identifier, place, replaces_id, replaces_place]) FROM read_unread`,
  ],
  [
    'dec_places',
    `SELECT place, max(decision_id) AS decision_id FROM dec_read
     WHERE place IN (SELECT name FROM dec_named) GROUP BY place`,
  ],
  [
    'dec_ids',
    'SELECT DISTINCT decision_id FROM dec_read WHERE decision_id IN (SELECT name FROM dec_named)',
  ],
  ['dec_copied', severalOf('dec_read', 'decision_id')],
  [
    'dec_one',
    oneOfCopies(DECISIONS, 'dec_read', 'dec_copied', 'decision_id'),
    unchanged('dec_copied', 'dec_read'),
  ],
  [
    'dec_resolved',
    `SELECT ${rewritten(DECISIONS, 'd', { replaces_id: resolved('d.replaces_id') })}, d.replaces_some
     FROM dec_one d ${resolving('d.replaces_id', 'd.replaces_place')}`,
    {
      empty: 'dec_named',
      select: `SELECT ${rewritten(DECISIONS, 'd', {})}, d.replaces_some FROM dec_one d`,
    },
  ],
  ['dec_some', 'SELECT decision_id FROM dec_resolved WHERE replaces_some AND replaces_id IS NULL'],
  [
    'dec_chained',
    `SELECT ${rewritten(DECISIONS, 'd', {
      replaces_id: `CASE WHEN d.replaces_id IS NULL AND d.replaces_some THEN (
        SELECT b.decision_id FROM dec_resolved b WHERE b.recommendation_id = d.recommendation_id
          AND b.clinician_id = d.clinician_id AND b.${COUNTS}
          AND (coalesce(b.decided_at, -${EVER}) < coalesce(d.decided_at, -${EVER})
            OR (coalesce(b.decided_at, -${EVER}) = coalesce(d.decided_at, -${EVER}) AND b.decision_id < d.decision_id))
        ORDER BY coalesce(b.decided_at, -${EVER}) DESC, b.decision_id DESC LIMIT 1) ELSE d.replaces_id END`,
    })} FROM dec_resolved d`,
    { empty: 'dec_some', select: 'SELECT * EXCLUDE (replaces_some) FROM dec_resolved' },
  ],
  [
    'dec_stand_ins',
    `SELECT * EXCLUDE (nth) FROM (SELECT ${cells(DECISIONS, {
      decision_id: 'x.decision_id',
      replaces_id: 'k.decision_id',
      recommendation_id: 'k.recommendation_id',
      recommendation_version: 'k.recommendation_version',
      clinician_id: 'k.clinician_id',
      patient_id: 'k.patient_id',
      sink: 'k.sink',
      response: "'unknown'",
      comment_present: 'false',
      decided_at: 'x.decided_at',
      recorded_at: 'x.recorded_at',
      time_quality: "'ok'",
      status: "'final'",
    })}, row_number() OVER (PARTITION BY x.decision_id ORDER BY x.recorded_at DESC NULLS LAST) AS nth
      FROM (SELECT coalesce(n.identifier, n.place) AS decision_id, n.decided_at, n.recorded_at,
          ${resolved('n.replaces_id')} AS replaced
        FROM read_unread n ${resolving('n.replaces_id', 'n.replaces_place')}) x
      JOIN dec_chained k ON k.decision_id = x.replaced
      WHERE x.decision_id NOT IN (SELECT decision_id FROM dec_ids)) WHERE nth = 1`,
  ],
  [
    'dec_all',
    'SELECT * FROM dec_chained UNION ALL SELECT * FROM dec_stand_ins',
    unchanged('dec_stand_ins', 'dec_chained'),
  ],
  [
    'dec_links',
    'SELECT decision_id, replaces_id, decided_at, response FROM dec_all WHERE replaces_id IS NOT NULL',
  ],
  [
    'dec_replaced',
    'SELECT DISTINCT replaces_id AS decision_id FROM dec_links WHERE replaces_id <> decision_id',
  ],
];

/** Nothing replaces it that can be read. */
const OPEN = (row: string): string =>
  `(${row}.decision_id NOT IN (SELECT decision_id FROM dec_replaced) OR ${row}.response = 'unknown')`;

/** Answers that no chain with an end leads to: the circles. What replaces nothing is in none. */
export const UNREACHED = `WITH RECURSIVE reached(decision_id) AS (
    SELECT k.replaces_id FROM dec_links k WHERE ${OPEN('k')}
    UNION SELECT k.replaces_id FROM dec_links k JOIN reached r ON r.decision_id = k.decision_id)
  SELECT decision_id, replaces_id, decided_at FROM dec_links k
  WHERE NOT ${OPEN('k')} AND decision_id NOT IN (SELECT decision_id FROM reached)`;

/** @see Step. `dec_circles`: the last answer of each circle. */
export const DECISION_ROWS: readonly Step[] = [
  [
    'dec_headed',
    `SELECT ${rewritten(DECISIONS, 'd', {
      is_head: `d.${COUNTS} AND (${OPEN('d')} OR d.decision_id IN (SELECT decision_id FROM dec_circles))`,
    })} FROM dec_all d`,
  ],
  withAbout('dec_about', 'dec_headed', 'decided_at'),
  [
    'dec_placed',
    `SELECT d.* REPLACE (coalesce(d.unit, ${unitAt('d.at')}, d.about_unit) AS unit)
     FROM (SELECT *, ${decidedAt('dec_about')} AS at FROM dec_about) d ${OF_STAYS('d')}`,
  ],
  [
    'dec_derived',
    `SELECT ${rewritten(DECISIONS, 'd', {
      ...CIRCUMSTANCES,
      decided_week: weekOf('d.at'),
      decided_hour: hourOf('d.at'),
    })} FROM dec_placed d ${OF_CIRCUMSTANCES}`,
  ],
];

/** By identifier, else by where any copy of it is stored (`resolver`). */
function resolved(id: string): string {
  return `CASE WHEN i1.decision_id IS NOT NULL THEN ${id}
      ELSE coalesce(p1.decision_id, p2.decision_id, ${id}) END`;
}

function resolving(id: string, place: string): string {
  return `LEFT JOIN dec_ids i1 ON i1.decision_id = ${id}
    LEFT JOIN dec_places p1 ON p1.place = ${place} LEFT JOIN dec_places p2 ON p2.place = ${id}`;
}
