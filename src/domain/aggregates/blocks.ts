const DAY_MS = 86_400_000;
/** Monday, 5 January 1970: blocks are counted from here, so that everybody cuts the same ones. */
const FIRST_MONDAY_MS = 4 * DAY_MS;
const BLOCK_WEEKS = 4;

/** Monday of the block of four weeks that a day (`YYYY-MM-DD`) lies in. */
export function blockOf(monday: string): string {
  const week = Math.floor((Date.parse(monday) - FIRST_MONDAY_MS) / (7 * DAY_MS));
  const first = Math.floor(week / BLOCK_WEEKS) * BLOCK_WEEKS;
  return new Date(FIRST_MONDAY_MS + first * 7 * DAY_MS).toISOString().slice(0, 10);
}

/** Mondays of the blocks that hold a day from `from` to `to` (`YYYY-MM-DD`, both included), in order. */
export function blocksBetween(from: string, to: string): readonly string[] {
  const blocks: string[] = [];
  const last = Date.parse(to);
  for (let at = Date.parse(blockOf(from)); at <= last; at += BLOCK_WEEKS * 7 * DAY_MS)
    blocks.push(new Date(at).toISOString().slice(0, 10));
  return blocks;
}

/** The Sunday on which a block ends. */
export const lastDayOf = (block: string): string =>
  new Date(Date.parse(block) + (BLOCK_WEEKS * 7 - 1) * DAY_MS).toISOString().slice(0, 10);
