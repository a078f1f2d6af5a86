import type { TableSettings } from '#src/domain/tables/derive/settings.ts';
import { prepareContext, type TableContext } from '#src/fhir/tables/table-context.ts';
import { macros } from '#src/sql/tables/macros.ts';
import { ODD_FEEDBACK, readDecisions, readExposures } from '#src/sql/tables/read-feedback.ts';
import { marked, readRecommendations, readScores } from '#src/sql/tables/read-inferences.ts';
import { STAGED_NAMES, stagedColumns } from '#src/sql/tables/staging.ts';
import { type Problems, problemList } from '../sources/problems.ts';
import { type Database, type DatabaseOptions, openDatabase } from './database.ts';
import { derive } from './derive.ts';
import { deriveFew } from './few.ts';
import { fewTables } from './few-tables.ts';
import { type Folder, IN_SQL, listFolder } from './folder.ts';
import { dropGone, handOver, settleBadLines } from './hand-over.ts';
import { inferenceTables } from './inference-tables.ts';
import { neededFirst, resourcesIn } from './read-lines.ts';
import { type RowFiles, rowFiles } from './row-files.ts';
import { modelTables, reasonTable, siteTables } from './settings-tables.ts';
import { loadSources } from './sources.ts';

export interface FolderTables {
  /** Every flat table, by its name; close it when done. */
  readonly db: Database;
  readonly problems: Problems;
  /** Resources that TypeScript read, since something in them is not plain, or their type is rare. */
  readonly byTypescript: number;
  /** Rows that SQL read of their resources, every version counted. */
  readonly bySql: number;
}

export interface FolderOptions extends DatabaseOptions {
  /** What is being done, in words; for standard error. */
  readonly onProgress?: (words: string) => void;
}

/**
 * The flat tables of a folder of FHIR NDJSON in DuckDB: SQL reads answers, displays and risk assessments
 * as far as they are plain, `fhir/tables` the rest, and SQL derives all of them as `deriveTables` does.
 * Throws an Error whose message is for the user, and `UnknownTimeZoneError`.
 */
export async function tablesFromFolder(
  place: string,
  context: Omit<TableContext, 'known'>,
  settings: TableSettings,
  options: FolderOptions,
): Promise<FolderTables> {
  const tell = options.onProgress ?? (() => undefined);
  const folder = await listFolder(place);
  const db = await openDatabase(options);
  try {
    const prepared = prepareContext({ ...context, known: await neededFirst(folder) });
    const rows = rowFiles(db.folder, prepared);
    const problems = problemList();
    for (const sql of macros(prepared)) await db.run(sql);
    for (const name of STAGED_NAMES) {
      const columns = stagedColumns(name).map(([column, type]) => `"${column}" ${type}`);
      await db.run(`CREATE TABLE read_${name} (${columns.join(', ')})`);
    }
    for (const type of IN_SQL) {
      tell(`${type}: ${folder.sql[type].length} files`);
      await loadSources(db, type, folder.sql[type]);
      await settleBadLines(db, type, folder, rows, problems);
      await dropGone(db, type, folder);
    }
    const byTypescript =
      (await readFeedback(db, folder, rows, context.sink)) +
      (await readInferences(db, folder, rows, prepared)) +
      (await readOthers(folder, rows, problems, tell));
    const bySql = await stagedRows(db);
    const { few, problems: found } = await rows.load(db);
    problems.addRead(place, found);
    if (settings.asOf !== undefined) await forget(db, settings.asOf);
    tell('tables');
    const small = deriveFew(few, settings);
    await fewTables(db, small);
    await siteTables(db, settings);
    await modelTables(db, settings, small.changes);
    await derive(db);
    return { db, problems, byTypescript, bySql };
  } catch (cause) {
    await db.close();
    throw cause;
  }
}

async function readFeedback(
  db: Database,
  folder: Folder,
  rows: RowFiles,
  sink: TableContext['sink'],
): Promise<number> {
  const whole = ['decisions', 'exposures'].map((name) => `SELECT resource_id FROM raw_${name}`);
  const count = await handOver(
    db,
    folder.sql.Observation,
    `SELECT id FROM source_observation WHERE id NOT IN (${whole.join(' UNION ALL ')}) UNION ${ODD_FEEDBACK}`,
    folder,
    rows,
  );
  // One version of a resource may be plain and another not: then all of them went the other way.
  await db.run('DELETE FROM source_observation WHERE id IN (SELECT id FROM handed_over)');
  await reasonTable(db);
  await db.run(`INSERT INTO read_decisions ${readDecisions(sink)}`);
  await db.run(`INSERT INTO read_exposures ${readExposures}`);
  for (const name of ['decisions', 'exposures']) await db.run(`DROP VIEW raw_${name}`);
  await db.run('DROP TABLE source_observation');
  return count;
}

async function readInferences(
  db: Database,
  folder: Folder,
  rows: RowFiles,
  context: Parameters<typeof inferenceTables>[1],
): Promise<number> {
  await inferenceTables(db, context);
  await db.run(`CREATE TABLE marked_inferences AS ${marked('source_riskassessment')}`);
  await db.run('DROP TABLE source_riskassessment');
  const strange = 'SELECT id FROM marked_inferences WHERE NOT plain';
  const count = await handOver(db, folder.sql.RiskAssessment, strange, folder, rows);
  await db.run('DELETE FROM marked_inferences WHERE id IN (SELECT id FROM handed_over)');
  await db.run(`INSERT INTO read_recommendations ${readRecommendations}`);
  await db.run(`INSERT INTO read_scores ${readScores}`);
  await db.run('DROP TABLE marked_inferences');
  return count;
}

async function readOthers(
  folder: Folder,
  rows: RowFiles,
  problems: Problems,
  tell: (words: string) => void,
): Promise<number> {
  let count = 0;
  for (const path of folder.others) {
    tell(path);
    for await (const resource of resourcesIn(path, folder, problems)) {
      await rows.add(resource);
      count++;
    }
  }
  return count;
}

async function stagedRows(db: Database): Promise<number> {
  const all = STAGED_NAMES.map((name) => `SELECT count(*) AS n FROM read_${name}`);
  const [counted] = await db.rows(`SELECT sum(n) AS n FROM (${all.join(' UNION ALL ')})`);
  return Number(counted?.n);
}

/** What the servers stored later is not known yet (`known-at.ts`). */
async function forget(db: Database, asOf: number): Promise<void> {
  for (const name of STAGED_NAMES)
    await db.run(
      `DELETE FROM read_${name} WHERE ${name === 'unread' ? 'recorded_at' : 'updated_at'} > ${asOf}`,
    );
}
