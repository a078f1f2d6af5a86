import type { Clock } from './clock.ts';

/** Of every request that may carry a token or speak of a patient. */
export const GUARDED = {
  credentials: 'omit',
  // A redirect would carry the bearer token to wherever it points, or end at a login page.
  redirect: 'manual',
  cache: 'no-store',
  referrerPolicy: 'no-referrer',
} as const satisfies RequestInit;

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
