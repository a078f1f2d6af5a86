import { ENCOUNTERS } from '#src/domain/tables/encounters.ts';
import { OUTCOMES } from '#src/domain/tables/outcomes.ts';
import type { Step } from './derive-recommendations.ts';
import { EVER, OF_PATIENT, OF_PLACE, subgroup } from './lookups.ts';
import { cells, rewritten } from './typed-row.ts';
import { lastVersions, rowsOfLastVersions } from './versions.ts';

export const CARE_STEPS: readonly Step[] = [
  ['patients', lastVersions('read_patients', { hasStatus: false })],
  [
    'stays',
    `SELECT *, coalesce(stay_start, -${EVER}) AS here_from, coalesce(stay_end, ${EVER}) AS here_until
     FROM (${rowsOfLastVersions('read_encounters')})`,
  ],
  [
    'encounters',
    `SELECT ${rewritten(ENCOUNTERS, 'd', {
      ...subgroup('d.stay_start'),
      site: 'coalesce(d.site, u.site, h.site)',
    })} FROM stays d ${OF_PATIENT('d')} ${OF_PLACE('d')}`,
  ],
  ['out_found', rowsOfLastVersions('read_outcomes')],
  [
    'outcomes',
    `SELECT ${rewritten(OUTCOMES, 'f', {})} FROM out_found f
     UNION ALL
     SELECT ${cells(OUTCOMES, {
       outcome_id: 's.encounter_id',
       rule: 'n.rule',
       kind: "'label'",
       outcome_code: 'n.outcome_code',
       patient_id: 's.patient_id',
       encounter_id: 's.encounter_id',
       label: 'false',
       label_at: 's.encounter_end',
       label_source: "'fhir-rule'",
       censored: 'false',
       status: "'final'",
     })} FROM negatives n CROSS JOIN (
       SELECT encounter_id, any_value(patient_id) AS patient_id, any_value(encounter_end) AS encounter_end
       FROM stays WHERE encounter_end IS NOT NULL AND status = 'final' GROUP BY encounter_id) s
     WHERE NOT EXISTS (SELECT 1 FROM out_found f WHERE f.status = 'final' AND f.rule = n.rule
       AND f.encounter_id = s.encounter_id)`,
  ],
];
