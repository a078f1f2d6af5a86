import { ENCOUNTERS } from '#src/domain/tables/encounters.ts';
import { OUTCOMES } from '#src/domain/tables/outcomes.ts';
import { EVER, OF_PATIENT, OF_PLACE, subgroup } from './lookups.ts';
import { type Step, unchanged } from './step.ts';
import { cells, rewritten } from './typed-row.ts';
import { lastVersions, rowsOfLastVersions, severalOf } from './versions.ts';

export const CARE_STEPS: readonly Step[] = [
  ['pat_several', severalOf('read_patients', 'place')],
  [
    'patients',
    lastVersions('read_patients', 'pat_several', { hasStatus: false }),
    unchanged('pat_several', 'read_patients'),
  ],
  // Of one version there are as many rows as stays.
  [
    'enc_several',
    'SELECT place FROM read_encounters GROUP BY place HAVING count(*) <> max(stay) + 1',
  ],
  [
    'stays',
    rowsOfLastVersions('read_encounters', 'enc_several'),
    unchanged('enc_several', 'read_encounters'),
  ],
  [
    'stay_lists',
    `SELECT encounter_id, list_sort(list({ later: -stay, unit: unit, here_from: coalesce(stay_start, -${EVER}),
       here_until: coalesce(stay_end, ${EVER}) })) AS stays
     FROM stays WHERE status = 'final' GROUP BY encounter_id`,
  ],
];

/** Tables of care: who looks only at answers does not need them. */
export const CARE_ROWS: readonly Step[] = [
  [
    'encounters',
    `SELECT ${rewritten(ENCOUNTERS, 'd', {
      ...subgroup('d.stay_start'),
      site: 'coalesce(d.site, u.site, h.site)',
    })} FROM stays d ${OF_PATIENT('d')} ${OF_PLACE('d')}`,
  ],
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

export const OUTCOME_STEPS: readonly Step[] = [
  ['out_several', severalOf('read_outcomes', 'place')],
  [
    'out_found',
    rowsOfLastVersions('read_outcomes', 'out_several'),
    unchanged('out_several', 'read_outcomes'),
  ],
];
