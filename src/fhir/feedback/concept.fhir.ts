import type { CodeableConcept } from 'fhir/r4';
import type { Coding } from '#src/domain/coding.ts';
import { defined, get, line, objects, token } from '../read.ts';

export const toConcept = (coding: Coding): CodeableConcept => ({
  coding: [
    defined({ system: coding.system, code: coding.code, display: coding.display || undefined }),
  ],
});

/** The first coding with a code; one without a system keeps the empty string, so that it shows. */
export function fromConcept(concept: unknown): Coding | undefined {
  const held = objects(get(concept, 'coding')).find((coding) => line(coding.code) !== undefined);
  const code = line(held?.code);
  if (code === undefined) return undefined;
  return defined<Coding>({ system: token(held?.system) ?? '', code, display: line(held?.display) });
}

/** The code that a concept has in one system. */
export const codeIn = (concept: unknown, system: string): string | undefined =>
  token(objects(get(concept, 'coding')).find((coding) => coding.system === system)?.code);
