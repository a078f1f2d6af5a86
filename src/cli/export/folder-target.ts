import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PackageTarget } from '#src/io/tables-out/package-target.ts';
import { UsageError } from '../command.ts';

/** A folder that is there whole or not at all: filled as `OUT.partial`, renamed at the end. */
export interface FolderTarget extends PackageTarget {
  finish(): Promise<void>;
  /** Takes away what was written; safe to call after a failure anywhere. */
  discard(): Promise<void>;
}

async function isThere(path: string): Promise<boolean> {
  try {
    await readdir(path);
    return true;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return false;
    throw new UsageError(`${path} is no folder that can be written: name another with --out.`);
  }
}

/** @param replace an earlier package gives way, once the new one is whole. Throws `UsageError`. */
export async function folderTarget(out: string, replace: boolean): Promise<FolderTarget> {
  const path = out.replace(/\/$/, '');
  const partial = `${path}.partial`;
  const there = await isThere(path);
  if (there && !replace)
    throw new UsageError(`${out} is there already: name another with --out, or give --replace.`);
  if (there && !(await isPackage(path)))
    throw new UsageError(`${out} holds no package of this command, so --replace leaves it alone.`);
  if (await isThere(partial))
    throw new UsageError(
      `${partial} is left of a run that was killed, or of one that goes on: remove it.`,
    );
  await mkdir(partial, { recursive: true });
  const handles = new Set<FileHandle>();
  return {
    async open(name) {
      const file = join(partial, name);
      await mkdir(dirname(file), { recursive: true });
      const handle = await open(file, 'wx');
      handles.add(handle);
      const hash = createHash('sha256');
      let bytes = 0;
      return {
        async write(chunk) {
          if (chunk.length === 0) return;
          hash.update(chunk);
          bytes += chunk.length;
          await handle.writeFile(chunk);
        },
        async close() {
          await handle.sync();
          await handle.close();
          handles.delete(handle);
          return { path: name, bytes, sha256: hash.digest('hex') };
        },
      };
    },
    async finish() {
      const old = `${path}.replaced`;
      if (there) await rename(path, old);
      await rename(partial, path);
      if (there) await rm(old, { recursive: true });
    },
    async discard() {
      for (const handle of handles) await handle.close();
      await rm(partial, { recursive: true, force: true });
    },
  };
}

/** `--replace` must not take away a folder of somebody's own. */
async function isPackage(path: string): Promise<boolean> {
  const names = await readdir(path);
  return (
    names.length === 0 || (names.includes('manifest.json') && names.includes('datapackage.json'))
  );
}
