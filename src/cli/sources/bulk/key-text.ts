import { open } from 'node:fs/promises';
import { UsageError } from '#src/cli/command.ts';

/**
 * The private key of a backend client: of a file that not everybody can read, or of the environment.
 * Never an argument, process lists show those. Throws with the cure, and no content.
 */
export async function keyText(path: string | undefined): Promise<string> {
  if (path === undefined) {
    const text = process.env.CLINICIAN_FEEDBACK_KEY?.trim();
    if (!text)
      throw new UsageError(
        '--client-id needs --client-key FILE, or the key in CLINICIAN_FEEDBACK_KEY.',
      );
    return text;
  }
  const file = await open(path, 'r').catch(() => {
    throw new UsageError(`${path} could not be read. Name the key with --client-key.`);
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
