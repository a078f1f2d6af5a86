import { DAY_MS } from './settings.ts';

/** Where an instant falls on the calendar of a place. */
export interface LocalTime {
  /** Monday of its week, `YYYY-MM-DD`. */
  readonly week: string;
  readonly day: string;
  /** 0–23. The hour that autumn has twice is one hour of the day; the one spring lacks stays empty. */
  readonly hour: number;
}

/** The site's zone is no IANA name that this engine knows. */
export class UnknownTimeZoneError extends Error {
  constructor(timeZone: string) {
    super(`“${timeZone}” is no time zone of the IANA database, such as “Europe/Berlin”.`);
    this.name = 'UnknownTimeZoneError';
  }
}

const HOUR_MS = 3_600_000;

function formatter(timeZone: string): Intl.DateTimeFormat {
  const fields = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  const clock = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      hourCycle: 'h23',
      ...fields,
      ...clock,
    });
  } catch (cause) {
    if (cause instanceof RangeError) throw new UnknownTimeZoneError(timeZone);
    throw cause;
  }
}

/** Milliseconds east of Greenwich at that instant. */
function offsetAt(format: Intl.DateTimeFormat, at: number): number {
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  const local = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return local - Math.floor(at / 1000) * 1000;
}

/** `Intl` takes microseconds, and rows come by the million: an hour without a change asks once. */
function cachedOffsets(format: Intl.DateTimeFormat): (at: number) => number {
  const steady = new Map<number, number | null>();
  return (at) => {
    const hour = Math.floor(at / HOUR_MS);
    let offset = steady.get(hour);
    if (offset === undefined) {
      const [start, end] = [hour, hour + 1].map((one) => offsetAt(format, one * HOUR_MS));
      offset = start === undefined || start !== end ? null : start;
      steady.set(hour, offset);
    }
    return offset ?? offsetAt(format, at);
  };
}

const days = new Map<number, string>();

/** `YYYY-MM-DD` of a day since 1970. Rows come by the million, and days do not. */
export function isoDay(day: number): string {
  let text = days.get(day);
  if (text === undefined) {
    text = new Date(day * DAY_MS).toISOString().slice(0, 10);
    days.set(day, text);
  }
  return text;
}

/**
 * The calendar of one IANA zone, with its daylight saving. Throws `UnknownTimeZoneError` at once, not
 * at the first row. Day 0 of 1970 was a Thursday, hence the 3.
 */
export function localCalendar(timeZone: string): (at: number) => LocalTime {
  // `Intl` need not be asked where nobody ever moves a clock.
  const offset = timeZone === 'UTC' ? () => 0 : cachedOffsets(formatter(timeZone));
  return (at) => {
    const local = at + offset(at);
    const day = Math.floor(local / DAY_MS);
    const monday = day - ((((day + 3) % 7) + 7) % 7);
    return {
      week: isoDay(monday),
      day: isoDay(day),
      hour: Math.floor(local / HOUR_MS) - day * 24,
    };
  };
}
