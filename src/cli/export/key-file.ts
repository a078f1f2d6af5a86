import { open, rename, rm, stat } from 'node:fs/promises';
import type { KeyEntry } from '#src/domain/privacy/surrogates.ts';
import { fileLines } from '../sources/file-lines.ts';

const HEADER = { format: 'clinician-feedback key', version: 1 };
const AT_ONCE = 10_000;

const isEntry = (value: unknown): value is readonly [string, string, string] =>
  Array.isArray(value) && value.length === 3 && value.every((one) => typeof one === 'string');

/** Pairs of earlier packages; none where there is no file yet. Throws with the cure, and no content. */
export async function readKey(path: string): Promise<readonly KeyEntry[]> {
  const found = await stat(path).catch((cause) => {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw new Error(`${path} could not be read. Name the key file with --key.`);
  });
  if (!found) return [];
  if ((found.mode & 0o077) !== 0)
    throw new Error(`${path} can be read by others, and gives every name back: chmod 600 it.`);
  const entries: KeyEntry[] = [];
  let line = 0;
  for await (const text of fileLines(path)) {
    line++;
    const value = parsed(text);
    if (line === 1) {
      if (JSON.stringify(value) !== JSON.stringify(HEADER))
        throw new Error(`${path} is no key file of this command.`);
    } else if (isEntry(value)) {
      const [kind, real, surrogate] = value;
      entries.push({ kind, real, surrogate });
    } else if (text !== '') throw new Error(`${path}, line ${line}: no entry of a key.`);
  }
  return entries;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Its message would quote the key.
    return undefined;
  }
}

/** Whole or not at all, and for its owner alone. */
export async function writeKey(path: string, entries: Iterable<KeyEntry>): Promise<void> {
  const partial = `${path}.partial`;
  await rm(partial, { force: true });
  const file = await open(partial, 'wx', 0o600);
  try {
    let lines = [JSON.stringify(HEADER)];
    for (const { kind, real, surrogate } of entries) {
      lines.push(JSON.stringify([kind, real, surrogate]));
      if (lines.length < AT_ONCE) continue;
      await file.writeFile(`${lines.join('\n')}\n`);
      lines = [];
    }
    if (lines.length > 0) await file.writeFile(`${lines.join('\n')}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(partial, path);
}
