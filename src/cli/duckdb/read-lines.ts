import { isNeededFirst } from '#src/fhir/tables/table-context.ts';
import { versionOf } from '../sources/fhir-folder.ts';
import { fileLines } from '../sources/file-lines.ts';
import { objectIn } from '../sources/ndjson-records.ts';
import type { Problems } from '../sources/problems.ts';
import type { Folder } from './folder.ts';

export type Resource = Readonly<Record<string, unknown>>;

/** Deleted since: this version or an earlier one. */
export function isGone({ gone }: Folder, { resourceType, id, meta }: Resource): boolean {
  const deleted = gone.get(`${resourceType}/${id}`);
  return deleted !== undefined && versionOf(meta) <= deleted;
}

/** The resources of a file, one at a time; a line that is none is told with its place. */
export async function* resourcesIn(
  path: string,
  folder: Folder,
  problems: Problems | undefined,
): AsyncGenerator<Resource> {
  let line = 0;
  for await (const text of fileLines(path)) {
    line++;
    if (text.trim() === '') continue;
    const resource = objectIn(text);
    if (!resource) problems?.add(`${path}, line ${line}`, 'no JSON object; the line is left out');
    else if (!isGone(folder, resource)) yield resource;
  }
}

const FIRST = ['"Device"', '"RequestGroup"', '"Provenance"'];

/** Devices, RequestGroups and Provenances, which the rest is read with. */
export async function neededFirst(folder: Folder): Promise<readonly unknown[]> {
  const known: unknown[] = [];
  for (const path of folder.others)
    for await (const text of fileLines(path)) {
      if (!FIRST.some((type) => text.includes(type))) continue;
      const resource = objectIn(text);
      if (resource && isNeededFirst(resource) && !isGone(folder, resource)) known.push(resource);
    }
  return known;
}
