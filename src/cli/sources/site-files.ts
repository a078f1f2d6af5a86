import { readFile } from 'node:fs/promises';
import { ConfigError } from '#src/io/config/load.ts';
import type { SiteTables } from '#src/io/config/load-settings.ts';

/**
 * Reads and checks what a site states about its tables. Throws an Error that lists every bad field.
 * @param timeZone of the one site that there is where no file is named.
 */
export async function readSiteTables(
  path: string | undefined,
  timeZone: string,
): Promise<SiteTables> {
  if (path === undefined)
    return {
      sites: [{ site: 'hospital', timeZone }],
      models: [],
      negatives: [],
      outcomes: [],
      targets: [],
    };
  const text = await readFile(path, 'utf8').catch(() => {
    throw new Error(`${path} could not be read. Name the file with --settings.`);
  });
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (cause) {
    throw new Error(`${path} is not JSON: ${cause instanceof Error ? cause.message : ''}`);
  }
  // zod is not loaded where no settings are read.
  const { checkSiteTables } = await import('#src/io/config/load-settings.ts');
  try {
    return checkSiteTables(body);
  } catch (cause) {
    if (!(cause instanceof ConfigError)) throw cause;
    const fields = cause.problems.map((problem) => `  ${problem.path}: ${problem.message}`);
    throw new Error([`${path} has mistakes:`, ...fields].join('\n'), { cause });
  }
}
