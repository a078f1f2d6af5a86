import type { FhirResource, OperationOutcome } from 'fhir/r4';

/** Why a request failed, in the words that the rest of the app decides on. */
export type FhirErrorKind =
  | 'offline'
  | 'timeout'
  | 'aborted'
  | 'auth'
  | 'wrong-patient'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'invalid'
  | 'busy'
  | 'server'
  | 'not-fhir'
  | 'redirected'
  | 'foreign-origin';

/** The one error that `io` throws for a FHIR request. It never carries patient data or a token. */
export class FhirError extends Error {
  readonly kind: FhirErrorKind;
  readonly status: number | undefined;
  readonly outcome: OperationOutcome | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(
    kind: FhirErrorKind,
    message: string,
    more: {
      status?: number;
      outcome?: OperationOutcome;
      retryAfterMs?: number;
      cause?: unknown;
    } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = 'FhirError';
    this.kind = kind;
    this.status = more.status;
    this.outcome = more.outcome;
    this.retryAfterMs = more.retryAfterMs;
  }
}

export interface SearchQuery {
  readonly type: string;
  /** In order; a name may repeat. */
  readonly params: ReadonlyArray<readonly [name: string, value: string]>;
}

export interface SearchPage {
  /** Entries that matched (`search.mode` match or absent). */
  readonly matches: readonly FhirResource[];
  readonly included: readonly FhirResource[];
  /** True when the cap was reached while the server still had a `next` link. */
  readonly truncated: boolean;
  /** How many match in all, where the server says so. */
  readonly total?: number;
}

export interface CreateResult {
  /** True when the server answered that it already had this one (conditional create). */
  readonly existed: boolean;
  readonly resource: FhirResource | undefined;
  readonly reference: string | undefined;
  readonly etag: string | undefined;
}

export interface RequestOptions {
  readonly signal?: AbortSignal;
  /** The page is going away: ask the browser to finish the request after it is gone. */
  readonly keepalive?: boolean;
}

/**
 * One FHIR server over HTTP. Every method throws `FhirError` and nothing else. The bearer token
 * goes to `baseUrl`'s origin and path only; an absolute URL elsewhere is refused before it is sent.
 */
export interface FhirGateway {
  readonly baseUrl: string;
  read(type: string, id: string, options?: RequestOptions): Promise<FhirResource>;
  /**
   * Follows `next` links on the same origin until `cap` matches (default 500) are there. Searches
   * by identifier go as POST `_search`, so that no identifier stands in a URL or an access log.
   */
  search(query: SearchQuery, options?: RequestOptions & { cap?: number }): Promise<SearchPage>;
  create(
    resource: FhirResource,
    options?: RequestOptions & { ifNoneExist?: string },
  ): Promise<CreateResult>;
  update(
    resource: FhirResource & { id: string },
    options?: RequestOptions & { ifMatch?: string },
  ): Promise<FhirResource | undefined>;
}
