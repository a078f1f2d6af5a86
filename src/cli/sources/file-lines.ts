import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';

/**
 * The lines of a UTF-8 file, one at a time, unpacked where its name ends in `.gz`; a return before the
 * line feed stays, since it may stand in a quoted cell. Not by `node:readline`: that lets a failure of
 * its stream end the process. Throws with the file's name.
 */
export async function* fileLines(path: string): AsyncGenerator<string> {
  const bytes = createReadStream(path);
  const input = path.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes;
  // A stream that is piped does not pass its failure on.
  if (input !== bytes) bytes.once('error', (cause) => input.destroy(cause));
  input.setEncoding('utf8');
  let rest = '';
  try {
    for await (const chunk of input) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) yield line;
    }
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${path} could not be read to its end: ${why}.`, { cause });
  } finally {
    bytes.destroy();
  }
  if (rest !== '') yield rest;
}
