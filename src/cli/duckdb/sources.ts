import { DECISIONS_VIEW, EXPOSURES_VIEW } from '#src/fhir/views/feedback.ts';
import { text } from '#src/sql/fhirpath/compile.ts';
import type { ResourceName } from '#src/sql/fhirpath/elements.ts';
import { jsonStructure, markAll, nothingUsed, sqlType, type Used } from '#src/sql/fhirpath/used.ts';
import { scanSql } from '#src/sql/flatten/view-sql.ts';
import { CARE, careScan } from '#src/sql/tables/read-care.ts';
import { INFERENCE_ELEMENTS, INFERENCE_SCAN } from '#src/sql/tables/read-inferences.ts';
import type { Database } from './database.ts';
import type { InSql } from './folder.ts';

/**
 * Bytes of a line. DuckDB takes files in pieces of twice that for each thread: large ones need memory, and
 * leave a thread without work at the end of every file.
 */
const LINE = 4 << 20;
const LONG_LINE = 64 << 20;

/** Files to DuckDB’s `read_json` with the type of every element that is used; a bad line is all null. */
export const readJson = (
  files: readonly string[],
  used: Used,
  line = LINE,
  later?: string,
): string =>
  `read_json([${files.map(text).join(', ')}], format = 'newline_delimited', ignore_errors = true,
    records = 'true', auto_detect = false, filename = true, maximum_object_size = ${line},
    columns = {${typesOf(used, later)
      .map(([name, type]) => `${text(name)}: ${text(type)}`)
      .join(', ')}})`;

/** @param later is kept as text. */
const typesOf = (used: Used, later: string | undefined): readonly (readonly [string, string])[] =>
  [...used.members].map(([name, one]) => [name, name === later ? 'JSON' : sqlType(one)]);

/** Where one line in several is needed: the largest of its elements is kept as text until it is known which. */
interface Few {
  readonly later: string;
  readonly condition: string;
}

function takenApart(lines: string, used: Used, { later, condition }: Few): string {
  const element = used.members.get(later);
  if (element === undefined) throw new RangeError(`${later} is not read.`);
  return `SELECT * REPLACE (from_json("${later}", ${text(jsonStructure(element))}) AS "${later}")
    FROM ${lines} WHERE ${condition}`;
}

/** Nothing, in the columns that the files would have. */
const noRows = (used: Used, later: string | undefined): string =>
  `(SELECT ${typesOf(used, later)
    .map(([name, type]) => `CAST(NULL AS ${type}) AS "${name}"`)
    .join(', ')}, CAST(NULL AS VARCHAR) AS filename WHERE false)`;

const ALWAYS = ['resourceType', 'id', 'meta.versionId', 'meta.lastUpdated'];
/** What every source has: where a line stands, and which version of which resource it holds. */
const KEPT = ['filename', '"resourceType"', 'id', 'meta."versionId" AS version_id'];

/**
 * `source_<type>`: a flat row for each resource, of the elements that somebody reads. The files are gone
 * through once, whatever number of tables they fill.
 */
async function load(
  db: Database,
  type: ResourceName,
  files: readonly string[],
  used: Used,
  scan: string,
  few?: Few,
): Promise<void> {
  const make = (lines: string) =>
    db.run(`CREATE TABLE source_${type.toLowerCase()} AS
    WITH lines AS (${few === undefined ? `SELECT * FROM ${lines}` : takenApart(lines, used, few)}) ${scan}`);
  if (files.length === 0) return make(noRows(used, few?.later));
  try {
    await make(readJson(files, used, LINE, few?.later));
  } catch (cause) {
    if (!String(cause).includes('maximum_object_size')) throw cause;
    await make(readJson(files, used, LONG_LINE, few?.later));
  }
}

/** Reads what is `needed`: a condition over the elements of a line; bad lines are needed to be told. */
const neededOf = (type: ResourceName, needed: string | undefined): string =>
  needed === undefined
    ? 'true'
    : `("resourceType" IS DISTINCT FROM '${type}' OR id IS NULL OR ${needed})`;

async function loadObservations(db: Database, files: readonly string[]): Promise<void> {
  const used = markAll(nothingUsed('Observation'), ALWAYS);
  const scan = scanSql([DECISIONS_VIEW, EXPOSURES_VIEW], 'lines', used, KEPT);
  // A row stands where its line does: of the few that SQL cannot read, the lines are found by it.
  await db.run('SET preserve_insertion_order = true');
  await load(db, 'Observation', files, used, scan.sql);
  await db.run('SET preserve_insertion_order = false');
  for (const [name, select] of scan.views)
    await db.run(`CREATE VIEW raw_${name} AS ${select('source_observation')}`);
}

/** @param needed says which lines are; all, unless it is given. */
export async function loadSources(
  db: Database,
  type: InSql,
  files: readonly string[],
  needed?: string,
): Promise<void> {
  if (type === 'Observation') return loadObservations(db, files);
  const used = nothingUsed(type);
  const condition = neededOf(type, needed);
  if (type === 'RiskAssessment') {
    markAll(used, [...ALWAYS, ...INFERENCE_ELEMENTS]);
    const scan = INFERENCE_SCAN(KEPT);
    if (needed === undefined) return load(db, type, files, used, scan);
    return load(db, type, files, used, scan, { later: 'prediction', condition });
  }
  markAll(used, [...ALWAYS, ...CARE[type].elements]);
  return load(db, type, files, used, careScan(type, KEPT, condition));
}
