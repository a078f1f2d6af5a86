import { TABLES } from '#src/domain/tables/schema.ts';
import { CARE_ROWS, CARE_STEPS, OUTCOME_STEPS } from '#src/sql/tables/derive-care.ts';
import { DECISION_ROWS, DECISION_STEPS } from '#src/sql/tables/derive-decisions.ts';
import {
  EXPOSURE_ROWS,
  EXPOSURE_STEPS,
  LINKED_DECISIONS,
  SHOWN_STEPS,
} from '#src/sql/tables/derive-exposures.ts';
import {
  ADVICE_ROWS,
  RECOMMENDATION_ROWS,
  RECOMMENDATION_STEPS,
  SCORE_STEPS,
} from '#src/sql/tables/derive-recommendations.ts';
import type { Step } from '#src/sql/tables/step.ts';
import { circles, cutCircles } from './circles.ts';
import type { Database } from './database.ts';

/** Wide rows are written down only where several steps go through them; few cells always are. */
const WRITTEN: ReadonlySet<string> = new Set([
  ...['patients', 'stay_lists', 'out_found', 'rec_in_force', 'rec_fired', 'rec_any'],
  ...['rec_actions', 'rec_named', 'rec_shared', 'rec_linked', 'rec_links'],
  ...['dec_nowhere', 'dec_identified', 'dec_remnants', 'dec_named', 'dec_places', 'dec_ids'],
  ...['dec_some', 'dec_stand_ins', 'dec_links', 'dec_replaced', 'dec_derived', 'answered_on'],
  ...['exp_recorded', 'exp_implied'],
]);
const isWritten = (name: string): boolean =>
  WRITTEN.has(name) ||
  Object.hasOwn(TABLES, name) ||
  name.includes('_several') ||
  name.endsWith('_copied');

async function make(db: Database, steps: readonly Step[], view?: string) {
  for (const [name, select, unless] of steps) {
    const isRare = unless !== undefined && (await hasRows(db, unless.empty));
    // What is rare looks at its rows several times: as views within views that would multiply.
    const written = isRare || (isWritten(name) && name !== view);
    const rows = unless === undefined || isRare ? select : unless.select;
    await db.run(`CREATE ${written ? 'TABLE' : 'VIEW'} ${name} AS ${rows}`);
  }
}

const hasRows = async (db: Database, table: string): Promise<boolean> =>
  (await db.rows(`FROM ${table} LIMIT 1`)).length > 0;

/** Leaves tables alone, whatever led to them. */
async function tidy(db: Database): Promise<void> {
  const tables = new Set<string>(Object.keys(TABLES));
  for (const { name } of await db.rows(
    'SELECT view_name AS name FROM duckdb_views() WHERE NOT internal',
  ))
    await db.run(`DROP VIEW "${String(name)}"`);
  for (const { name } of await db.rows('SELECT table_name AS name FROM duckdb_tables()'))
    if (!tables.has(String(name))) await db.run(`DROP TABLE "${String(name)}"`);
}

/** The tables of what was read, as `deriveTables` makes them. */
export async function derive(db: Database): Promise<void> {
  await make(db, [...CARE_STEPS, ...OUTCOME_STEPS, ...CARE_ROWS, ...RECOMMENDATION_STEPS]);
  await cutCircles(db);
  await make(db, [...RECOMMENDATION_ROWS, ...SCORE_STEPS, ...DECISION_STEPS]);
  await circles(db);
  await make(db, [...DECISION_ROWS, ...EXPOSURE_STEPS, ...EXPOSURE_ROWS, ...LINKED_DECISIONS]);
  await tidy(db);
}

/** `decisions` alone, as a view: what only other tables need is never worked out. */
export async function deriveDecisions(db: Database): Promise<void> {
  await make(db, [...CARE_STEPS, ...OUTCOME_STEPS, ...RECOMMENDATION_STEPS.slice(0, 5)]);
  // Whether something newer stands in its place is said by recommendations, and by no answer.
  await db.run('CREATE TABLE rec_links (replaced VARCHAR, replaced_by VARCHAR)');
  await make(db, [...ADVICE_ROWS, ...DECISION_STEPS]);
  await circles(db);
  await make(db, [...DECISION_ROWS, ...SHOWN_STEPS, ...LINKED_DECISIONS], 'decisions');
}
