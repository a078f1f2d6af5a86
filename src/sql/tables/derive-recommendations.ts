import { RECOMMENDATIONS } from '#src/domain/tables/recommendations.ts';
import { SCORES } from '#src/domain/tables/scores.ts';
import {
  EVER,
  fires,
  OF_MODEL,
  OF_PATIENT,
  OF_PLACE,
  OF_STAYS,
  stateAt,
  subgroup,
  thresholdAt,
  unitAt,
  weekOf,
} from './lookups.ts';
import { type Step, unchanged } from './step.ts';
import { rewritten } from './typed-row.ts';
import { lastVersions, rowsOfLastVersions, severalOf } from './versions.ts';

/** What both tables derive alike, once `unit` is known. */
const derived = (row: string, at: string) => ({
  ...subgroup(at),
  site: `coalesce(${row}.site, u.site, h.site)`,
  threshold: `CASE WHEN ${row}.score IS NOT NULL THEN ${thresholdAt(at)} END`,
  horizon_h: `coalesce(${row}.horizon_h, m.horizon_h)`,
  outcome_code: `coalesce(${row}.outcome_code, m.outcome_code)`,
});

const JOINS = `${OF_MODEL('d')} ${OF_PATIENT('d')} ${OF_PLACE('d')}`;

/**
 * `replacers` first without links in a circle: where a replacer is older than what it replaces there may
 * be one, and `cut` names the recommendations that a walk through `links` found to be the newest of theirs.
 */
export const RECOMMENDATION_STEPS: readonly Step[] = [
  ['rec_several_read', severalOf('read_recommendations', 'place')],
  [
    'rec_versions',
    lastVersions('read_recommendations', 'rec_several_read', { part: ['recommendation_version'] }),
    unchanged('rec_several_read', 'read_recommendations'),
  ],
  [
    'rec_actions',
    'SELECT place, unnest(action_of) AS cited FROM read_recommendations WHERE len(action_of) > 0',
  ],
  [
    'rec_own',
    `SELECT r.* FROM rec_versions r WHERE len(r.action_of) = 0 OR NOT EXISTS (
      SELECT 1 FROM (SELECT place, unnest(action_of) AS cited FROM rec_versions WHERE len(action_of) > 0) a
      JOIN rec_versions k ON k.place = a.cited AND len(k.action_of) = 0 WHERE a.place = r.place)`,
    unchanged('rec_actions', 'rec_versions'),
  ],
  [
    'rec_latest',
    lastVersions('rec_own', 'rec_several_read'),
    unchanged('rec_several_read', 'rec_own'),
  ],
  [
    'rec_named',
    `SELECT place, carrier || '|' || unnest(identifiers) AS name FROM rec_latest
     WHERE len(identifiers) > 0 AND status <> 'entered-in-error'`,
  ],
  ['rec_shared', 'SELECT name FROM rec_named GROUP BY name HAVING count(DISTINCT place) > 1'],
  [
    'rec_linked',
    `SELECT place FROM rec_named WHERE name IN (SELECT name FROM rec_shared)
     UNION SELECT place FROM rec_latest WHERE len(replaces) > 0
     UNION SELECT unnest(replaces) FROM rec_latest WHERE len(replaces) > 0`,
  ],
  [
    'rec_in_force',
    `SELECT *, row_number() OVER (ORDER BY coalesce(fired_at, -${EVER}), coalesce(updated_at, 0), place) AS nth
     FROM rec_latest WHERE status <> 'entered-in-error' AND place IN (SELECT place FROM rec_linked)`,
  ],
  [
    'rec_links',
    `WITH named AS (SELECT place, nth, carrier || '|' || unnest(identifiers) AS name FROM rec_in_force WHERE len(identifiers) > 0),
      newest AS (SELECT name, arg_max(place, nth) AS replaced_by FROM named GROUP BY name HAVING count(DISTINCT place) > 1),
      shared AS (SELECT n.place AS replaced, max(w.replaced_by) AS replaced_by FROM named n JOIN newest w ON w.name = n.name AND w.replaced_by <> n.place GROUP BY n.place),
      said AS (SELECT replaced, arg_max(place, nth) AS replaced_by FROM (
        SELECT place, nth, unnest(replaces) AS replaced FROM rec_in_force WHERE len(replaces) > 0)
        WHERE replaced <> place GROUP BY replaced)
     SELECT replaced, replaced_by FROM said UNION ALL
     SELECT replaced, replaced_by FROM shared WHERE replaced NOT IN (SELECT replaced FROM said)`,
  ],
];

