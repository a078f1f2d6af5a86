import { get, MAX_LINE, type Problems, problem, token } from './read.ts';

// FHIR dateTime (R4 datatypes), linear: no nested repetition. Seconds and offset are optional here,
// since servers leave them out; hours 24 and day 31 of February are checked by number.
const DATE_TIME =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$/;

const daysIn = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** A FHIR date, dateTime or instant exactly as sent, if it names a real day and time. */
export function dateTime(value: unknown): string | undefined {
  const sent = token(value, 40);
  const parts = sent === undefined ? null : DATE_TIME.exec(sent);
  if (parts === null) return undefined;
  const [year, month, day, hour, minute, second] = parts
    .slice(1, 7)
    .map((part) => (part === undefined ? undefined : Number(part)));
  if (year === undefined || year < 1) return undefined;
  if (month !== undefined && (month < 1 || month > 12)) return undefined;
  if (day !== undefined && (day < 1 || day > daysIn(year, month ?? 1))) return undefined;
  if ((hour ?? 0) > 23 || (minute ?? 0) > 59 || (second ?? 0) > 60) return undefined;
  return sent;
}

/** Has a time of day but no offset: the instant is uncertain by the server's time zone. */
const lacksOffset = (at: string): boolean => at.includes('T') && !/(Z|[+-]\d{2}:\d{2})$/.test(at);

/**
 * The first usable date among candidates, each with its place. A value that is there but is no date
 * is reported, so that a wrong clock never passes as a missing one.
 */
export function firstDate(
  candidates: ReadonlyArray<readonly [value: unknown, where: string]>,
  problems: Problems,
): string | undefined {
  for (const [value, where] of candidates) {
    if (value === undefined || value === null) continue;
    const at = dateTime(value);
    if (at === undefined) {
      const shown =
        typeof value === 'string' ? ` (“${value.slice(0, 40).replace(/\p{C}/gu, '')}”)` : '';
      problems.push(
        problem('malformed', `A time was sent that is no date${shown}.`.slice(0, MAX_LINE), where),
      );
      continue;
    }
    if (lacksOffset(at)) {
      problems.push(problem('malformed', 'A time was sent without its time zone.', where));
    }
    return at;
  }
  return undefined;
}

/**
 * R4's choice of `[x]DateTime`, `[x]Instant` and `[x]Period` (its end, else its start) under one
 * prefix, then `issued`. The end of a period is when all of it was known.
 */
export const eventTime = (
  resource: unknown,
  prefix: string,
  problems: Problems,
): string | undefined =>
  firstDate(
    [
      [get(resource, `${prefix}DateTime`), `${prefix}DateTime`],
      [get(resource, `${prefix}Instant`), `${prefix}Instant`],
      [get(get(resource, `${prefix}Period`), 'end'), `${prefix}Period.end`],
      [get(get(resource, `${prefix}Period`), 'start'), `${prefix}Period.start`],
      [get(resource, 'issued'), 'issued'],
    ],
    problems,
  );
