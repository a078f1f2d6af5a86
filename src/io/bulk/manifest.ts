import { BulkError } from './bulk-error.ts';

/** One file that a server made. */
export interface ManifestFile {
  /** Type of its resources; of deletions `Bundle`, of errors `OperationOutcome`. */
  readonly type: string;
  readonly url: string;
  /** Lines, where the server says so. */
  readonly count: number | undefined;
}

/** What a finished export says of itself (Bulk Data 2.0 §2.5.5); several pages put together. */
export interface Manifest {
  /** The server's time: what `_since` of the next export is. */
  readonly transactionTime: string;
  readonly requiresAccessToken: boolean;
  readonly output: readonly ManifestFile[];
  readonly deleted: readonly ManifestFile[];
  readonly error: readonly ManifestFile[];
  /** Where the rest of the manifest is (Bulk Data 3). */
  readonly next: string | undefined;
}

const TYPE = /^[A-Z][A-Za-z]{1,60}$/;

/** Reads a manifest as it came. Throws `BulkError`. */
export function readManifest(body: unknown): Manifest {
  const { transactionTime, requiresAccessToken, output, deleted, error, link } = fields(body);
  if (typeof transactionTime !== 'string' || !Array.isArray(output)) throw bad('no manifest');
  return {
    transactionTime,
    // A server that does not say is asked with the token, as the status was.
    requiresAccessToken: requiresAccessToken !== false,
    output: files(output, 'Resource'),
    deleted: files(deleted ?? [], 'Bundle'),
    error: files(error ?? [], 'OperationOutcome'),
    next: nextOf(link),
  };
}

/** @param usual type where none is said, as later drafts allow. */
function files(list: unknown, usual: string): readonly ManifestFile[] {
  if (!Array.isArray(list)) throw bad('a list of files that is none');
  return list.map((one: unknown) => {
    const { type = usual, url, count } = fields(one);
    // The type becomes a file's name.
    if (typeof type !== 'string' || !TYPE.test(type)) throw bad('a file without its type');
    if (typeof url !== 'string') throw bad('a file without its address');
    return { type, url, count: typeof count === 'number' ? count : undefined };
  });
}

function nextOf(link: unknown): string | undefined {
  if (!Array.isArray(link)) return undefined;
  const { url } = fields(link.find((one) => fields(one).relation === 'next') ?? {});
  return typeof url === 'string' ? url : undefined;
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) throw bad('something other than an object');
  return { ...value };
}

const bad = (what: string): BulkError =>
  new BulkError('bad-manifest', `The server ended its export with ${what}.`);
