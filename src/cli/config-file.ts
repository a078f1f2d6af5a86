import { readFile } from 'node:fs/promises';
import type { SiteConfig } from '#src/domain/site-config.ts';
import { ConfigError, checkConfig } from '#src/io/config/load.ts';

/** Reads and checks a `config.json`. Throws an Error that lists every bad field. */
export async function readConfigFile(path: string): Promise<SiteConfig> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    throw new Error(`${path} could not be read. Name the file with --config.`);
  }
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (cause) {
    throw new Error(`${path} is not JSON: ${cause instanceof Error ? cause.message : ''}`);
  }
  try {
    return checkConfig(body);
  } catch (cause) {
    if (!(cause instanceof ConfigError)) throw cause;
    const fields = cause.problems.map((problem) => `  ${problem.path}: ${problem.message}`);
    throw new Error([`${path} has mistakes:`, ...fields].join('\n'), { cause });
  }
}
