import { link, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { BulkError } from '#src/io/bulk/bulk-error.ts';
import type { BulkFolder, BulkState } from '#src/io/bulk/bulk-folder.ts';
import { DELETIONS, versionOf } from '../fhir-folder.ts';
import { fileLines } from '../file-lines.ts';
import { objectIn } from '../ndjson-records.ts';
import { readState, STATE, writeState } from './state-file.ts';
import { writeWhole } from './whole-file.ts';

/** Patients are in it: for its owner alone. */
const OWN = { folder: 0o700, file: 0o600 } as const;

const isMissing = (cause: unknown): boolean =>
  cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';

/** The names in a folder; undefined where there is none. */
async function namesIn(path: string): Promise<readonly string[] | undefined> {
  try {
    return await readdir(path);
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    throw new BulkError('wrong-folder', `${path} is no folder that can be read.`, cause);
  }
}

export interface OpenedFolder {
  readonly folder: BulkFolder;
  /** Of an export that was interrupted here. */
  readonly interrupted: BulkState | undefined;
  /** Of the export that is whole here, and that this one adds to. */
  readonly whole: BulkState | undefined;
}

/**
 * A folder that holds a whole export or none: what comes is gathered in `DIR.partial`, which takes its
 * place at the end. An increment begins with what was there (as links, which cost nothing).
 * @param resume whether an interrupted export goes on. Throws `BulkError`.
 */
export async function exportFolder(dir: string, resume: boolean): Promise<OpenedFolder> {
  const path = dir.replace(/[\\/]$/, '');
  const partial = `${path}.partial`;
  const [there, begun] = [await namesIn(path), await namesIn(partial)];
  if (there && there.length > 0 && !there.includes(STATE))
    throw new BulkError('wrong-folder', `${dir} holds something other than an export.`);
  const whole = there?.includes(STATE) ? await readState(join(path, STATE)) : undefined;
  if (begun && !resume)
    throw new BulkError('wrong-folder', `${partial} is left of an export that was interrupted.`);
  if (!begun && resume)
    throw new BulkError('wrong-folder', `${partial} is not there: nothing was interrupted.`);
  if (begun && !begun.includes(STATE))
    throw new BulkError('wrong-folder', `${partial} holds no export that could go on.`);
  const interrupted = begun ? await readState(join(partial, STATE)) : undefined;
  if (!begun) {
    await mkdir(partial, { recursive: true, mode: OWN.folder });
    for (const name of there ?? [])
      if (name !== STATE && name !== DELETIONS) await link(join(path, name), join(partial, name));
    // These are added to, and a link would be the same file.
    const gone = there?.includes(DELETIONS) && (await readFile(join(path, DELETIONS)));
    if (gone) await writeWhole(join(partial, DELETIONS), gone);
  }
  return { folder: folderIn(path, partial, there !== undefined), interrupted, whole };
}

function folderIn(path: string, partial: string, replaces: boolean): BulkFolder {
  const lines = (name: string) => fileLines(join(partial, name));
  return {
    save: (state) => writeState(join(partial, STATE), state),
    async open(name) {
      const file = join(partial, `${name}.partial`);
      const handle = await open(file, 'w', OWN.file);
      let closed = false;
      return {
        write: (chunk) => handle.writeFile(chunk),
        async finish() {
          await handle.sync();
          await handle.close();
          closed = true;
          await rename(file, join(partial, name));
        },
        async discard() {
          if (!closed) await handle.close();
          await rm(file, { force: true });
        },
      };
    },
    lines,
    remove: (name) => rm(join(partial, name), { force: true }),
    async markDeleted(references) {
      if (references.size === 0) return 0;
      const versions = new Map<string, number>();
      const files = (await readdir(partial)).filter((name) => /\.ndjson$/.test(name));
      for (const name of files.filter((one) => one !== DELETIONS))
        for await (const line of lines(name)) {
          const { resourceType, id, meta } = objectIn(line) ?? {};
          const key = `${resourceType}/${id}`;
          if (references.has(key))
            versions.set(key, Math.max(versions.get(key) ?? 0, versionOf(meta)));
        }
      // With the version that was deleted: made again later, it is there again.
      const marks = [...versions].map(([key, versionId]) => {
        const [type, id] = key.split('/');
        return `${JSON.stringify({ type, id, versionId: String(versionId) })}\n`;
      });
      const before = files.includes(DELETIONS)
        ? await readFile(join(partial, DELETIONS), 'utf8')
        : '';
      await writeWhole(join(partial, DELETIONS), before + marks.join(''));
      return versions.size;
    },
    async finish(state) {
      await writeState(join(partial, STATE), state);
      const old = `${path}.replaced`;
      if (replaces) {
        // Of a run that was killed between the two renames below; what is at the path is whole.
        await rm(old, { recursive: true, force: true });
        await rename(path, old);
      }
      await rename(partial, path);
      if (replaces) await rm(old, { recursive: true });
    },
    discard: () => rm(partial, { recursive: true, force: true }),
  };
}
