import type { Problem } from '#src/domain/problem.ts';

/**
 * Guards over what a server sent. Nothing downstream trusts its shape: every value passes through
 * here as `unknown` and comes out as what it claims to be, bounded and fit to display, or not at all.
 */
export type Json = Readonly<Record<string, unknown>>;

/** Longest single line that a card shows, in UTF-16 units. */
export const MAX_LINE = 300;
/** Longest running text that a card shows. */
export const MAX_TEXT = 8_000;
/** Most entries of one array that are looked at; a server may send millions. */
const MAX_ENTRIES = 200;

const UNSAFE_IN_LINE = /[\p{Cc}\p{Zl}\p{Zp}]/gu;
const UNSAFE_IN_TEXT = /(?![\n\t])\p{Cc}/gu;
const LINE_BREAKS = /\r\n?|[\p{Zl}\p{Zp}]/gu;
// Invisible format characters: bidirectional overrides above all. Joiners stay, scripts need them.
const INVISIBLE = /(?![\u200c\u200d])\p{Cf}/gu;
const SPACES = /[ \t]{2,}/g;

/** A JSON object; not null, not an array. */
export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The object, or an empty one, so that reading can go on. */
export const object = (value: unknown): Json => (isObject(value) ? value : {});

/** Own property only: `constructor`, `__proto__` and the like never come from a prototype. */
export const get = (value: unknown, key: string): unknown =>
  isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;

/** Follows object keys; an array on the way stands for its first object. */
export function path(value: unknown, ...keys: readonly string[]): unknown {
  let current = value;
  for (const key of keys) current = get(first(current), key);
  return current;
}

const first = (value: unknown): unknown => (Array.isArray(value) ? value.find(isObject) : value);

/** Entries of an array without nulls, at most MAX_ENTRIES; a lone value counts as an array of one. */
export function list(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) return [value];
  return value.slice(0, MAX_ENTRIES).filter((entry) => entry !== null && entry !== undefined);
}

/** The objects among the entries of an array (or the lone object). */
export const objects = (value: unknown): readonly Json[] => list(value).filter(isObject);

/** True where `list` leaves something out. */
export const tooMany = (value: unknown): boolean =>
  Array.isArray(value) && value.length > MAX_ENTRIES;

function bounded(value: string, max: number): string {
  if (value.length <= max) return value.toWellFormed();
  const cut = value.slice(0, max - 1);
  return `${cut.isWellFormed() ? cut : cut.slice(0, -1).toWellFormed()}…`;
}

/** One line of display text: no control, no bidirectional override, at most `max` units. */
export function line(value: unknown, max = MAX_LINE): string | undefined {
  if (typeof value !== 'string') return undefined;
  const clean = value
    .slice(0, max * 4)
    .replace(UNSAFE_IN_LINE, ' ')
    .replace(INVISIBLE, '')
    .replace(SPACES, ' ')
    .trim();
  if (clean === '') return undefined;
  return bounded(value.length > max * 4 ? `${clean}…` : clean, max);
}

/** Running text: line breaks stay, everything else as `line`. */
export function text(value: unknown, max = MAX_TEXT): string | undefined {
  if (typeof value !== 'string') return undefined;
  const clean = value
    .slice(0, max * 2)
    .replace(LINE_BREAKS, '\n')
    .replace(UNSAFE_IN_TEXT, '')
    .replace(INVISIBLE, '')
    .trim();
  return clean === '' ? undefined : bounded(clean, max);
}

/** What was said in several places, as paragraphs; undefined where nothing was. */
export const paragraphs = (parts: readonly (string | undefined)[]): string | undefined =>
  text(parts.filter((one) => one !== undefined).join('\n\n'));

/** True where `line` or `text` had to shorten what was sent. */
export const isLonger = (value: unknown, max: number): boolean =>
  typeof value === 'string' && value.length > max;

/** A machine's word (code, uri, id): no white space or control inside, short enough to compare. */
export function token(value: unknown, max = 512): string | undefined {
  if (typeof value !== 'string' || value.length > max) return undefined;
  const trimmed = value.trim();
  return trimmed === '' || /[\s\p{Cc}\p{Cf}]/u.test(trimmed) ? undefined : trimmed.toWellFormed();
}

/** A finite JSON number. A number in a string is malformed, and stays out. */
export const number = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

export const boolean = (value: unknown): boolean | undefined =>
  typeof value === 'boolean' ? value : undefined;

type Loose<T> = {
  [K in keyof T as object extends Pick<T, K> ? never : K]: T[K];
} & {
  [K in keyof T as object extends Pick<T, K> ? K : never]?: T[K] | undefined;
};

/** Builds a T from parts that may be absent: an absent optional property is left out, not undefined. */
export function defined<T extends object>(value: Loose<T>): T {
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.fromEntries(entries) as T;
}

/** What is wrong with one resource, collected while it is read. */
export type Problems = Problem[];

export function problem(code: Problem['code'], message: string, where?: string): Problem {
  return defined<Problem>({ code, message, path: where });
}
