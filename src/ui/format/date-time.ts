/**
 * Times as FHIR sends them: an instant with an offset, or only a date, a month or a year. What was
 * sent with less precision is never shown with more.
 */
export type TimePrecision = 'time' | 'date' | 'month' | 'year';

export interface ParsedTime {
  readonly precision: TimePrecision;
  /** Epoch ms; for partial dates the local start of the period. */
  readonly ms: number;
  /** Minutes east of UTC as sent; undefined for partial dates and where none was sent. */
  readonly offsetMinutes?: number;
  /** A time of day without an offset: not legal in FHIR, so it is read as local and marked. */
  readonly offsetMissing: boolean;
}

const SHAPE =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ](\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?)?)?$/;

const offsetOf = (zone: string): number => {
  if (zone === 'Z') return 0;
  const sign = zone.startsWith('-') ? -1 : 1;
  const digits = zone.slice(1).replace(':', '');
  return sign * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2)));
};

const realDate = (year: number, month: number, day: number): number | undefined => {
  const date = new Date(year, month - 1, day);
  date.setFullYear(year);
  return date.getMonth() === month - 1 && date.getDate() === day ? date.getTime() : undefined;
};

/** Undefined for anything that is not a FHIR date, dateTime or instant. */
export function parseTime(sent: string | undefined): ParsedTime | undefined {
  const match = sent === undefined ? null : SHAPE.exec(sent.trim());
  if (!match) return undefined;
  const [text, year, month, day, hour, , zone] = match;
  const startOfPeriod = realDate(Number(year), Number(month ?? 1), Number(day ?? 1));
  if (startOfPeriod === undefined) return undefined;
  if (hour === undefined) {
    const precision = day !== undefined ? 'date' : month !== undefined ? 'month' : 'year';
    return { precision, ms: startOfPeriod, offsetMissing: false };
  }
  const ms = Date.parse(text.replace(' ', 'T').replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  if (Number.isNaN(ms)) return undefined;
  return zone === undefined
    ? { precision: 'time', ms, offsetMissing: true }
    : { precision: 'time', ms, offsetMinutes: offsetOf(zone), offsetMissing: false };
}

// Day, month as a word, year: read the same way on both sides of an ocean.
const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en-GB', options);
const YEAR = format({ year: 'numeric' });
const MONTH = format({ month: 'short', year: 'numeric' });
const DATE = format({ day: 'numeric', month: 'short', year: 'numeric' });
const CLOCK = format({ hour: '2-digit', minute: '2-digit' });

export const isSameLocalDay = (a: number, b: number): boolean =>
  new Date(a).toDateString() === new Date(b).toDateString();

export const formatClock = (ms: number): string => CLOCK.format(ms);
export const formatDate = (ms: number): string => DATE.format(ms);

const offsetName = (minutes: number): string => {
  const abs = Math.abs(minutes);
  const rest = abs % 60 === 0 ? '' : `:${String(abs % 60).padStart(2, '0')}`;
  return minutes === 0 ? 'UTC' : `UTC${minutes < 0 ? '−' : '+'}${Math.floor(abs / 60)}${rest}`;
};

/** In the reader's own time zone, in full; names the sender's zone where it is another one. */
export function formatDateTime(sent: string | undefined): string {
  const time = parseTime(sent);
  if (!time) return 'time unknown';
  if (time.precision === 'year') return YEAR.format(time.ms);
  if (time.precision === 'month') return MONTH.format(time.ms);
  if (time.precision === 'date') return DATE.format(time.ms);
  const local = `${DATE.format(time.ms)}, ${CLOCK.format(time.ms)}`;
  if (time.offsetMinutes === undefined) return `${local} (no time zone sent)`;
  const own = -new Date(time.ms).getTimezoneOffset();
  return own === time.offsetMinutes || time.offsetMinutes === 0
    ? local
    : `${local} (sent as ${offsetName(time.offsetMinutes)})`;
}

/** Only the clock today, day and clock on other days. */
export function formatShortTime(sent: string | undefined, now: number): string {
  const time = parseTime(sent);
  if (!time) return 'time unknown';
  if (time.precision !== 'time') return formatDateTime(sent);
  if (isSameLocalDay(time.ms, now)) return CLOCK.format(time.ms);
  const sameYear = new Date(time.ms).getFullYear() === new Date(now).getFullYear();
  const day = sameYear
    ? format({ day: 'numeric', month: 'short' }).format(time.ms)
    : DATE.format(time.ms);
  return `${day}, ${CLOCK.format(time.ms)}`;
}

/** ISO 8601 with the local offset, as FHIR wants its dateTimes. */
export function toIsoWithOffset(ms: number): string {
  const offset = -new Date(ms).getTimezoneOffset();
  const shifted = new Date(ms + offset * 60_000).toISOString().slice(0, -1);
  if (offset === 0) return `${shifted}Z`;
  const abs = Math.abs(offset);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${shifted}${offset < 0 ? '-' : '+'}${two(Math.floor(abs / 60))}:${two(abs % 60)}`;
}
