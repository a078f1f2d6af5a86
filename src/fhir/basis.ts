import type { ResourceRef } from '#src/domain/coding.ts';
import type { BasisReference } from '#src/domain/recommendation.ts';
import { identifier } from './datatypes.ts';
import { defined, get, isObject, line, type Problems, problem, tooMany } from './read.ts';
import { literal, referenceElements } from './reference.ts';

/** R5 CodeableReference wraps the Reference; R4 sends it bare. */
export const unwrapReference = (element: unknown): unknown =>
  isObject(get(element, 'reference')) ? get(element, 'reference') : element;

/** R5 CodeableReference wraps the CodeableConcept; R4 sends it bare. */
export const unwrapConcept = (element: unknown): unknown =>
  isObject(get(element, 'concept')) ? get(element, 'concept') : element;

/**
 * The inputs that a recommendation names, in the producer's order, not yet resolved. Contained ones
 * become `Type/id#contained`. Entries that name nothing are reported.
 */
export function readBasis(
  values: readonly unknown[],
  parent: ResourceRef,
  problems: Problems,
  where: string,
): readonly BasisReference[] {
  if (values.some(tooMany)) {
    problems.push(problem('truncated', 'Not all inputs of the AI are shown.', where));
  }
  const basis: BasisReference[] = [];
  for (const element of referenceElements(...values).map(unwrapReference)) {
    const read = defined<BasisReference>({
      reference: literal(element, parent),
      identifier: identifier(get(element, 'identifier')),
      display: line(get(element, 'display')),
    });
    if (Object.keys(read).length > 0) basis.push(read);
    else
      problems.push(
        problem('malformed', 'An input of the AI was named by an empty reference.', where),
      );
  }
  return basis;
}
