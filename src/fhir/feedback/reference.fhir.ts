import type { Reference } from 'fhir/r4';
import type { Identifier, ResourceRef } from '#src/domain/coding.ts';
import type { AnsweredRecommendation } from '#src/domain/feedback.ts';
import { identifier } from '../datatypes.ts';
import { defined, get, token } from '../read.ts';
import { parseReference, plainReference } from '../reference.ts';

/**
 * A reference that means something on server `home`, as it must be written on server `target`:
 * relative where both are the same, absolute across stores. What cannot be taken apart stays as it is.
 */
export function referenceOn(target: string, home: string, reference: string): string {
  const parsed = parseReference(reference, home);
  return parsed ? plainReference(parsed.ref, target) : reference;
}

/** The reference in a Reference element of `server`, in the form that is relative to `issuer`. */
export function readReference(
  element: unknown,
  server: string,
  issuer: string,
): string | undefined {
  const sent = token(get(element, 'reference'), 2_048);
  return sent === undefined ? undefined : referenceOn(issuer, server, sent);
}

/**
 * `Observation.focus`: without version, because servers do not find versioned references by search,
 * and with the identifier, because that survives a copy to another store.
 */
export function toFocus(recommendation: AnsweredRecommendation, target: string): Reference {
  const { ref, identifier: known } = recommendation;
  return defined<Reference>({
    reference: plainReference(ref, target),
    type: ref.type,
    identifier: known && defined({ system: known.system, value: known.value }),
  });
}

export interface Focus {
  readonly ref: ResourceRef;
  readonly identifier?: Identifier;
  /** Only from writers that put the version into the reference. */
  readonly version?: string;
}

export function fromFocus(focus: unknown, server: string): Focus | undefined {
  const parsed = parseReference(get(focus, 'reference'), server);
  if (!parsed) return undefined;
  const known = identifier(get(focus, 'identifier'));
  return defined<Focus>({ ref: parsed.ref, identifier: known, version: parsed.version });
}
