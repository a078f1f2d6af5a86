import type { CodeableConcept } from 'fhir/r4';
import type { Coding } from '#src/domain/coding.ts';
import { defined, get, line, objects, token } from '../read.ts';

/** A coding without a code keeps its display only: empty strings are no legal R4 values. */
export const toConcept = ({ system, code, display }: Coding): CodeableConcept => ({
  coding: [
    defined({
      system: (code && system) || undefined,
      code: code || undefined,
      display: display || undefined,
    }),
  ],
});

/**
 * The first coding with a code; one without a system keeps the empty string, so that it shows. Where
 * there is only a display, it is kept beside an empty code.
 */
export function fromConcept(concept: unknown): Coding | undefined {
  const all = objects(get(concept, 'coding'));
  const held = all.find((coding) => line(coding.code) !== undefined);
  const code = line(held?.code);
  if (code === undefined) {
    const display = all.map((coding) => line(coding.display)).find((one) => one !== undefined);
    return display === undefined ? undefined : { system: '', code: '', display };
  }
  return defined<Coding>({ system: token(held?.system) ?? '', code, display: line(held?.display) });
}

/** The code that a concept has in one system. */
export const codeIn = (concept: unknown, system: string): string | undefined =>
  token(objects(get(concept, 'coding')).find((coding) => coding.system === system)?.code);
