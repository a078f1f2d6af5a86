import type { Database } from './database.ts';
import type { InSql } from './folder.ts';

const EXACT = (type: string, ids: string): string =>
  `(NOT coalesce(is_id(id), false) OR place_of('${type}', id) IN (SELECT ${ids}))`;
const OF_PATIENT = `coalesce(plain_ref(subject.reference) IN (SELECT patient_id FROM needed_patients)
  OR plain_ref(subject.reference) IS NULL, true)`;

/** Which lines answers need of each type: what they are about, and what happened to their patients. */
export const NEEDED: Readonly<Partial<Record<InSql, string>>> = {
  RiskAssessment: `(${EXACT('RiskAssessment', 'name FROM needed_advice')} OR len(identifier) > 1
    OR identifier[1].value IN (SELECT name FROM needed_advice))`,
  Encounter: EXACT('Encounter', 'encounter_id FROM needed_encounters'),
  Patient: EXACT('Patient', 'patient_id FROM needed_patients'),
  Condition: OF_PATIENT,
  Procedure: OF_PATIENT,
  MedicationAdministration: OF_PATIENT,
};

const FEEDBACK = ['decisions', 'exposures'];
const both = (columns: string): string =>
  FEEDBACK.map((name) => `SELECT ${columns} FROM read_${name}`).join(' UNION ALL ');

/** What answers and displays name as what they are about, and what actions name that they are of. */
export async function neededAdvice(db: Database): Promise<void> {
  await db.run(`CREATE TABLE needed_advice AS SELECT DISTINCT name FROM (
    SELECT recommendation_id AS name FROM (${both('recommendation_id')})
    UNION ALL SELECT recommendation_identifier FROM read_decisions
    UNION ALL SELECT unnest(action_of) FROM typed_recommendations WHERE len(action_of) > 0)
    WHERE name IS NOT NULL`);
}

/** Whose patient and which encounter: of feedback, and of what it is about. */
export async function neededCare(db: Database): Promise<void> {
  const rows = `${both('patient_id, encounter_id')}
    UNION ALL SELECT patient_id, encounter_id FROM read_recommendations`;
  for (const one of ['patient', 'encounter'])
    await db.run(`CREATE TABLE needed_${one}s AS
      SELECT DISTINCT ${one}_id FROM (${rows}) WHERE ${one}_id IS NOT NULL`);
}
