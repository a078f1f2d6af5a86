import { FhirError } from '../gateway.ts';
import { GUARDED } from '../guarded-request.ts';
import { errorFromFailure, refuseRedirect } from '../http-errors.ts';
import type { BulkClient } from './bulk-client.ts';
import { BulkError } from './bulk-error.ts';

/** So long may a server say nothing at all. */
const SILENCE_MS = 120_000;
/** A night's job should not end at one 429 or one 500. */
const TRIES = 5;
const WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 300_000;

export interface BulkRequest {
  readonly url: URL;
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly withToken: boolean;
  /** Instead of the client's: what is cleaned up after Ctrl-C must not be stopped by it. */
  readonly stop?: AbortSignal;
}

/**
 * One exchange, to the last byte that `use` reads; `alive` says that something came. A refused token
 * is renewed once. Throws `FhirError`, and whatever `BulkError` `use` throws.
 */
export async function exchange<T>(
  client: BulkClient,
  request: BulkRequest,
  use: (response: Response, alive: () => void) => Promise<T>,
): Promise<T> {
  const { url, method = 'GET', headers = {}, body, withToken, stop = client.stop } = request;
  for (let renewed = false; ; renewed = true) {
    const token = withToken ? await client.tokens.current() : undefined;
    const limit = new AbortController();
    let cancel = client.clock.after(SILENCE_MS, () => limit.abort());
    const alive = (): void => {
      cancel();
      cancel = client.clock.after(SILENCE_MS, () => limit.abort());
    };
    try {
      const response = await client.fetch(url, {
        ...GUARDED,
        method,
        headers: { ...headers, ...(token !== undefined && { authorization: `Bearer ${token}` }) },
        ...(body !== undefined && { body }),
        signal: AbortSignal.any([limit.signal, stop]),
      });
      refuseRedirect(response);
      const refused = response.status === 401 && token !== undefined && !renewed;
      if (refused && (await client.tokens.renew(token))) {
        await response.body?.cancel();
        continue;
      }
      return await use(response, alive);
    } catch (cause) {
      if (cause instanceof BulkError) throw cause;
      throw errorFromFailure(cause, limit.signal.aborted, stop.aborted);
    } finally {
      cancel();
    }
  }
}

const PASSING = ['busy', 'timeout', 'offline', 'server'];

/** Again, where a failure may pass; after the time that the server asks for. */
export async function patiently<T>(
  client: BulkClient,
  work: () => Promise<T>,
  passes: (cause: unknown) => boolean = isPassing,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (cause) {
      if (client.stop.aborted || !passes(cause) || tries === TRIES) throw cause;
      const asked = cause instanceof FhirError ? cause.retryAfterMs : undefined;
      await client.pause(Math.min(asked ?? WAIT_MS * 2 ** (tries - 1), LONGEST_WAIT_MS));
    }
  }
}

export const isPassing = (cause: unknown): boolean =>
  cause instanceof FhirError ? PASSING.includes(cause.kind) : isTorn(cause);

const isTorn = (cause: unknown): boolean => cause instanceof BulkError && cause.kind === 'torn';
