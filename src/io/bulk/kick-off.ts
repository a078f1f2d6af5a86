import { FhirError } from '../gateway.ts';
import { errorFromResponse, parseBody } from '../http-errors.ts';
import { allowedAddress } from './addresses.ts';
import type { BulkClient } from './bulk-client.ts';
import { BulkError } from './bulk-error.ts';
import { exchange, patiently } from './exchange.ts';

/** What is exported: everything, all patients, or the patients of one group. */
export type BulkLevel = 'system' | 'patient' | `group:${string}`;

export interface BulkQuery {
  readonly level: BulkLevel;
  /** Resource types, `_type`. */
  readonly types: readonly string[];
  /** ISO 8601 instant, `_since`. */
  readonly since: string | undefined;
}

/** Lenient: a server that does not know one of the types exports the others. */
const HEADERS = { accept: 'application/fhir+json', prefer: 'respond-async, handling=lenient' };
const FORMAT = 'application/fhir+ndjson';
/** How servers say that they take no POST here. */
const NO_POST: readonly (number | undefined)[] = [400, 404, 405, 415, 422, 501];

/**
 * Starts an export and returns where its status is asked (Bulk Data 2.0 §2.5). POST first, since
 * later drafts drop GET and its lists; GET where a server knows no POST yet. Throws `BulkError`, `FhirError`.
 */
export async function kickOff(client: BulkClient, query: BulkQuery): Promise<URL> {
  const url = new URL(`${client.baseUrl}/${operation(query.level)}`);
  try {
    return await started(client, url, JSON.stringify(parameters(query)));
  } catch (cause) {
    if (!(cause instanceof FhirError) || !NO_POST.includes(cause.status)) throw cause;
  }
  url.search = inAddress(query).toString();
  try {
    return await started(client, url);
  } catch (cause) {
    if (!(cause instanceof FhirError) || !NO_POST.includes(cause.status)) throw cause;
    const kind = cause.status === 400 || cause.status === 422 ? 'refused' : 'not-offered';
    const words =
      kind === 'refused'
        ? 'The server did not accept this export.'
        : 'The server offers no such export.';
    throw new BulkError(kind, `${words} (HTTP ${cause.status})`, cause);
  }
}

const operation = (level: BulkLevel): string =>
  level === 'system'
    ? '$export'
    : level === 'patient'
      ? 'Patient/$export'
      : `Group/${encodeURIComponent(level.slice('group:'.length))}/$export`;

const parameters = ({ types, since }: BulkQuery) => ({
  resourceType: 'Parameters',
  parameter: [
    { name: '_outputFormat', valueString: FORMAT },
    ...(types.length > 0 ? [{ name: '_type', valueString: types.join(',') }] : []),
    ...(since === undefined ? [] : [{ name: '_since', valueInstant: since }]),
  ],
});

const inAddress = ({ types, since }: BulkQuery): URLSearchParams =>
  new URLSearchParams([
    ['_outputFormat', FORMAT],
    ...(types.length > 0 ? [['_type', types.join(',')]] : []),
    ...(since === undefined ? [] : [['_since', since]]),
  ]);

/** Only a refusal is repeated: what was lost on its way may have started a job. */
const wasRefused = (cause: unknown): boolean =>
  cause instanceof FhirError && (cause.kind === 'busy' || cause.kind === 'server');

function started(client: BulkClient, url: URL, body?: string): Promise<URL> {
  const request = {
    url,
    method: body === undefined ? 'GET' : 'POST',
    headers: { ...HEADERS, ...(body !== undefined && { 'content-type': 'application/fhir+json' }) },
    ...(body !== undefined && { body }),
    withToken: true,
  } as const;
  const ask = () =>
    exchange(client, request, async (response) => {
      const location = response.headers.get('content-location');
      if (response.status === 202 && location !== null) return allowedAddress(location, client);
      if (!response.ok)
        throw errorFromResponse(response, await parseBody(response), client.clock.now());
      throw new BulkError('not-offered', 'The server answered without starting an export.');
    });
  return patiently(client, ask, wasRefused);
}
