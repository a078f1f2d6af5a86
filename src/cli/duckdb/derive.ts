import { TABLES } from '#src/domain/tables/schema.ts';
import { CARE_STEPS } from '#src/sql/tables/derive-care.ts';
import { DECISION_ROWS, DECISION_STEPS } from '#src/sql/tables/derive-decisions.ts';
import { EXPOSURE_STEPS, LINKED_DECISIONS } from '#src/sql/tables/derive-exposures.ts';
import {
  RECOMMENDATION_ROWS,
  RECOMMENDATION_STEPS,
  SCORE_STEPS,
  type Step,
} from '#src/sql/tables/derive-recommendations.ts';
import { circles, cutCircles } from './circles.ts';
import type { Database } from './database.ts';

/** Steps that one other step reads: the engine runs both in one pass, and wide rows are written once. */
const ONCE: ReadonlySet<string> = new Set([
  ...['rec_placed', 'rec_derived', 'score_rows', 'score_placed', 'score_derived'],
  ...['dec_headed', 'dec_about', 'dec_placed', 'exp_latest', 'exp_one'],
  ...['exp_recorded_about', 'exp_recorded_placed'],
  ...['exp_implied', 'exp_implied_whole_about', 'exp_implied_whole_placed', 'exp_implied_whole'],
]);

async function make(db: Database, steps: readonly Step[]): Promise<void> {
  for (const [name, select] of steps)
    await db.run(`CREATE ${ONCE.has(name) ? 'VIEW' : 'TABLE'} ${name} AS ${select}`);
}

/** What only led to a table: memory is the limit, and disk after it. */
async function drop(db: Database, prefix: string): Promise<void> {
  const found = await db.rows(
    `SELECT table_name AS name FROM duckdb_tables() WHERE starts_with(table_name, '${prefix}')`,
  );
  for (const { name } of found) await db.run(`DROP TABLE "${String(name)}"`);
}

/** The tables of what was read, as `deriveTables` makes them; what led to them is dropped on the way. */
export async function derive(db: Database): Promise<void> {
  await make(db, CARE_STEPS);
  for (const name of ['out_found', 'read_outcomes', 'read_encounters', 'read_patients'])
    await db.run(`DROP TABLE ${name}`);
  await make(db, RECOMMENDATION_STEPS);
  await cutCircles(db);
  await make(db, RECOMMENDATION_ROWS);
  await drop(db, 'rec_');
  await make(db, SCORE_STEPS);
  await drop(db, 'score_');
  for (const name of ['recommendations', 'scores']) await db.run(`DROP TABLE read_${name}`);
  await make(db, DECISION_STEPS);
  await circles(db);
  await make(db, DECISION_ROWS);
  await make(db, EXPOSURE_STEPS);
  await make(db, LINKED_DECISIONS);
  for (const name of ONCE) await db.run(`DROP VIEW ${name}`);
  const tables = new Set<string>(Object.keys(TABLES));
  for (const { name } of await db.rows('SELECT table_name AS name FROM duckdb_tables()'))
    if (!tables.has(String(name))) await db.run(`DROP TABLE "${String(name)}"`);
}
