import type { Library } from 'fhir/r4';
import type { Label } from '#src/domain/metrics/label.ts';
import type { ReadResult } from '#src/domain/problem.ts';
import { fromJsonLibrary, libraryUrl, toJsonLibrary } from './json-library.fhir.ts';
import { get, isObject, problem } from './read.ts';

/** Which rules made the labels that the published figures were judged by. */
export interface PublishedLabels {
  /** ISO 8601 with offset: what the counts knew of. */
  readonly asOf: string;
  readonly labels: readonly Label[];
}

const ID = 'outcome-labels';
export const LABELS_LIBRARY = libraryUrl(ID);

export const toLabelsLibrary = ({ asOf, labels }: PublishedLabels): Library =>
  toJsonLibrary({
    id: ID,
    name: 'OutcomeLabels',
    title: 'Rules that made the labels',
    asOf,
    content: { labels },
  });

/** The rules whole or not at all: one that is missing would be taken for one that made nothing. */
export function fromLabelsLibrary(resource: unknown): ReadResult<PublishedLabels> {
  const said = fromJsonLibrary(resource);
  const [asOf, all] = [get(said, 'asOf'), get(said, 'labels')];
  const labels = Array.isArray(all) ? all.filter(isLabel) : [];
  if (typeof asOf !== 'string' || !Array.isArray(all) || labels.length !== all.length)
    return {
      ok: false,
      problem: problem('malformed', 'The published rules of labels cannot be read.'),
    };
  return { ok: true, value: { asOf, labels }, problems: [] };
}

const isWord = (value: unknown): boolean => typeof value === 'string';
const isNumber = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value);

const isLabel = (value: unknown): value is Label => {
  if (!isObject(value)) return false;
  const [hours, made] = [get(value, 'horizonHours'), get(value, 'made')];
  return (
    ['rule', 'outcome', 'source'].every((name) => isWord(get(value, name))) &&
    ['label', 'action'].some((kind) => get(value, 'kind') === kind) &&
    ['yes', 'no'].every((name) => isNumber(get(value, name))) &&
    Array.isArray(hours) &&
    hours.every(isNumber) &&
    (made === undefined || isWord(made))
  );
};
