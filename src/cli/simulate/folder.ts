import { mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { UsageError } from '../command.ts';

/** A folder that is there whole or not at all: it is filled under another name and gets its own at the end. */
export interface NewFolder {
  /** Where to write meanwhile. */
  readonly path: string;
  readonly finish: () => Promise<void>;
  readonly discard: () => Promise<void>;
}

async function entries(path: string): Promise<number | undefined> {
  try {
    return (await readdir(path)).length;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw cause;
  }
}

/** Throws `UsageError` where something is there that would be lost. */
export async function newFolder(out: string): Promise<NewFolder> {
  const path = `${out.replace(/\/$/, '')}.partial`;
  const there = await entries(out);
  if ((there ?? 0) > 0)
    throw new UsageError(`${out} is not empty: name another folder with --out, or empty it.`);
  if ((await entries(path)) !== undefined)
    throw new UsageError(`${path} is left of a run that was killed: remove it, or name another.`);
  await mkdir(path, { recursive: true });
  return {
    path,
    finish: async () => {
      if (there !== undefined) await rmdir(out);
      await rename(path, out);
    },
    discard: () => rm(path, { recursive: true, force: true }),
  };
}
