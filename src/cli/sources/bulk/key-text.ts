import { open } from 'node:fs/promises';
import { UsageError } from '#src/cli/command.ts';

/** How a command calls its key. */
export interface KeyNames {
  readonly option: string;
  /** Of the environment. */
  readonly variable: string;
  /** What asks for the key. */
  readonly needed: string;
}

const BULK: KeyNames = {
  option: '--client-key',
  variable: 'CLINICIAN_FEEDBACK_KEY',
  needed: '--client-id',
};

/**
 * The private key of a service: of a file that not everybody can read, or of the environment. Never an
 * argument, process lists show those. Throws with the cure, and no content.
 */
export async function keyText(
  path: string | undefined,
  { option, variable, needed }: KeyNames = BULK,
): Promise<string> {
  if (path === undefined) {
    const text = process.env[variable]?.trim();
    if (!text) throw new UsageError(`${needed} needs ${option} FILE, or the key in ${variable}.`);
    return text;
  }
  const file = await open(path, 'r').catch(() => {
    throw new UsageError(`${path} could not be read. Name the key with ${option}.`);
  });
  try {
    // Of the opened file: what stands at the path may change meanwhile.
    if (((await file.stat()).mode & 0o007) !== 0)
      throw new UsageError(`${path} can be read by everybody: chmod 600 it.`);
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}
