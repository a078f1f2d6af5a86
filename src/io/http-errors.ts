import type { OperationOutcome } from 'fhir/r4';
import { FhirError, type FhirErrorKind } from './gateway.ts';

/** JSON where the server says JSON; `undefined` for an empty body; text is never FHIR. */
export async function parseBody(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text.trim() === '') return undefined;
  if (!/\bjson\b/i.test(response.headers.get('content-type') ?? '')) {
    if (!response.ok) return undefined;
    throw new FhirError(
      'not-fhir',
      'The server answered with a page instead of FHIR, perhaps a login or proxy page.',
      { status: response.status },
    );
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new FhirError('not-fhir', 'The server answered with broken JSON.', {
      status: response.status,
      cause,
    });
  }
}

const BY_STATUS: Readonly<Record<number, FhirErrorKind>> = {
  401: 'auth',
  403: 'forbidden',
  404: 'not-found',
  410: 'not-found',
  408: 'timeout',
  409: 'conflict',
  412: 'conflict',
  429: 'busy',
  503: 'busy',
};

const WORDS: Readonly<Record<FhirErrorKind, string>> = {
  offline: 'The server could not be reached.',
  timeout: 'The server took too long to answer.',
  aborted: 'The request was cancelled.',
  auth: 'The sign-in has ended.',
  'wrong-patient': 'The sign-in now speaks of another patient.',
  forbidden: 'The EHR does not allow this app to do that.',
  'not-found': 'The server does not have it.',
  conflict: 'Somebody else changed it at the same time.',
  invalid: 'The server did not accept it.',
  busy: 'The server is busy.',
  server: 'The server failed.',
  'not-fhir': 'The server answered with something that is not FHIR.',
  redirected: 'The server sent the app elsewhere, perhaps to a login page.',
  'foreign-origin': 'The request would have left the configured server.',
};

/** Maps an HTTP refusal to our one error. Diagnostics stay in `outcome`; the message is ours. */
export function errorFromResponse(response: Response, body: unknown, now: number): FhirError {
  const kind = BY_STATUS[response.status] ?? (response.status >= 500 ? 'server' : 'invalid');
  const outcome = asOutcome(body);
  const retryAfterMs = retryAfter(response.headers.get('retry-after'), now);
  return new FhirError(kind, `${WORDS[kind]} (HTTP ${response.status})`, {
    status: response.status,
    ...(outcome && { outcome }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

/** FHIR redirects nobody. A browser hides where to (`opaqueredirect`), Node does not. */
export function refuseRedirect({ type, status }: Response): void {
  if (type === 'opaqueredirect' || (status >= 300 && status < 400))
    throw new FhirError('redirected', WORDS.redirected);
}

/** Maps what `fetch` throws. A CORS refusal looks like being offline, and is worded so. */
export function errorFromFailure(cause: unknown, timedOut: boolean, aborted: boolean): FhirError {
  if (cause instanceof FhirError) return cause;
  const kind: FhirErrorKind = aborted ? 'aborted' : timedOut ? 'timeout' : 'offline';
  return new FhirError(kind, WORDS[kind], { cause });
}

/** RFC 9110 §10.2.3: seconds or an HTTP date. */
export function retryAfter(header: string | null, now: number): number | undefined {
  if (!header) return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function asOutcome(body: unknown): OperationOutcome | undefined {
  return typeof body === 'object' &&
    body !== null &&
    'resourceType' in body &&
    body.resourceType === 'OperationOutcome'
    ? (body as OperationOutcome)
    : undefined;
}

/** What a person can do with it: the server's own words, shortened, else nothing. */
export function outcomeText(outcome: OperationOutcome | undefined): string | undefined {
  const issue = outcome?.issue?.find(
    (one) => one?.severity === 'error' || one?.severity === 'fatal',
  );
  const text = issue?.details?.text ?? issue?.diagnostics;
  return typeof text === 'string' ? text.slice(0, 300) : undefined;
}
