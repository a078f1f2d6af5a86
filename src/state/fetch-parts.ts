import type { FhirResource } from 'fhir/r4';
import { type FhirSearch, plainSearch } from '#src/fhir/search.ts';
import type { FhirError, FhirErrorKind, FhirGateway } from '#src/io/gateway.ts';

/** What one of several searches gave: a part that fails never takes the others with it. */
export interface Part {
  /** FHIR base of the server that was asked. */
  readonly server: string;
  readonly type: string;
  readonly matches: readonly FhirResource[];
  readonly included: readonly FhirResource[];
  readonly truncated: boolean;
  readonly failure?: PartFailure;
}

export interface PartFailure {
  readonly kind: FhirErrorKind;
  readonly message: string;
}

const isFhirError = (cause: unknown): cause is FhirError =>
  cause instanceof Error && cause.name === 'FhirError';

/** One search, and the server that it is for. */
export interface Asked {
  readonly gateway: FhirGateway;
  readonly search: FhirSearch;
}

export const ask = (
  { gateway }: { readonly gateway: FhirGateway },
  searches: readonly FhirSearch[],
): readonly Asked[] => searches.map((search) => ({ gateway, search }));

/**
 * Runs searches side by side. A server that refuses our sorting or includes is asked again plainly.
 * A cancelled request is thrown on, so that Query drops it instead of caching half an answer. Where a
 * connection fails for a while, what `previous` had stays: a card must not vanish, or lose its answer,
 * because a minute's refresh did not get through.
 */
export function fetchParts(
  asked: readonly Asked[],
  signal: AbortSignal,
  previous: readonly Part[] = [],
): Promise<readonly Part[]> {
  return Promise.all(
    asked.map((one, index) =>
      fetchPart(one, signal).catch((cause: unknown) => {
        if (!isFhirError(cause) || cause.kind === 'aborted') throw cause;
        return failed(one, cause, previous[index]);
      }),
    ),
  );
}

const PASSING: ReadonlySet<string> = new Set(['offline', 'timeout', 'auth', 'busy', 'server']);

/** A failure that says nothing about what the server holds or whether we may read it. */
export const isPassing = (kind: string): boolean => PASSING.has(kind);

/** What kind of failure Query holds; what is no `FhirError` came from reading, not from sending. */
export const kindOfError = (error: Error): string =>
  'kind' in error ? String(error.kind) : 'unreadable';

async function fetchPart({ gateway, search }: Asked, signal: AbortSignal): Promise<Part> {
  const from = { server: gateway.baseUrl, type: search.type };
  try {
    return { ...from, ...(await gateway.search(search, { signal })) };
  } catch (cause) {
    const simpler = plainSearch(search);
    const worthwhile = simpler.params.length < search.params.length && named(simpler);
    if (!isFhirError(cause) || cause.status !== 400 || !worthwhile) throw cause;
    return { ...from, ...(await gateway.search(simpler, { signal })) };
  }
}

/** Never ask for everybody's: the simpler search must still name the patient. */
const named = (search: FhirSearch) => search.params.some(([name]) => name === 'patient');

function failed({ gateway, search }: Asked, cause: FhirError, previous: Part | undefined): Part {
  const { type } = search;
  const same = previous?.server === gateway.baseUrl && previous.type === type;
  const kept = same && isPassing(cause.kind) ? previous : undefined;
  return {
    server: gateway.baseUrl,
    type,
    matches: kept?.matches ?? [],
    included: kept?.included ?? [],
    truncated: kept?.truncated ?? false,
    failure: { kind: cause.kind, message: cause.message },
  };
}

export const allOf = (parts: readonly Part[]): readonly FhirResource[] =>
  parts.flatMap((part) => [...part.matches, ...part.included]);

/** What one server gave: an id of another says nothing about it. */
export const allFrom = (server: string, parts: readonly Part[]): readonly FhirResource[] =>
  allOf(parts.filter((part) => part.server === server));
