import type { FhirResource } from 'fhir/r4';
import type { Asked } from '#mocks/fhir/archive.ts';

/** Rows of one kind, and what they become. */
export interface Shelf {
  readonly size: number;
  has(id: string): boolean;
  read(id: string): FhirResource | undefined;
  ids(asked: readonly Asked[]): Iterable<string>;
}

export interface Marks<R> {
  readonly id: (row: R) => string;
  /** Id of the Patient. */
  readonly patient: (row: R) => string;
  /** Epoch ms of `meta.lastUpdated`. */
  readonly updated: (row: R) => number | null;
  /** Epoch ms of the last instant that the search parameter `date` can be about. */
  readonly date?: (row: R) => number | null;
  /** Codes by search parameter, without their system. */
  readonly words?: Readonly<Record<string, (row: R) => string>>;
  readonly make: (row: R) => FhirResource;
}

const OF_PATIENT = new Set(['patient', 'subject']);

/** Indexes of the first search; the rows are many, and most starts look at few of them. */
export function shelf<R>(rows: readonly R[], marks: Marks<R>): Shelf {
  const byId = once(() => new Map(rows.map((row) => [marks.id(row), row])));
  const byPatient = once(() => Map.groupBy(rows, marks.patient));

  /** Undefined: this parameter leaves everything in. */
  function fits({ code, operator, value }: Asked): ((row: R) => boolean) | undefined {
    const time = code === '_lastUpdated' ? marks.updated : code === 'date' ? marks.date : undefined;
    if (time) return inTime(time, operator, value);
    const word = marks.words?.[code];
    if (operator !== 'eq' || !word) return undefined;
    const wanted = new Set(tokens(value));
    // “Any code of this system” is for the server to judge.
    if (wanted.has('')) return undefined;
    return (row) => wanted.has(word(row));
  }

  return {
    size: rows.length,
    has: (id) => byId().has(id),
    read(id) {
      const row = byId().get(id);
      return row === undefined ? undefined : marks.make(row);
    },
    *ids(asked) {
      const ofPatient = asked.find(
        ({ code, operator }) => OF_PATIENT.has(code) && operator === 'eq',
      );
      const named = asked.find(
        ({ code, operator }) => (code === '_id' || code === 'identifier') && operator === 'eq',
      );
      const some = ofPatient
        ? tokens(ofPatient.value).flatMap((one) => byPatient().get(lastPart(one)) ?? [])
        : named
          ? tokens(named.value).flatMap((one) => byId().get(one.replace('urn:uuid:', '')) ?? [])
          : rows;
      const tests = asked.flatMap((one) => fits(one) ?? []);
      for (const row of some) if (tests.every((test) => test(row))) yield marks.id(row);
    },
  };
}

/** Several kinds of rows that are one type of resource. */
export const together = (...shelves: readonly Shelf[]): Shelf => ({
  size: shelves.reduce((sum, one) => sum + one.size, 0),
  has: (id) => shelves.some((one) => one.has(id)),
  read: (id) => shelves.find((one) => one.has(id))?.read(id),
  *ids(asked) {
    for (const one of shelves) yield* one.ids(asked);
  },
});

/** The codes of a token search, which may name their systems. */
const tokens = (value: string): string[] =>
  value.split(',').map((one) => one.slice(one.indexOf('|') + 1));

const lastPart = (reference: string): string => reference.slice(reference.lastIndexOf('/') + 1);

const DAY_MS = 86_400_000;

/** Only what is surely out of time goes: a day as a search value is a day wide. */
function inTime<R>(
  time: (row: R) => number | null,
  operator: string,
  value: string,
): ((row: R) => boolean) | undefined {
  const at = Date.parse(value);
  if (Number.isNaN(at)) return undefined;
  if (operator === 'gt' || operator === 'ge' || operator === 'sa')
    return (row) => (time(row) ?? at) >= at;
  if (operator === 'lt' || operator === 'le' || operator === 'eb')
    return (row) => (time(row) ?? at) <= at + DAY_MS;
  return undefined;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
