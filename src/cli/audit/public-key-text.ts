import { readFile } from 'node:fs/promises';
import { UsageError } from '../command.ts';

/** Throws `UsageError`. */
export const publicKeyText = (path: string): Promise<string> =>
  readFile(path, 'utf8').catch(() => {
    throw new UsageError(`${path} could not be read. Name the service's public key with --key.`);
  });
