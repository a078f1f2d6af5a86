import type { PreparedContext } from '#src/fhir/tables/table-context.ts';
import {
  type CareType,
  ODD_ENCOUNTERS,
  ODD_PATIENTS,
  OUTCOME_TYPES,
  oddOutcomes,
  readEncounters,
  readOutcomes,
  readPatients,
} from '#src/sql/tables/read-care.ts';
import { ODD_FEEDBACK, readDecisions, readExposures } from '#src/sql/tables/read-feedback.ts';
import { marked, readRecommendations, readScores } from '#src/sql/tables/read-inferences.ts';
import type { Problems } from '../sources/problems.ts';
import { careTables } from './care-tables.ts';
import type { Database } from './database.ts';
import { type Folder, IN_SQL, type InSql } from './folder.ts';
import { dropGone, handOver, settleBadLines } from './hand-over.ts';
import { inferenceTables } from './inference-tables.ts';
import { NEEDED, neededAdvice, neededCare } from './needed.ts';
import { resourcesIn } from './read-lines.ts';
import type { RowFiles } from './row-files.ts';
import { reasonTable } from './settings-tables.ts';
import { loadSources } from './sources.ts';
import { stagedView } from './staged-views.ts';
import { forFiles, forRows } from './threads.ts';

export interface Reading {
  readonly db: Database;
  readonly folder: Folder;
  readonly rows: RowFiles;
  readonly context: PreparedContext;
  readonly problems: Problems;
  /** Epoch ms. */
  readonly asOf: number | undefined;
  /** Whether all rows are wanted, or only those that answers need. */
  readonly whole: boolean;
  readonly tell: (words: string) => void;
}

const ODD: Readonly<Record<InSql, string>> = {
  Observation: ODD_FEEDBACK,
  RiskAssessment: 'SELECT id FROM marked_inferences WHERE NOT plain',
  Encounter: ODD_ENCOUNTERS,
  Patient: ODD_PATIENTS,
  Condition: oddOutcomes('Condition'),
  Procedure: oddOutcomes('Procedure'),
  MedicationAdministration: oddOutcomes('MedicationAdministration'),
};
const CARE_TYPES: readonly CareType[] = ['Encounter', 'Patient', ...OUTCOME_TYPES];
const sourceOf = (type: InSql): string => `source_${type.toLowerCase()}`;

async function load(reading: Reading, type: InSql): Promise<void> {
  const { db, folder, rows, problems, tell, whole } = reading;
  tell(`${type}: ${folder.sql[type].length} files`);
  await forFiles(db, folder.sql[type]);
  await loadSources(db, type, folder.sql[type], whole ? undefined : NEEDED[type]);
  await forRows(db);
  await settleBadLines(db, type, folder, rows, problems);
  await dropGone(db, type, folder);
}

/** One version of a resource may be plain and another not: then all of them go the other way. */
async function handOverOdd(
  { db, folder, rows }: Reading,
  type: InSql,
  from = sourceOf(type),
): Promise<number> {
  const found = { from, inOrder: type === 'Observation' };
  const count = await handOver(db, folder.sql[type], ODD[type], found, folder, rows);
  if (count > 0) await db.run(`DELETE FROM ${from} WHERE id IN (SELECT id FROM handed_over)`);
  return count;
}

async function readFeedback(reading: Reading): Promise<number> {
  const { db, context, asOf } = reading;
  await load(reading, 'Observation');
  const count = await handOverOdd(reading, 'Observation');
  await reasonTable(db);
  await stagedView(db, 'decisions', [readDecisions(context.sink)], asOf);
  await stagedView(db, 'exposures', [readExposures], asOf);
  return count;
}

async function readInferences(reading: Reading): Promise<number> {
  const { db, context, asOf } = reading;
  await load(reading, 'RiskAssessment');
  await inferenceTables(db, context);
  await db.run(`CREATE TABLE marked_inferences AS ${marked('source_riskassessment')}`);
  await db.run('DROP TABLE source_riskassessment');
  const count = await handOverOdd(reading, 'RiskAssessment', 'marked_inferences');
  await stagedView(db, 'recommendations', [readRecommendations], asOf);
  await stagedView(db, 'scores', [readScores], asOf);
  return count;
}

async function readCare(reading: Reading): Promise<number> {
  const { db, context, asOf } = reading;
  for (const type of CARE_TYPES) await load(reading, type);
  await careTables(db, context);
  let count = 0;
  for (const type of CARE_TYPES) count += await handOverOdd(reading, type);
  await stagedView(db, 'encounters', [readEncounters], asOf);
  await stagedView(db, 'patients', [readPatients], asOf);
  await stagedView(db, 'outcomes', OUTCOME_TYPES.map(readOutcomes), asOf);
  return count;
}

async function readOthers({ folder, rows, problems, tell }: Reading): Promise<number> {
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

async function plainOnes(db: Database): Promise<number> {
  const tables = IN_SQL.map((type) =>
    type === 'RiskAssessment' ? 'marked_inferences' : sourceOf(type),
  );
  const all = tables.map((name) => `SELECT count(*) AS n FROM ${name}`);
  const [counted] = await db.rows(`SELECT sum(n) AS n FROM (${all.join(' UNION ALL ')})`);
  return Number(counted?.n);
}

/**
 * Every file once, into views `read_<table>`: answers first, since what they are about says what else is
 * needed where only they are wanted. @returns how many resources each engine read.
 */
export async function readFolder(
  reading: Reading,
): Promise<{ readonly byTypescript: number; readonly bySql: number }> {
  const { db, rows, whole, asOf } = reading;
  let byTypescript = (await readFeedback(reading)) + (await readOthers(reading));
  await rows.load(db);
  if (!whole) await neededAdvice(db);
  byTypescript += await readInferences(reading);
  await rows.load(db);
  if (!whole) await neededCare(db);
  byTypescript += await readCare(reading);
  await rows.load(db);
  await stagedView(db, 'unread', [], asOf);
  return { byTypescript, bySql: await plainOnes(db) };
}
