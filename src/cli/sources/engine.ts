import { UsageError } from '../command.ts';
import type { SourceOptions } from './source-options.ts';

/** Who makes the tables of a folder of FHIR. */
export const ENGINES = ['typescript', 'duckdb'] as const;
export type Engine = (typeof ENGINES)[number];

export const ENGINE_HELP = `  --engine ENGINE     typescript, or duckdb: for a folder of FHIR NDJSON that is larger than memory
`;

/** Throws `UsageError`. */
export function readEngine(text: string, { from }: Pick<SourceOptions, 'from'>): Engine {
  const engine = ENGINES.find((one) => one === text);
  if (engine === undefined) throw new UsageError(`--engine takes ${ENGINES.join(' or ')}.`);
  const isFolder = 'folder' in from || ('server' in from && from.bulk !== undefined);
  if (engine === 'duckdb' && !isFolder)
    throw new UsageError('--engine duckdb reads files: --from DIR, or a server with --bulk.');
  return engine;
}
