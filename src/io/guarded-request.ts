import { withoutSlash } from '#src/domain/base-url.ts';
import type { Clock } from './clock.ts';
import { FhirError } from './gateway.ts';

/** Of every request that may carry a token or speak of a patient. */
export const GUARDED = {
  credentials: 'omit',
  // A redirect would carry the bearer token to wherever it points, or end at a login page.
  redirect: 'manual',
  cache: 'no-store',
  referrerPolicy: 'no-referrer',
} as const satisfies RequestInit;

/**
 * The token goes to this server only: an absolute URL must stay below the FHIR base. A server may page
 * at the base itself (`{base}?_getpages=…`), hence the slash on both sides. Throws `FhirError`.
 */
export function belowBase(target: string, baseUrl: string): URL {
  const base = new URL(`${withoutSlash(baseUrl)}/`);
  if (!URL.canParse(target, base))
    throw new FhirError('not-fhir', 'The server named an address that is none.');
  const url = new URL(target, base);
  if (url.origin === base.origin && `${url.pathname}/`.startsWith(base.pathname)) return url;
  throw new FhirError(
    'foreign-origin',
    `The server pointed outside its own address, to ${url.origin}. Nothing was sent there.`,
  );
}

/** One exchange, from its token to its last byte, with the signal that ends it after `ms`. */
export async function within<T>(
  ms: number,
  clock: Clock,
  exchange: (limit: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = new AbortController();
  const cancel = clock.after(ms, () => limit.abort());
  try {
    return await exchange(limit.signal);
  } finally {
    cancel();
  }
}
