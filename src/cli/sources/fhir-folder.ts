import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type ReadTables, tableReader } from '#src/fhir/tables/read-tables.ts';
import { isNeededFirst, type TableContext } from '#src/fhir/tables/table-context.ts';
import { fileLines } from './file-lines.ts';
import { objectIn } from './ndjson-records.ts';
import { type Problems, problemList } from './problems.ts';

/** What the sandbox keeps of deletions beside its `Type.ndjson`; no line in it is a resource. */
export const DELETIONS = '_deleted.ndjson';

const FIRST = ['"Device"', '"RequestGroup"', '"Provenance"'];

export interface FhirFolder extends Omit<ReadTables, 'problems'> {
  readonly resources: number;
  readonly problems: Problems;
}

/**
 * All FHIR resources of a folder of NDJSON, as a Bulk Data export and the sandbox's data directory
 * write it: `Type.ndjson`, `Type.001.ndjson`, also with `.gz`; names do not matter, lines do. The last
 * version of a resource wins. Lines are read one at a time, twice: what the others need comes first.
 */
export async function readFhirFolder(
  folder: string,
  context: Omit<TableContext, 'known'>,
  progress: (resources: number) => void,
): Promise<FhirFolder> {
  const names = await readdir(folder).catch(() => {
    throw new Error(
      `${folder} could not be read. Name a folder, or an address that begins with https://.`,
    );
  });
  const files = names.filter((name) => /\.ndjson(\.gz)?$/.test(name)).toSorted();
  const paths = files.filter((name) => name !== DELETIONS).map((name) => join(folder, name));
  if (paths.length === 0)
    throw new Error(
      `${folder} holds no file of FHIR, such as Observation.ndjson. Flat tables are read with --tables.`,
    );
  const gone = files.includes(DELETIONS) ? await deletions(join(folder, DELETIONS)) : new Map();
  const problems = problemList();
  const known: unknown[] = [];
  for (const path of paths)
    for await (const text of fileLines(path)) {
      if (!FIRST.some((type) => text.includes(type))) continue;
      const resource = objectIn(text);
      if (resource && isNeededFirst(resource) && !isGone(resource)) known.push(resource);
    }
  const reader = tableReader({ ...context, known });
  let resources = 0;
  for (const path of paths) {
    let line = 0;
    for await (const text of fileLines(path)) {
      line++;
      if (text.trim() === '') continue;
      const resource = objectIn(text);
      if (!resource) problems.add(`${path}, line ${line}`, 'no JSON object; the line is left out');
      else if (!isGone(resource)) {
        reader.add(resource);
        resources++;
        if (resources % 10_000 === 0) progress(resources);
      }
    }
  }
  const { read, problems: found } = reader.done();
  problems.addRead(folder, found);
  return { read, resources, problems };

  function isGone(resource: Readonly<Record<string, unknown>>): boolean {
    const { resourceType, id, meta } = resource;
    const deleted = gone.get(`${resourceType}/${id}`);
    return deleted !== undefined && versionOf(meta) <= deleted;
  }
}

/** By reference, the version that a deletion made: earlier ones are gone, later ones are not. */
export async function deletions(path: string): Promise<ReadonlyMap<string, number>> {
  const gone = new Map<string, number>();
  for await (const text of fileLines(path)) {
    const { type, id, versionId } = objectIn(text) ?? {};
    const key = `${type}/${id}`;
    gone.set(key, Math.max(gone.get(key) ?? 0, Number(versionId) || 0));
  }
  return gone;
}

export const versionOf = (meta: unknown): number =>
  typeof meta === 'object' && meta !== null && 'versionId' in meta
    ? Number(meta.versionId) || 0
    : 0;
