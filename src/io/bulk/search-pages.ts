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
  /** Ctrl-C. */
  readonly stop?: AbortSignal;
}

export interface SearchPage {
  readonly resources: readonly FhirResource[];
  /** How many there are in all, where the server says so. */
  readonly total: number | undefined;
  /** Where the next page is; undefined: this is the last. */
  readonly next: string | undefined;
}

/** A report over all patients takes a server longer than a card may take. */
const TIMEOUT_MS = 120_000;
/** A busy server is asked again so often; a night's job should not end at one 429. */
const TRIES = 4;
const WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 60_000;

export const searchAddress = ({ type, params }: SearchQuery): string =>
  `${type}?${new URLSearchParams(params.map(([name, value]) => [name, value]))}`;

/**
 * All pages of a search, one at a time, so that a million resources are never held together; this is
 * what `FhirGateway.search` is not for. Follows `next` on the same origin, below the base. Throws `FhirError`.
 */
export async function* searchPages(
  reader: BulkReader,
  search: SearchQuery,
): AsyncGenerator<readonly FhirResource[]> {
  for await (const { resources } of pagesFrom(reader, searchAddress(search))) yield resources;
}

/** The same from any page on. @param start address of it, as `searchAddress` or a page gives it. */
export async function* pagesFrom(reader: BulkReader, start: string): AsyncGenerator<SearchPage> {
  for (let at: string | undefined = start; at !== undefined; ) {
    const bundle: Bundle = await patiently(reader, belowBase(at, reader.baseUrl));
    const next: string | undefined = bundle.link?.find(({ relation }) => relation === 'next')?.url;
    const resources = (bundle.entry ?? []).flatMap(({ resource, search }) =>
      resource && search?.mode !== 'outcome' ? resource : [],
    );
    yield { resources, total: bundle.total, next };
    at = next;
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
      await wait(reader, Math.min(cause.retryAfterMs ?? WAIT_MS * 2 ** tries, LONGEST_WAIT_MS));
    }
  }
}

/** Ends early at Ctrl-C; the request that follows then fails at once. */
const wait = ({ clock, stop }: BulkReader, ms: number): Promise<void> =>
  new Promise((resolve) => {
    const cancel = clock.after(ms, resolve);
    stop?.addEventListener('abort', () => {
      cancel();
      resolve();
    });
  });

const once = ({ token, fetch, clock, stop }: BulkReader, url: URL): Promise<Bundle> =>
  within(TIMEOUT_MS, clock, async (limit) => {
    try {
      const response = await fetch(url, {
        ...GUARDED,
        headers: {
          accept: 'application/fhir+json',
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
        },
        signal: stop ? AbortSignal.any([limit, stop]) : limit,
      });
      refuseRedirect(response);
      const body = await parseBody(response);
      if (!response.ok) throw errorFromResponse(response, body, clock.now());
      return requireBundle(body);
    } catch (cause) {
      throw errorFromFailure(cause, limit.aborted, stop?.aborted === true);
    }
  });
