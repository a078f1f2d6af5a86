import { dateTime } from '../date-time.ts';

/** An instant and the offset it was sent with; nulls where the text is no exact instant. */
export interface ExactTime {
  /** Epoch ms. */
  readonly at: number | null;
  /** Minutes east of Greenwich. */
  readonly offset: number | null;
}

const NOT_EXACT: ExactTime = { at: null, offset: null };
const OFFSET = /T.*(?:Z|([+-])(\d{2}):(\d{2}))$/;
// In use are −12:00 to +14:00; beyond that it is a mistake, and the instant may be one too.
const [WEST, EAST] = [-720, 840];

/**
 * A time without an offset, and a day without a time, is no instant: to put it at midnight or into a
 * zone would invent what nobody said. `Date` knows no leap second: it is the first of the next minute.
 */
export function exactTime(value: unknown): ExactTime {
  const text = dateTime(value);
  const found = text === undefined ? null : OFFSET.exec(text);
  if (text === undefined || found === null) return NOT_EXACT;
  const [, sign, hours, minutes] = found;
  const east = Number(hours ?? 0) * 60 + Number(minutes ?? 0);
  const offset = sign === '-' && east !== 0 ? -east : east;
  const isLeap = /T\d{2}:\d{2}:60/.test(text);
  const at = Date.parse(isLeap ? text.replace(/:60(\.\d+)?/, ':59') : text) + (isLeap ? 1000 : 0);
  return Number.isNaN(at) || offset < WEST || offset > EAST ? NOT_EXACT : { at, offset };
}