const STATUS = `CASE WHEN l.status = 'entered-in-error' THEN 'entered-in-error'
    WHEN l.recommendation_version <> r.recommendation_version THEN 'superseded'
    WHEN k.replaced_by IS NOT NULL AND r.status = 'current' THEN 'superseded' ELSE r.status END`;
const SUPERSEDED_BY = `CASE WHEN l.status = 'entered-in-error' THEN r.superseded_by
    WHEN l.recommendation_version <> r.recommendation_version THEN r.recommendation_id
    WHEN k.replaced_by IS NOT NULL AND r.status = 'current' THEN k.replaced_by ELSE r.superseded_by END`;

const RECOMMENDATIONS_DERIVED: readonly Step[] = [
  [
    'rec_placed',
    `SELECT ${rewritten(RECOMMENDATIONS, 'r', {
      status: STATUS,
      superseded_by: SUPERSEDED_BY,
      unit: `coalesce(r.unit, ${unitAt('r.fired_at')})`,
    })} FROM rec_own r JOIN rec_latest l ON l.place = r.place LEFT JOIN rec_links k ON k.replaced = r.place
     ${OF_STAYS('r')}`,
  ],
  [
    'rec_derived',
    `SELECT ${rewritten(RECOMMENDATIONS, 'd', {
      ...derived('d', 'd.fired_at'),
      model_state: `coalesce(d.model_state, ${stateAt('d.fired_at')})`,
      fired_week: weekOf('d.fired_at'),
    })} FROM rec_placed d ${JOINS}`,
  ],
];

const FIRED = `FROM rec_derived d WHERE (${fires('d')}) IS DISTINCT FROM false`;

/** As much of recommendations as answers take from them. */
export const ADVICE_ROWS: readonly Step[] = [
  ...RECOMMENDATIONS_DERIVED,
  [
    'recommendations',
    `SELECT recommendation_id, recommendation_version, recommendation_identifier, patient_id, encounter_id,
       model_id, model_version, risk_band, arm, unit, fired_at ${FIRED}`,
  ],
];

export const RECOMMENDATION_ROWS: readonly Step[] = [
  ...RECOMMENDATIONS_DERIVED,
  ['rec_fired', `SELECT * ${FIRED}`],
  [
    'recommendations',
    `WITH firsts AS (SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY recommendation_id
        ORDER BY fired_at NULLS LAST, recommendation_version) AS nth
        FROM rec_fired WHERE status IN ('current', 'superseded')) WHERE nth = 1),
      counted AS (SELECT recommendation_id, row_number() OVER (PARTITION BY patient_id, model_id
        ORDER BY fired_at, recommendation_id) - 1 AS earlier
        FROM firsts WHERE fired_at IS NOT NULL AND patient_id IS NOT NULL)
     SELECT ${rewritten(RECOMMENDATIONS, 'f', { repeat_for_patient: 'c.earlier' })}
     FROM rec_fired f LEFT JOIN counted c ON c.recommendation_id = f.recommendation_id`,
  ],
];

export const SCORE_STEPS: readonly Step[] = [
  ['score_several', severalOf('read_scores', 'place')],
  [
    'score_rows',
    rowsOfLastVersions('read_scores', 'score_several'),
    unchanged('score_several', 'read_scores'),
  ],
  [
    'score_placed',
    `SELECT ${rewritten(SCORES, 'r', {
      unit: `coalesce(r.unit, ${unitAt('r.scored_at')})`,
    })} FROM score_rows r ${OF_STAYS('r')}`,
  ],
  [
    'score_derived',
    `SELECT ${rewritten(SCORES, 'd', {
      ...derived('d', 'd.scored_at'),
      scored_week: weekOf('d.scored_at'),
    })} FROM score_placed d ${JOINS}`,
  ],
  ['scores', `SELECT ${rewritten(SCORES, 'd', { fired: fires('d') })} FROM score_derived d`],
];
