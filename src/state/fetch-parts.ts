import type { FhirResource } from 'fhir/r4';
import { type FhirSearch, plainSearch } from '#src/fhir/search.ts';
import type { FhirError, FhirErrorKind, FhirGateway } from '#src/io/gateway.ts';

/** What one of several searches gave: a part that fails never takes the others with it. */
export interface Part {
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

/**
 * Runs searches side by side. A server that refuses our sorting or includes is asked again plainly.
 * A cancelled request is thrown on, so that Query drops it instead of caching half an answer.
 */
export function fetchParts(
  gateway: FhirGateway,
  searches: readonly FhirSearch[],
  signal: AbortSignal,
): Promise<readonly Part[]> {
  return Promise.all(
    searches.map((search) =>
      fetchPart(gateway, search, signal).catch((cause: unknown) => {
        if (!isFhirError(cause) || cause.kind === 'aborted') throw cause;
        return failed(search, cause);
      }),
    ),
  );
}

async function fetchPart(
  gateway: FhirGateway,
  search: FhirSearch,
  signal: AbortSignal,
): Promise<Part> {
  try {
    return { type: search.type, ...(await gateway.search(search, { signal })) };
  } catch (cause) {
    const simpler = plainSearch(search);
    const worthwhile = simpler.params.length < search.params.length && named(simpler);
    if (!isFhirError(cause) || cause.status !== 400 || !worthwhile) throw cause;
    return { type: search.type, ...(await gateway.search(simpler, { signal })) };
  }
}

/** Never ask for everybody's: the simpler search must still name the patient. */
const named = (search: FhirSearch) => search.params.some(([name]) => name === 'patient');

const failed = (search: FhirSearch, cause: FhirError): Part => ({
  type: search.type,
  matches: [],
  included: [],
  truncated: false,
  failure: { kind: cause.kind, message: cause.message },
});

export const allOf = (parts: readonly Part[]): readonly FhirResource[] =>
  parts.flatMap((part) => [...part.matches, ...part.included]);
