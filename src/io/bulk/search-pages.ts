import type { Bundle, FhirResource } from 'fhir/r4';
import type { Clock } from '../clock.ts';
import { requireBundle } from '../fhir-body.ts';
import { FhirError, type SearchQuery } from '../gateway.ts';
import { belowBase, GUARDED, within } from '../guarded-request.ts';
import { errorFromFailure, errorFromResponse, parseBody, refuseRedirect } from '../http-errors.ts';

export interface BulkReader {
  /** FHIR base. The token and every page go below it and nowhere else. */
  readonly baseUrl: string;
  readonly token: string | undefined;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
}

/** A report over all patients takes a server longer than a card may take. */
const TIMEOUT_MS = 120_000;
/** A busy server is asked again so often; a night's job should not end at one 429. */
const TRIES = 4;
const WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 60_000;

/**
 * All pages of a search, one at a time, so that a million resources are never held together; this is
 * what `FhirGateway.search` is not for. Follows `next` on the same origin, below the base. Throws `FhirError`.
 */
export async function* searchPages(
  reader: BulkReader,
  { type, params }: SearchQuery,
): AsyncGenerator<readonly FhirResource[]> {
  const query = new URLSearchParams(params.map(([name, value]) => [name, value]));
  let next: string | undefined = `${type}?${query}`;
  while (next !== undefined) {
    const bundle: Bundle = await patiently(reader, belowBase(next, reader.baseUrl));
    yield (bundle.entry ?? []).flatMap(({ resource, search }) =>
      resource && search?.mode !== 'outcome' ? resource : [],
    );
    next = bundle.link?.find(({ relation }) => relation === 'next')?.url;
  }
}

async function patiently(reader: BulkReader, url: URL): Promise<Bundle> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await once(reader, url);
    } catch (cause) {
      const passing =
        cause instanceof FhirError && ['busy', 'timeout', 'offline', 'server'].includes(cause.kind);
      if (!passing || tries === TRIES) throw cause;
      const wait = Math.min(cause.retryAfterMs ?? WAIT_MS * 2 ** tries, LONGEST_WAIT_MS);
      await new Promise<void>((resolve) => reader.clock.after(wait, resolve));
    }
  }
}

const once = ({ token, fetch, clock }: BulkReader, url: URL): Promise<Bundle> =>
  within(TIMEOUT_MS, clock, async (limit) => {
    try {
      const response = await fetch(url, {
        ...GUARDED,
        headers: {
          accept: 'application/fhir+json',
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
        },
        signal: limit,
      });
      refuseRedirect(response);
      const body = await parseBody(response);
      if (!response.ok) throw errorFromResponse(response, body, clock.now());
      return requireBundle(body);
    } catch (cause) {
      throw errorFromFailure(cause, limit.aborted, false);
    }
  });
