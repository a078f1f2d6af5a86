import type { Bundle, FhirResource } from 'fhir/r4';
import { withoutSlash } from '#src/domain/base-url.ts';
import type { Clock } from '../clock.ts';
import { FhirError, type SearchQuery } from '../gateway.ts';
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
  const base = new URL(`${withoutSlash(reader.baseUrl)}/`);
  const query = new URLSearchParams(params.map(([name, value]) => [name, value]));
  let next: string | undefined = `${type}?${query}`;
  while (next !== undefined) {
    const bundle: Bundle = await patiently(reader, inside(next, base));
    yield (bundle.entry ?? []).flatMap(({ resource, search }) =>
      resource && search?.mode !== 'outcome' ? resource : [],
    );
    next = bundle.link?.find(({ relation }) => relation === 'next')?.url;
  }
}

/** A server may page at the base itself (`{base}?_getpages=…`), hence the slash on both sides. */
function inside(target: string, base: URL): URL {
  if (!URL.canParse(target, base))
    throw new FhirError('not-fhir', 'The server named an address that is none.');
  const url = new URL(target, base);
  if (url.origin === base.origin && `${url.pathname}/`.startsWith(base.pathname)) return url;
  throw new FhirError(
    'foreign-origin',
    `The server pointed outside its own address, to ${url.origin}. Nothing was sent there.`,
  );
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

async function once({ token, fetch, clock }: BulkReader, url: URL): Promise<Bundle> {
  const timeout = new AbortController();
  const cancel = clock.after(TIMEOUT_MS, () => timeout.abort());
  try {
    const response = await fetch(url, {
      headers: {
        accept: 'application/fhir+json',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      signal: timeout.signal,
      // A redirect would carry the token to wherever it points.
      redirect: 'manual',
    });
    refuseRedirect(response);
    const body = await parseBody(response);
    if (!response.ok) throw errorFromResponse(response, body, clock.now());
    if (isBundle(body)) return body;
    throw new FhirError(
      'not-fhir',
      'The server answered a search with something other than a Bundle.',
    );
  } catch (cause) {
    throw errorFromFailure(cause, timeout.signal.aborted, false);
  } finally {
    cancel();
  }
}

const isBundle = (body: unknown): body is Bundle =>
  typeof body === 'object' &&
  body !== null &&
  'resourceType' in body &&
  body.resourceType === 'Bundle';
