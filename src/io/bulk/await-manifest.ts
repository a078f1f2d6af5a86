import { FhirError } from '../gateway.ts';
import { errorFromResponse, parseBody, retryAfter } from '../http-errors.ts';
import { allowedAddress } from './addresses.ts';
import type { BulkClient } from './bulk-client.ts';
import { BulkError } from './bulk-error.ts';
import { exchange, patiently } from './exchange.ts';
import { type Manifest, readManifest } from './manifest.ts';

/** Where a server does not say when to ask again; no server is asked sooner. */
const FIRST_WAIT_MS = 1_000;
const USUAL_WAIT_MS = 30_000;
/** No server is left alone for longer, whatever it asks for. */
const LONGEST_WAIT_MS = 600_000;
const LONGEST_WORDS = 100;
/** A server whose pages never end has made a mistake. */
const MOST_PAGES = 10_000;

/** Asks until the export has ended; a manifest of several pages is put together. Throws `BulkError`, `FhirError`. */
export async function awaitManifest(client: BulkClient, status: URL): Promise<Manifest> {
  const first = await page(client, status);
  let { next } = first;
  let { output, deleted, error, requiresAccessToken } = first;
  for (let pages = 1; next !== undefined; pages += 1) {
    if (pages === MOST_PAGES) throw new BulkError('bad-manifest', 'The manifest has no end.');
    const more = await page(client, allowedAddress(next, client));
    requiresAccessToken ||= more.requiresAccessToken;
    output = [...output, ...more.output];
    deleted = [...deleted, ...more.deleted];
    error = [...error, ...more.error];
    next = more.next;
  }
  const { transactionTime } = first;
  return { transactionTime, requiresAccessToken, output, deleted, error, next: undefined };
}

async function page(client: BulkClient, url: URL): Promise<Manifest> {
  const request = { url, headers: { accept: 'application/json' }, withToken: true };
  let said = '';
  for (let asked = 0; ; asked += 1) {
    const question = () =>
      exchange(client, request, async (response) => {
        const { status, headers } = response;
        if (status === 202) {
          const wait = retryAfter(headers.get('retry-after'), client.clock.now());
          // A manifest of what there is so far may stand here (Bulk Data 3): the whole one will follow.
          await response.body?.cancel();
          return { wait, progress: headers.get('x-progress') ?? '' };
        }
        const body = await parseBody(response);
        if (response.ok) return readManifest(body);
        throw errorFromResponse(response, body, client.clock.now());
      });
    const found = await patiently(client, question).catch((cause) => {
      throw failure(cause);
    });
    if (!('wait' in found)) return found;
    const words = plain(found.progress);
    if (words !== said && words !== '') client.tell(`export: ${words}`);
    said = words;
    const usual = Math.min(FIRST_WAIT_MS * 2 ** asked, USUAL_WAIT_MS);
    await client.pause(Math.min(Math.max(found.wait ?? usual, FIRST_WAIT_MS), LONGEST_WAIT_MS));
    if (client.stop.aborted) throw new BulkError('stopped', 'Stopped.');
  }
}

/** A failure that stays, however often it is asked, is the job's. */
function failure(cause: unknown): unknown {
  if (!(cause instanceof FhirError)) return cause;
  const { kind, status } = cause;
  if (kind === 'not-found')
    return new BulkError(
      'job-gone',
      `The server no longer has this export. (HTTP ${status})`,
      cause,
    );
  return kind === 'server'
    ? new BulkError(
        'job-failed',
        `The server ended the export with a failure. (HTTP ${status})`,
        cause,
      )
    : cause;
}

/** A server's words go to a terminal: nothing that would steer it, and not at any length. */
const plain = (words: string): string =>
  words
    .replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, ' ')
    .slice(0, LONGEST_WORDS)
    .trim();
