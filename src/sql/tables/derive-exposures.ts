import { DECISIONS } from '#src/domain/tables/decisions.ts';
import { CLOCK_TOLERANCE_MS, DAY_MS } from '#src/domain/tables/derive/settings.ts';
import { EXPOSURES } from '#src/domain/tables/exposures.ts';
import { CIRCUMSTANCES, OF_CIRCUMSTANCES, withAbout } from './about.ts';
import { decidedAt } from './derive-decisions.ts';
import { EVER, hourOf, OF_STAYS, unitAt, weekOf } from './lookups.ts';
import { type Step, unchanged } from './step.ts';
import { cells, rewritten } from './typed-row.ts';
import { lastVersions, oneOfCopies, severalOf } from './versions.ts';

const COUNTS = "d.status = 'final' AND d.response NOT IN ('withdrawn', 'unknown')";
const SAME = (a: string, b: string): string =>
  `${a}.recommendation_id = ${b}.recommendation_id AND ${a}.recommendation_version = ${b}.recommendation_version
    AND ${a}.clinician_id = ${b}.clinician_id`;
const KEY = 'recommendation_id, recommendation_version, clinician_id';

const shares = (name: string): boolean =>
  Object.hasOwn(EXPOSURES.columns, name) && Object.hasOwn(DECISIONS.columns, name);

/** When it was displayed, as far as the answer can tell: never after the answer. */
const SHOWN_BEFORE = `CASE WHEN d.at IS NOT NULL THEN least(coalesce(
    CASE WHEN d.time_quality = 'ok' THEN d.displayed_at END, d.at - coalesce(d.dwell_ms, 0)), d.at) END`;

/** What `displayed` fills, of recorded displays and of those that an answer implies. */
const displayed = (from: string, to: string): readonly Step[] => [
  withAbout(`${to}_of`, from, 'displayed_at'),
  [
    `${to}_about`,
    `SELECT *, CASE WHEN time_quality = 'ahead-of-server' THEN recorded_at ELSE displayed_at END AS at
     FROM ${to}_of`,
  ],
  [
    `${to}_placed`,
    `SELECT d.* REPLACE (coalesce(d.unit, ${unitAt('d.at')}, a.unit, d.about_unit) AS unit)
     FROM ${to}_about d ${OF_STAYS('d')} LEFT JOIN answered_on a ON ${SAME('a', 'd')}`,
  ],
  [
    to,
    `SELECT ${rewritten(EXPOSURES, 'd', {
      ...CIRCUMSTANCES,
      displayed_week: weekOf('d.at'),
      displayed_hour: hourOf('d.at'),
    })} FROM ${to}_placed d ${OF_CIRCUMSTANCES}`,
  ],
];

const earlier = (group: string): string =>
  `row_number() OVER (PARTITION BY ${group} ORDER BY displayed_at, exposure_id) - 1`;

const EXPOSURES_READ: readonly Step[] = [
  ['exp_several', severalOf('read_exposures', 'place')],
  [
    'exp_latest',
    lastVersions('read_exposures', 'exp_several'),
    unchanged('exp_several', 'read_exposures'),
  ],
  ['exp_copied', severalOf('exp_latest', 'exposure_id')],
  [
    'exp_one',
    oneOfCopies(EXPOSURES, 'exp_latest', 'exp_copied', 'exposure_id'),
    unchanged('exp_copied', 'exp_latest'),
  ],
];

/** An answer without a display before it implies one. @param recorded displays. @param columns of it. */
const implied = (recorded: string, columns: string): string => `SELECT ${columns}
    FROM (SELECT *, row_number() OVER (PARTITION BY ${KEY}
        ORDER BY coalesce(${SHOWN_BEFORE}, ${EVER}), decision_id) AS nth FROM (
        SELECT d.*, ${decidedAt('d')} AS at FROM dec_derived d) d
      WHERE ${COUNTS} AND NOT EXISTS (SELECT 1 FROM ${recorded} e WHERE ${SAME('e', 'd')} AND e.status = 'final'
        AND coalesce(e.displayed_at, -${EVER}) <= coalesce(d.at, ${EVER}) + ${CLOCK_TOLERANCE_MS})) d WHERE nth = 1`;
const IMPLIED_ID = "'implied:' || d.decision_id";

/** As much of displays as answers take from them: which there were, and when. */
export const SHOWN_STEPS: readonly Step[] = [
  ...EXPOSURES_READ,
  [
    'exp_all',
    `SELECT exposure_id, ${KEY}, status, displayed_at FROM exp_one UNION ALL ${implied(
      'exp_one',
      `${IMPLIED_ID}, ${KEY}, status, ${SHOWN_BEFORE}`,
    )}`,
  ],
];

