import { isoDay } from '../tables/derive/local-calendar.ts';
import { pickIndex, runningSums } from './random/draws.ts';
import type { Stream } from './random/stream.ts';

export const HOUR_MS = 3_600_000;
export const WEEK_MS = 168 * HOUR_MS;
const DAY_MS = 24 * HOUR_MS;

/** Admissions by hour of the day, beside one another: quiet before dawn, most at noon. */
const BY_HOUR = [
  5, 4, 3, 3, 3, 3, 4, 6, 9, 11, 12, 13, 13, 13, 12, 12, 11, 11, 10, 9, 9, 8, 7, 6,
] as const;
/** Monday to Sunday. */
const BY_DAY = [1.1, 1.05, 1.05, 1, 1, 0.9, 0.9] as const;

const HOUR_ENDS = runningSums(BY_DAY.flatMap((day) => BY_HOUR.map((hour) => day * hour)));

/** Milliseconds since the week began, by day and night and by day of the week. */
export const drawArrival = (stream: Stream): number =>
  Math.floor((pickIndex(stream, HOUR_ENDS) + stream.next()) * HOUR_MS);

/**
 * `after` ms later, or before `end` where that would be past it: what belongs to a week stays in it, so
 * that a week's rows can be joined without the next one's. @param u uniform in (0, 1).
 */
export const laterWithin = (at: number, after: number, end: number, u: number): number =>
  Math.floor(at + after < end ? at + after : at + u * (end - at));

/** Monday of the week of an instant, `YYYY-MM-DD` in UTC; 1970 began on a Thursday, hence the 3. */
export function mondayOf(at: number): string {
  const day = Math.floor(at / DAY_MS);
  return isoDay(day - ((day + 3) % 7));
}

export const hourOf = (at: number): number => Math.floor(at / HOUR_MS) % 24;
