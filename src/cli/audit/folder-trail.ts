import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChainRecord } from '#src/domain/audit/chain.ts';
import { DELETIONS, deletions, versionOf } from '../sources/fhir-folder.ts';
import { fileLines } from '../sources/file-lines.ts';
import { objectIn } from '../sources/ndjson-records.ts';
import type { Cells } from '../sources/to-row.ts';
import { HeldRecords, recordIn, type Trail } from './trail.ts';

/** The trail in a folder of FHIR NDJSON, of which the last version of a resource counts. */
export async function readFolderTrail(folder: string): Promise<Trail> {
  const names = await readdir(folder).catch(() => {
    throw new Error(`${folder} could not be read. Name a folder, or an address with https://.`);
  });
  const files = names.filter((name) => /\.ndjson(\.gz)?$/.test(name)).toSorted();
  const paths = files.filter((name) => name !== DELETIONS).map((name) => join(folder, name));
  if (paths.length === 0)
    throw new Error(`${folder} holds no file of FHIR, such as AuditEvent.ndjson.`);
  const gone: ReadonlyMap<string, number> = files.includes(DELETIONS)
    ? await deletions(join(folder, DELETIONS))
    : new Map();
  const bad = new Set<string>();

  // By reference: of a resource that stands there several times, the last version counts.
  const records = new Map<string, ChainRecord>();
  for await (const one of resources((text) => text.includes('"AuditEvent"'))) {
    const record = await recordIn(one);
    if (record) records.set(record.place, record);
  }
  const held = new HeldRecords([...records.values()]);
  for await (const one of resources(() => true)) await held.add(one);
  held.missing(() => true);
  const problems = [...bad].map((path) => `${path} has lines that are no JSON.`);
  return { place: folder, records: [...records.values()], ...held.found(), problems };

  async function* resources(isWanted: (text: string) => boolean) {
    for (const path of paths)
      for await (const text of fileLines(path)) {
        if (text.trim() === '' || !isWanted(text)) continue;
        const resource = objectIn(text);
        if (!resource) bad.add(path);
        else if (!isGone(resource)) yield resource;
      }
  }

  function isGone({ resourceType, id, meta }: Cells): boolean {
    const deleted = gone.get(`${resourceType}/${id}`);
    return deleted !== undefined && versionOf(meta) <= deleted;
  }
}
