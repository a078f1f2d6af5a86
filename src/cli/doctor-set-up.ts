import type { SiteConfig } from '#src/domain/site-config.ts';
import type { ConfigProblem } from '#src/io/config/check.ts';
import { ConfigError } from '#src/io/config/load.ts';
import { readConfigFile } from './config-file.ts';

export interface SetUp {
  readonly site: SiteConfig | undefined;
  readonly problems: readonly ConfigProblem[];
}

/** A file with mistakes is a finding here, not the end: the server can be asked all the same. */
export async function readSetUp(path: string | undefined): Promise<SetUp> {
  if (path === undefined) return { site: undefined, problems: [] };
  try {
    return { site: await readConfigFile(path), problems: [] };
  } catch (cause) {
    const why = cause instanceof Error ? cause.cause : undefined;
    if (!(why instanceof ConfigError)) throw cause;
    return { site: undefined, problems: why.problems };
  }
}
