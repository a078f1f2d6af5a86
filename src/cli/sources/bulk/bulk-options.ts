import type { ParseArgsOptionsConfig } from 'node:util';
import { UsageError } from '#src/cli/command.ts';
import { isSafe } from '#src/io/bulk/addresses.ts';
import type { BulkLevel } from '#src/io/bulk/kick-off.ts';
import { readLevel } from './level.ts';

/** How a server becomes a folder, instead of being read at once. */
export interface BulkOptions {
  /** `search`: page by page, without Bulk Data. Undefined: as the interrupted export says. */
  readonly level: BulkLevel | 'search' | undefined;
  /** Where the files go, and stay. */
  readonly folder: string;
  readonly resume: boolean;
  /** Instead of the types that the tables need. */
  readonly types: readonly string[] | undefined;
  readonly allowedOrigins: readonly string[];
  /** SMART Backend Services; undefined: a token from the environment. */
  readonly client: BackendOptions | undefined;
}

interface BackendOptions {
  readonly id: string;
  /** A file; undefined: the key is in the environment. */
  readonly key: string | undefined;
  readonly keyId: string | undefined;
}

export const BULK_ARGUMENTS = {
  bulk: { type: 'string' },
  download: { type: 'string' },
  resume: { type: 'string' },
  types: { type: 'string' },
  'allow-origin': { type: 'string', multiple: true },
  'client-id': { type: 'string' },
  'client-key': { type: 'string' },
  'key-id': { type: 'string' },
} as const satisfies ParseArgsOptionsConfig;

export interface BulkArguments {
  readonly bulk?: string | undefined;
  readonly download?: string | undefined;
  readonly resume?: string | undefined;
  readonly types?: string | undefined;
  readonly 'allow-origin'?: readonly string[] | undefined;
  readonly 'client-id'?: string | undefined;
  readonly 'client-key'?: string | undefined;
  readonly 'key-id'?: string | undefined;
}

export const BULK_HELP = `  --bulk LEVEL        of a server, by Bulk Data: system, patient or group:ID
  --download DIR      of a server, keep what was read as NDJSON, so that it can go on when it was
                      interrupted; with --bulk, what is there whole is added to with --since
  --resume DIR        with --from URL: go on with an export into DIR that was interrupted
  --types A,B         with --bulk: these types and no others (default: those that the tables need)
  --allow-origin URL  with --bulk: files may also come from here, and the token may go here; repeat it
  --client-id ID      SMART Backend Services, with --client-key FILE (JWK or PEM; RSA or EC P-384; of a
                      PEM, --key-id) or the key itself in the environment, CLINICIAN_FEEDBACK_KEY
`;

/** Undefined: no bulk export. Throws `UsageError`. */
export function readBulkOptions(given: BulkArguments): BulkOptions | undefined {
  const { bulk, download, resume } = given;
  if (bulk === undefined && resume === undefined) {
    const alone = (['types', 'allow-origin', 'client-id', 'client-key', 'key-id'] as const)
      .filter((name) => given[name] !== undefined)
      .map((name) => `--${name}`);
    if (alone.length > 0)
      throw new UsageError(`${alone.join(', ')}: only with --bulk or --resume.`);
    return download === undefined ? undefined : bySearch(download);
  }
  if (
    resume !== undefined &&
    (bulk !== undefined || download !== undefined || given.types !== undefined)
  )
    throw new UsageError('--resume goes on as it began: leave --bulk, --download and --types out.');
  const folder = resume ?? download;
  if (folder === undefined)
    throw new UsageError('--bulk needs --download DIR: the files hold patients, and stay there.');
  return {
    level: bulk === undefined ? undefined : level(bulk),
    folder,
    resume: resume !== undefined,
    types: given.types === undefined ? undefined : types(given.types),
    allowedOrigins: (given['allow-origin'] ?? []).map(origin),
    client: client(given),
  };
}

const bySearch = (folder: string): BulkOptions => ({
  ...{ level: 'search', folder, resume: false },
  ...{ types: undefined, allowedOrigins: [], client: undefined },
});

function client(given: BulkArguments): BackendOptions | undefined {
  const { 'client-id': id, 'client-key': key, 'key-id': keyId } = given;
  if (id !== undefined) return { id, key, keyId };
  if (key !== undefined || keyId !== undefined)
    throw new UsageError('--client-key and --key-id are for --client-id.');
  return undefined;
}

function level(text: string): BulkLevel {
  const found = readLevel(text);
  if (!found) throw new UsageError('--bulk takes system, patient or group:ID.');
  return found;
}

function types(text: string): readonly string[] {
  const asked = text.split(',').map((one) => one.trim());
  if (!asked.every((one) => /^[A-Z][A-Za-z]{1,60}$/.test(one)))
    throw new UsageError('--types takes names of resource types, as Patient,Observation.');
  return [...new Set(asked)];
}

function origin(text: string): string {
  if (!URL.canParse(text) || !isSafe(new URL(text)))
    throw new UsageError('--allow-origin takes https://host (http only on this machine).');
  return new URL(text).origin;
}