export const EXPOSURE_STEPS: readonly Step[] = [
  ...EXPOSURES_READ,
  [
    'answered_on',
    `SELECT * EXCLUDE (nth) FROM (SELECT ${KEY}, unit, row_number() OVER (PARTITION BY ${KEY}
       ORDER BY coalesce(decided_at, -${EVER}), decision_id) AS nth
       FROM dec_derived WHERE unit IS NOT NULL) WHERE nth = 1`,
  ],
  ...displayed('exp_one', 'exp_recorded'),
  [
    'exp_implied',
    implied(
      'exp_recorded',
      cells(EXPOSURES, {
        ...Object.fromEntries(
          Object.keys(EXPOSURES.columns)
            .filter(shares)
            .map((name) => [name, `d."${name}"`]),
        ),
        exposure_id: IMPLIED_ID,
        displayed_at: SHOWN_BEFORE,
        displayed_offset_min: 'd.decided_offset_min',
        implied: 'true',
      }),
    ),
  ],
  ...displayed('exp_implied', 'exp_implied_whole'),
  ['exp_all', 'SELECT * FROM exp_recorded UNION ALL SELECT * FROM exp_implied_whole'],
];

/** With how much each clinician had seen before. */
export const EXPOSURE_ROWS: readonly Step[] = [
  [
    'exposures',
    `WITH valid AS (SELECT exposure_id, ${earlier('clinician_id, model_id')} AS of_model,
        CASE WHEN encounter_id IS NOT NULL THEN ${earlier('clinician_id, encounter_id')} END AS of_encounter
        FROM exp_all WHERE status = 'final' AND displayed_at IS NOT NULL)
     SELECT ${rewritten(EXPOSURES, 'e', {
       exposures_to_date: 'v.of_model',
       alerts_this_encounter: 'v.of_encounter',
     })} FROM exp_all e LEFT JOIN valid v ON v.exposure_id = e.exposure_id`,
  ],
];

/** Real actions after an answer, of the same care (`adherence.ts`). */
const DONE = `SELECT d.decision_id,
    bool_or(o.outcome_code = d.action_code OR o.outcome_id = d.action_reference) AS attested,
    bool_or(a.rule IS NOT NULL) AS advised
  FROM dec_derived d JOIN out_found o ON o.patient_id IS NOT DISTINCT FROM d.patient_id
    AND o.kind = 'action' AND o.label AND o.status = 'final'
    AND o.happened_at BETWEEN d.decided_at AND d.decided_at + ${DAY_MS}
    AND (o.recommendation_id = d.recommendation_id OR CASE
      WHEN o.encounter_id IS NOT NULL AND d.encounter_id IS NOT NULL THEN o.encounter_id = d.encounter_id
      ELSE o.patient_id IS NOT NULL END)
  LEFT JOIN model_actions a ON a.rule = o.rule AND a.model_id IS NOT DISTINCT FROM d.model_id
    AND a.model_version IS NOT DISTINCT FROM d.model_version
  GROUP BY d.decision_id`;

/** The last display before the answer, and what was really done after it. */
export const LINKED_DECISIONS: readonly Step[] = [
  [
    'decisions',
    `WITH shown AS (SELECT d.decision_id, e.exposure_id, row_number() OVER (PARTITION BY d.decision_id
        ORDER BY coalesce(e.displayed_at, -${EVER}) DESC, e.exposure_id DESC) AS nth
        FROM dec_derived d JOIN exp_all e ON ${SAME('e', 'd')} AND e.status = 'final'
          AND coalesce(e.displayed_at, -${EVER}) <= coalesce(${decidedAt('d')}, ${EVER}) + ${CLOCK_TOLERANCE_MS}),
      done AS (${DONE})
     SELECT ${rewritten(DECISIONS, 'd', {
       exposure_id: 's.exposure_id',
       attested_done: `CASE WHEN d.action_code IS NULL AND d.action_reference IS NULL THEN NULL
         ELSE coalesce(n.attested, false) END`,
       late_adherence_24h: `CASE WHEN d.response = 'overridden' AND d.status = 'final' AND m.has_actions
         THEN coalesce(n.advised, false) END`,
     })} FROM dec_derived d LEFT JOIN shown s ON s.decision_id = d.decision_id AND s.nth = 1
     LEFT JOIN done n ON n.decision_id = d.decision_id
     LEFT JOIN model_settings m ON m.model_id IS NOT DISTINCT FROM d.model_id
       AND m.model_version IS NOT DISTINCT FROM d.model_version`,
  ],
];
