import type { SiteConfig } from '#src/domain/site-config.ts';
import { type ConfigProblem, checkAgainstSchema } from './check.ts';
import schema from './config.schema.json' with { type: 'json' };
import { contradictions } from './contradictions.ts';

/** The configuration cannot be used; `problems` names every bad field. */
export class ConfigError extends Error {
  readonly problems: readonly ConfigProblem[];

  constructor(message: string, problems: readonly ConfigProblem[] = []) {
    super(message);
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/** Reads `config.json` next to the page. Throws `ConfigError`; never returns a part of it. */
export async function loadConfig(fetch: typeof globalThis.fetch): Promise<SiteConfig> {
  let body: unknown;
  try {
    const response = await fetch('./config.json', { cache: 'no-cache', credentials: 'omit' });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    body = await response.json();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigError(
      `config.json could not be read (${why}). Put it next to index.html on the web server.`,
    );
  }
  return checkConfig(body);
}

/** Throws `ConfigError` with every problem; fills in defaults. */
export function checkConfig(body: unknown): SiteConfig {
  const { value, problems: shape } = checkAgainstSchema(schema, body);
  const problems = shape.length > 0 ? shape : contradictions(value as SiteConfig);
  if (problems.length > 0)
    throw new ConfigError(
      'config.json has mistakes. Correct these fields and reload; no rebuild is needed.',
      problems,
    );
  return value as SiteConfig;
}
