import { TABLES, type Tables } from '#src/domain/tables/schema.ts';
import { contextOf } from '#src/io/tables-in/source-context.ts';
import type { RowSource } from '#src/io/tables-out/row-source.ts';
import { readConfigFile } from '../config-file.ts';
import { withBulkFolder } from '../sources/bulk/bulk-source.ts';
import type { Source } from '../sources/read-source.ts';
import { readSiteTables } from '../sources/site-files.ts';
import type { SourceOptions } from '../sources/source-options.ts';
import type { Database } from './database.ts';
import { allOf, rowsInDatabase } from './row-source.ts';
import { tablesFromFolder } from './tables-from-folder.ts';

/** What `readSource` gives, with the rows in the engine. */
export interface EngineSource extends Omit<Source, 'tables'> {
  readonly db: Database;
  readonly rows: RowSource;
  close(): Promise<void>;
}

/**
 * The tables of a folder of FHIR, made by DuckDB. @param beside where what does not fit into memory goes.
 * @param only answers alone: the rest is not made. Throws an Error whose message is for the user.
 */
export async function engineSource(
  options: SourceOptions,
  beside: string,
  only?: 'decisions',
): Promise<EngineSource> {
  const site = await readSiteTables(options.settings, options.timeZone);
  const { from } = await withBulkFolder(options, site);
  if (!('folder' in from)) throw new Error('The engine reads folders of FHIR NDJSON.');
  const config = options.config === undefined ? undefined : await readConfigFile(options.config);
  const { server, whole = true, problems = [] } = from.exported ?? {};
  const { asOf } = options;
  const made = await tablesFromFolder(
    from.folder,
    contextOf(server, config, site),
    { ...site, ...(asOf !== undefined && { asOf }) },
    { beside, onProgress: (words) => process.stderr.write(`${words}\n`), ...(only && { only }) },
  );
  for (const { place, message } of problems) made.problems.add(place, message);
  const kind = server === undefined ? 'folder' : 'server';
  const resources = made.bySql + made.byTypescript;
  return {
    db: made.db,
    rows: rowsInDatabase(made.db, only),
    problems: made.problems.all(),
    from: { kind, place: server ?? from.folder, resources, whole },
    site,
    close: () => made.db.close(),
  };
}

/** All rows in memory, for what counts by rows. */
export async function tablesOf({ tables, rows }: RowSource): Promise<Tables> {
  const all: Record<string, readonly object[]> = {};
  for (const { name } of tables)
    if (Object.hasOwn(TABLES, name)) all[name] = await allOf(rows(name));
  // The engine’s columns are made from the schema, and the rows of both engines are compared in tests.
  return all as Tables;
}
