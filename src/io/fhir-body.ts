import type { Bundle, FhirResource, OperationOutcome } from 'fhir/r4';
import { FhirError } from './gateway.ts';

export function isResource(body: unknown): body is FhirResource {
  return typeof body === 'object' && body !== null && 'resourceType' in body;
}

/** What a server answered, where it must be FHIR. Throws `FhirError`. */
export function requireResource(body: unknown): FhirResource {
  if (isResource(body)) return body;
  throw new FhirError('not-fhir', 'The server answered with something that is not FHIR.');
}

/** Throws `FhirError`. */
export function requireBundle(body: unknown): Bundle {
  const resource = requireResource(body);
  if (resource.resourceType === 'Bundle') return resource;
  throw new FhirError(
    'not-fhir',
    'The server answered a search with something other than a Bundle.',
    {
      ...(resource.resourceType === 'OperationOutcome' && {
        outcome: resource as OperationOutcome,
      }),
    },
  );
}
