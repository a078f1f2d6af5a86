import type { TableSettings } from '#src/domain/tables/derive/settings.ts';
import { prepareContext, type TableContext } from '#src/fhir/tables/table-context.ts';
import { macros } from '#src/sql/tables/macros.ts';
import { type Problems, problemList } from '../sources/problems.ts';
import { type Database, type DatabaseOptions, openDatabase } from './database.ts';
import { derive, deriveDecisions } from './derive.ts';
import { deriveFew } from './few.ts';
import { fewTables } from './few-tables.ts';
import { listFolder } from './folder.ts';
import { readFolder } from './read-folder.ts';
import { neededFirst } from './read-lines.ts';
import { rowFiles } from './row-files.ts';
import { modelTables, siteTables } from './settings-tables.ts';
import { typedTables } from './staged-views.ts';

export interface FolderTables {
  /** Every flat table that was asked for, by its name; close it when done. */
  readonly db: Database;
  readonly problems: Problems;
  /** Resources that TypeScript read, since something in them is not plain, or their type is rare. */
  readonly byTypescript: number;
  /** Resources that SQL read, every version counted. */
  readonly bySql: number;
}

export interface FolderOptions extends DatabaseOptions {
  /** What is being done, in words; for standard error. */
  readonly onProgress?: (words: string) => void;
  /** `decisions` alone: what no answer needs is not kept. All tables, unless it is said. */
  readonly only?: 'decisions';
}

/**
 * The flat tables of a folder of FHIR NDJSON in DuckDB: SQL reads what there is much of as far as it
 * is plain, `fhir/tables` the rest, and SQL derives all of them as `deriveTables` does.
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
    await typedTables(db);
    const { asOf } = settings;
    const whole = options.only === undefined;
    const reading = { db, folder, rows, context: prepared, problems, asOf, whole, tell };
    const read = await readFolder(reading);
    problems.addRead(place, rows.problems);
    tell('tables');
    const small = deriveFew(rows.few, settings);
    await fewTables(db, small);
    await siteTables(db, settings);
    await modelTables(db, settings, small.changes);
    await (whole ? derive(db) : deriveDecisions(db));
    return { db, problems, ...read };
  } catch (cause) {
    await db.close();
    throw cause;
  }
}
