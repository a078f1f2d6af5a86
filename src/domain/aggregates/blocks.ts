const DAY_MS = 86_400_000;
/** Monday, 5 January 1970: blocks are counted from here, so that everybody cuts the same ones. */
const FIRST_MONDAY_MS = 4 * DAY_MS;
const BLOCK_WEEKS = 4;

/** Monday of the block of four weeks that a Monday (`YYYY-MM-DD`) lies in. */
export function blockOf(monday: string): string {
  const week = Math.round((Date.parse(monday) - FIRST_MONDAY_MS) / (7 * DAY_MS));
  const first = Math.floor(week / BLOCK_WEEKS) * BLOCK_WEEKS;
  return new Date(FIRST_MONDAY_MS + first * 7 * DAY_MS).toISOString().slice(0, 10);
}
