import { text } from '#src/sql/fhirpath/compile.ts';
import { fileLines } from '../sources/file-lines.ts';
import { objectIn } from '../sources/ndjson-records.ts';
import type { Problems } from '../sources/problems.ts';
import type { Database } from './database.ts';
import type { Folder, InSql } from './folder.ts';
import { linesAt } from './lines-at.ts';
import { isGone, type Resource, resourcesIn } from './read-lines.ts';
import type { RowFiles } from './row-files.ts';

const sourceOf = (type: InSql): string => `source_${type.toLowerCase()}`;

/**
 * Lines that DuckDB could not read come as rows of nothing. Where every one of them is no JSON, each is
 * told and left out; where one is JSON of another shape, TypeScript reads the whole file instead: it takes
 * what can be taken, and the tables stay complete.
 */
export async function settleBadLines(
  db: Database,
  type: InSql,
  folder: Folder,
  rows: RowFiles,
  problems: Problems,
): Promise<void> {
  const bad = await db.rows(`SELECT filename, count(*) AS lines FROM ${sourceOf(type)}
    WHERE resourceType IS DISTINCT FROM '${type}' OR id IS NULL GROUP BY filename ORDER BY filename`);
  for (const { filename, lines } of bad) {
    const path = String(filename);
    let broken = 0;
    for await (const line of fileLines(path))
      if (line.trim() !== '' && objectIn(line) === undefined) broken++;
    const whole = broken === Number(lines);
    await db.run(`DELETE FROM ${sourceOf(type)} WHERE filename = ${text(path)}
      ${whole ? 'AND id IS NULL' : ''}`);
    for await (const resource of resourcesIn(path, folder, problems))
      if (!whole) await rows.add(resource);
  }
}

/** Deleted since: this version or an earlier one. */
export async function dropGone(db: Database, type: InSql, folder: Folder): Promise<void> {
  for (const [reference, version] of folder.gone) {
    const [of, id] = reference.split('/');
    if (of !== type || id === undefined) continue;
    await db.run(`DELETE FROM ${sourceOf(type)} WHERE id = ${text(id)}
      AND coalesce(try_cast(version_id AS BIGINT), 0) <= ${version}`);
  }
}

/** More would be held in memory at once. */
const MANY = 1_000;

/**
 * The resources at the places of the rows, where all of them are what was asked for; undefined where a file
 * is packed, or has lines that DuckDB counts in another way.
 */
async function atTheirPlaces(
  db: Database,
  files: readonly string[],
  from: string,
): Promise<readonly Resource[] | undefined> {
  if (files.some((path) => path.endsWith('.gz'))) return undefined;
  const rows = await db.rows(
    `SELECT rowid AS place, id FROM ${from} WHERE id IN (SELECT id FROM handed_over) ORDER BY rowid`,
  );
  const ids = rows.map(({ id }) => id);
  const found: Resource[] = [];
  for await (const line of linesAt(files, new Set(rows.map(({ place }) => Number(place))))) {
    const resource = objectIn(line);
    if (resource === undefined || resource.id !== ids[found.length]) return undefined;
    found.push(resource);
  }
  return found.length === rows.length ? found : undefined;
}

/**
 * What SQL does not read itself: by id, whole, to TypeScript. @param others a SELECT of their ids.
 * @param from the table that has their ids, each version once: when all were found, no further line is read.
 * @param inOrder its rows stand as the lines do, so that few of them are found by counting.
 * @returns how many resources.
 */
export async function handOver(
  db: Database,
  files: readonly string[],
  others: string,
  { from, inOrder }: { readonly from: string; readonly inOrder: boolean },
  folder: Folder,
  rows: RowFiles,
): Promise<number> {
  await db.run(`CREATE OR REPLACE TABLE handed_over AS SELECT DISTINCT id FROM (${others})`);
  const [counted] = await db.rows(
    `SELECT count(*) AS n FROM ${from} WHERE id IN (SELECT id FROM handed_over)`,
  );
  const wanted = Number(counted?.n);
  if (wanted === 0) return 0;
  let count = 0;
  const add = async (resource: Resource | undefined) => {
    if (!resource || isGone(folder, resource)) return;
    await rows.add(resource);
    count++;
  };
  const few = inOrder && wanted <= MANY ? await atTheirPlaces(db, files, from) : undefined;
  if (few !== undefined) {
    for (const resource of few) await add(resource);
    return count;
  }
  // A file that TypeScript has read whole is not read again: none of its rows is left in the source.
  for await (const chunk of db.stream(`SELECT CAST(json AS VARCHAR) AS line
    FROM read_ndjson_objects([${files.map(text).join(', ')}], ignore_errors = true, maximum_object_size = 67108864)
    WHERE json ->> '$.id' IN (SELECT id FROM handed_over) LIMIT ${wanted}`))
    for (const { line } of chunk) await add(objectIn(String(line)));
  return count;
}
