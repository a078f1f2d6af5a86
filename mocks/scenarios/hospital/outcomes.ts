import type { Condition, Procedure } from 'fhir/r4';
import { hl7 } from '../ward/build.ts';
import { idOf, instant, metaAt } from './fields.ts';
import type { Row } from './past.ts';
import { OUTCOME_SYSTEM } from './settings.ts';

const code = ({ rule }: Row<'outcomes'>) => ({
  coding: [{ system: OUTCOME_SYSTEM, code: rule }],
  text: rule.replaceAll('-', ' '),
});

const about = ({ patient_id, encounter_id }: Row<'outcomes'>) => ({
  subject: { reference: patient_id ?? '' },
  encounter: { reference: encounter_id ?? '' },
});

/** What the patient turned out to have, coded at discharge. */
export const pastFinding = (row: Row<'outcomes'>): Condition => ({
  resourceType: 'Condition',
  id: idOf(row.outcome_id),
  meta: metaAt(row.recorded_at),
  clinicalStatus: hl7('condition-clinical', 'resolved'),
  verificationStatus: hl7('condition-ver-status', 'confirmed'),
  category: [hl7('condition-category', 'encounter-diagnosis')],
  code: code(row),
  ...about(row),
  onsetDateTime: instant(row.happened_at),
  recordedDate: instant(row.label_at),
});

/** What a model advises, done. */
export const pastAction = (row: Row<'outcomes'>): Procedure => ({
  resourceType: 'Procedure',
  id: idOf(row.outcome_id),
  meta: metaAt(row.recorded_at),
  status: 'completed',
  code: code(row),
  ...about(row),
  performedDateTime: instant(row.happened_at),
});
