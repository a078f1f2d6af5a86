import type { Coding, Identifier } from '#src/domain/coding.ts';
import { dateTime } from './date-time.ts';
import {
  defined,
  get,
  isObject,
  type Json,
  line,
  list,
  number,
  objects,
  text,
  token,
} from './read.ts';

/** Coding with both system and code; one without cannot be compared and is left to `conceptText`. */
export function coding(value: unknown): Coding | undefined {
  const system = token(get(value, 'system'));
  const code = token(get(value, 'code'), 200) ?? line(get(value, 'code'), 200);
  if (system === undefined || code === undefined) return undefined;
  return defined<Coding>({ system, code, display: line(get(value, 'display')) });
}

/** All comparable codings of a CodeableConcept, or of several. */
export const codings = (concept: unknown): readonly Coding[] =>
  objects(concept)
    .flatMap((one) => objects(get(one, 'coding')))
    .map(coding)
    .filter((one) => one !== undefined);

/** What a CodeableConcept says to a reader: its text, else a display, else a bare code. */
export function conceptText(concept: unknown): string | undefined {
  for (const one of objects(concept)) {
    const all = objects(get(one, 'coding'));
    const said =
      line(get(one, 'text')) ??
      firstOf(all, (entry) => line(get(entry, 'display'))) ??
      firstOf(all, (entry) => line(get(entry, 'code')));
    if (said !== undefined) return said;
  }
  // A bare string where a CodeableConcept is due: some producers send it.
  return firstOf(list(concept), (one) => line(one));
}

export function firstOf<T, R>(
  values: readonly T[],
  read: (value: T) => R | undefined,
): R | undefined {
  for (const value of values) {
    const found = read(value);
    if (found !== undefined) return found;
  }
  return undefined;
}

export const hasCode = (concept: unknown, system: string, code: string): boolean =>
  codings(concept).some((one) => one.system === system && one.code === code);

export function identifier(value: unknown): Identifier | undefined {
  const id = line(get(value, 'value'));
  if (id === undefined) return undefined;
  return defined<Identifier>({ system: token(get(value, 'system')), value: id });
}

export const identifiers = (value: unknown): readonly Identifier[] =>
  objects(value)
    .map(identifier)
    .filter((one) => one !== undefined);

/** A Quantity as sent. `code` is compared (UCUM), `unit` is shown. */
export interface ReadQuantity {
  readonly value: number;
  readonly unit?: string;
  readonly code?: string;
  readonly comparator?: '<' | '<=' | '>=' | '>';
}

const COMPARATORS = ['<', '<=', '>=', '>'] as const;

export function quantity(value: unknown): ReadQuantity | undefined {
  const amount = number(get(value, 'value'));
  if (amount === undefined) return undefined;
  const code = token(get(value, 'code'), 100);
  return defined<ReadQuantity>({
    value: amount,
    unit: line(get(value, 'unit'), 60) ?? code,
    code,
    comparator: COMPARATORS.find((one) => one === get(value, 'comparator')),
  });
}

/** True where both are of one unit: equal codes, or equal units where a code is missing. */
export const sameUnit = (a: ReadQuantity, b: ReadQuantity): boolean =>
  a.code !== undefined && b.code !== undefined ? a.code === b.code : a.unit === b.unit;

export interface ReadPeriod {
  readonly start?: string;
  readonly end?: string;
}

export const period = (value: unknown): ReadPeriod =>
  defined<ReadPeriod>({ start: dateTime(get(value, 'start')), end: dateTime(get(value, 'end')) });

/** Texts of Annotation[], each on its own line; markdown is left as it is and shown as text. */
export function annotations(value: unknown): string | undefined {
  return text(
    list(value)
      .map((one) => text(isObject(one) ? get(one, 'text') : one, 2_000))
      .filter((one) => one !== undefined)
      .slice(0, 10)
      .join('\n'),
  );
}

/** Extensions with this URL on an element (or on a primitive's `_element`). */
export const extensions = (element: unknown, url: string): readonly Json[] =>
  objects(get(element, 'extension')).filter((one) => get(one, 'url') === url);
