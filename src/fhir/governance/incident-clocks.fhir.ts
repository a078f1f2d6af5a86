import type { Library } from 'fhir/r4';
import { fromJsonLibrary, libraryUrl, toJsonLibrary } from '../json-library.fhir.ts';
import { get } from '../read.ts';

const ID = 'incident-clocks';

/** One for the site; absent: the app’s own clocks count. */
export const CLOCKS_LIBRARY = libraryUrl(ID);

/** @param lines as people write them @param asOf ISO 8601 with offset @param by reference of who set them */
export const toClocksLibrary = (lines: readonly string[], asOf: string, by: string): Library =>
  toJsonLibrary({
    id: ID,
    name: 'IncidentClocks',
    title: 'How fast safety reports are worked on here',
    asOf,
    content: { lines, by },
  });

/** Undefined where it does not hold lines. */
export function linesInLibrary(resource: unknown): readonly string[] | undefined {
  const lines = get(fromJsonLibrary(resource), 'lines');
  return Array.isArray(lines) && lines.every((one) => typeof one === 'string') ? lines : undefined;
}
