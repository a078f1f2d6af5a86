import { withoutSlash } from '#src/domain/base-url.ts';
import { backendTokens } from '#src/io/bulk/backend-services.ts';
import type { BulkClient, TokenSource } from '#src/io/bulk/bulk-client.ts';
import { BulkError } from '#src/io/bulk/bulk-error.ts';
import type { BulkState } from '#src/io/bulk/bulk-folder.ts';
import type { BulkLevel, BulkQuery } from '#src/io/bulk/kick-off.ts';
import { type BulkResult, runExport } from '#src/io/bulk/run-export.ts';
import type { Clock } from '#src/io/clock.ts';
import { tokenFor } from '../token.ts';
import type { BulkOptions } from './bulk-options.ts';
import { exportFolder, type OpenedFolder } from './export-folder.ts';
import { keyText } from './key-text.ts';

/** A bulk export; a search takes another way. */
export interface BulkDownload extends Omit<BulkOptions, 'level'> {
  readonly level: BulkLevel | undefined;
  readonly since: string | undefined;
}

export interface BulkWorld {
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
  readonly pause: (ms: number) => Promise<void>;
  readonly stop: AbortSignal;
  readonly tell: (words: string) => void;
}

/**
 * A server's export into the folder that the options name.
 * @param needed the types that the reader wants. Throws `BulkError`, `FhirError`, `UsageError`.
 */
export async function downloadBulk(
  address: string,
  options: BulkDownload,
  needed: readonly string[],
  world: BulkWorld,
): Promise<BulkResult> {
  const server = withoutSlash(address);
  const opened = await exportFolder(options.folder, options.resume);
  const { folder, interrupted } = opened;
  const { query, tokens } = await prepared().catch(async (cause) => {
    if (!interrupted) await folder.discard();
    throw cause;
  });
  const { allowedOrigins } = options;
  const client: BulkClient = { ...world, baseUrl: server, allowedOrigins, tokens };
  return runExport(client, query, folder, covers(query, opened.whole), interrupted);

  async function prepared() {
    const query = queryOf(server, options, opened, needed);
    return { query, tokens: await tokensOf(server, options, query.types, world) };
  }
}

/** Whether an export, with the whole one that it adds to, leaves no time out. */
function covers({ since, types }: BulkQuery, before: BulkState | undefined): boolean {
  if (since === undefined) return true;
  if (!before?.whole || before.transactionTime === undefined) return false;
  const same = types.every((type) => before.query.types.includes(type));
  return same && Date.parse(since) <= Date.parse(before.transactionTime);
}

function queryOf(
  server: string,
  options: BulkDownload,
  { interrupted, whole }: OpenedFolder,
  needed: readonly string[],
): BulkQuery {
  const other = [interrupted, whole].find((one) => one && one.server !== server);
  // A folder must not say where a token goes.
  if (other)
    throw new BulkError('wrong-folder', `The folder is of another server, ${other.server}.`);
  if (interrupted) return interrupted.query;
  const { level, since, types } = options;
  if (level === undefined) throw new BulkError('wrong-folder', 'There is no export to go on with.');
  if (whole && since === undefined)
    throw new BulkError('wrong-folder', 'The folder holds an export; only --since adds to it.');
  if (whole && whole.query.level !== level)
    throw new BulkError('wrong-folder', `The folder is an export of ${whole.query.level}.`);
  return { level, types: types ?? needed, since: since && instantOf(since) };
}

/** `_since` is an instant; a day begins where time is counted from. */
const instantOf = (since: string): string =>
  since.length === 10 ? `${since}T00:00:00Z` : since.replace(/T(\d{2}:\d{2})(Z|[+-])/, 'T$1:00$2');

async function tokensOf(
  baseUrl: string,
  { client }: BulkDownload,
  types: readonly string[],
  { fetch, clock, tell }: BulkWorld,
): Promise<TokenSource> {
  if (client) {
    const key = await keyText(client.key);
    const more = { baseUrl, fetch, clock, types, tell };
    return backendTokens({ ...more, clientId: client.id, key, keyId: client.keyId });
  }
  const token = tokenFor(baseUrl, baseUrl);
  return { current: async () => token, renew: async () => false };
}
