import { toEncounterRows } from '#src/fhir/tables/encounter-rows.fhir.ts';
import { toOutcomeRows } from '#src/fhir/tables/outcome-rows.fhir.ts';
import { toPatientFacts } from '#src/fhir/tables/patient-facts.fhir.ts';
import type { PreparedContext } from '#src/fhir/tables/table-context.ts';
import { OUTCOME_TYPES } from '#src/sql/tables/read-care.ts';
import type { Database } from './database.ts';
import { smallTable } from './settings-tables.ts';

/** Cells of a struct come with their nulls; a resource has none. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, one]) => one !== null);
  return Object.fromEntries(entries.map(([name, one]) => [name, withoutNulls(one)]));
}

interface Pattern {
  readonly sent: string;
  /** A resource that says nothing else. */
  readonly resource: object;
}

async function patternsOf(db: Database, type: string): Promise<readonly Pattern[]> {
  const rows = await db.rows(`SELECT DISTINCT pattern AS sent FROM source_${type.toLowerCase()}`);
  return rows.flatMap(({ sent }) => {
    if (typeof sent !== 'string') return [];
    const said = withoutNulls(JSON.parse(sent));
    const own = typeof said === 'object' && said !== null ? { ...said } : {};
    const meta = 'security' in own ? { meta: { security: own.security } } : {};
    return [{ sent, resource: { resourceType: type, id: 'pattern', ...own, ...meta } }];
  });
}

/**
 * What TypeScript says of words and codes of patients, encounters and outcomes: few in millions of rows,
 * so SQL joins the answer. Times, references and versions are SQL’s own.
 */
export async function careTables(db: Database, context: PreparedContext): Promise<void> {
  const words = (...names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, 'VARCHAR']));
  await smallTable(
    db,
    'patient_patterns',
    words('sent', 'race_ethnicity', 'language'),
    (await patternsOf(db, 'Patient')).flatMap(({ sent, resource }) =>
      toPatientFacts(resource, context).map(({ row }) => [sent, row.race_ethnicity, row.language]),
    ),
  );
  await smallTable(
    db,
    'encounter_patterns',
    words('sent', 'encounter_class', 'specialty'),
    (await patternsOf(db, 'Encounter')).flatMap(({ sent, resource }) =>
      toEncounterRows(resource, context).map(({ row }) => [
        sent,
        row.encounter_class,
        row.specialty,
      ]),
    ),
  );
  const found = [];
  for (const type of OUTCOME_TYPES)
    for (const { sent, resource } of await patternsOf(db, type))
      for (const { row } of toOutcomeRows(resource, context))
        found.push([type, sent, row.rule, row.kind, row.outcome_code, row.status, row.critical]);
  await smallTable(
    db,
    'outcome_patterns',
    { ...words('type', 'sent', 'rule', 'kind', 'outcome_code', 'status'), critical: 'BOOLEAN' },
    found,
  );
}
