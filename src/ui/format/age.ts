import { formatDateTime, parseTime } from './date-time.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Clocks of servers and of ward computers differ; this much future is still "now". */
const CLOCK_SKEW = 2 * MINUTE;

export interface Age {
  /** "18 min", "5 h", "3 d", "May 2024"; short enough for a column. */
  readonly text: string;
  /** Reads as a sentence part: "18 min ago", "on 3 May 2024 (date only)". */
  readonly sentence: string;
  /** The full local time, for a tooltip and for screen readers. */
  readonly exact: string;
  readonly known: boolean;
}

const span = (ms: number): string => {
  if (ms < HOUR) return `${Math.max(1, Math.floor(ms / MINUTE))} min`;
  if (ms < 48 * HOUR) return `${Math.floor(ms / HOUR)} h`;
  if (ms < 90 * DAY) return `${Math.floor(ms / DAY)} d`;
  if (ms < 730 * DAY) return `${Math.floor(ms / (30.44 * DAY))} mo`;
  return `${Math.floor(ms / (365.25 * DAY))} y`;
};

const daysBetween = (from: number, to: number): number => {
  const start = new Date(to);
  return Math.round((new Date(start.toDateString()).getTime() - from) / DAY);
};

const ofDate = (ms: number, now: number, exact: string): Age => {
  const days = daysBetween(ms, now);
  const text = days === 0 ? 'today' : days > 0 ? span(days * DAY) : exact;
  const sentence = days === 0 ? 'today (date only)' : `on ${exact} (date only)`;
  // "1 d" and not "24 h": a date has no hours.
  return { text: days === 1 ? '1 d' : text, sentence, exact: `${exact} (date only)`, known: true };
};

/** How long ago something was, in the largest unit that still tells apart what matters. */
export function formatAge(sent: string | undefined, now: number): Age {
  const time = parseTime(sent);
  const exact = formatDateTime(sent);
  if (!time) {
    return { text: 'time unknown', sentence: 'at an unknown time', exact, known: false };
  }
  if (time.precision === 'date') return ofDate(time.ms, now, exact);
  if (time.precision !== 'time')
    return { text: exact, sentence: `in ${exact}`, exact, known: true };
  const elapsed = now - time.ms;
  if (elapsed < -CLOCK_SKEW) {
    const text = `in ${span(-elapsed)}`;
    return { text, sentence: `${text} (in the future)`, exact, known: true };
  }
  if (elapsed < MINUTE) return { text: 'now', sentence: 'just now', exact, known: true };
  const text = span(elapsed);
  return { text, sentence: `${text} ago`, exact, known: true };
}
