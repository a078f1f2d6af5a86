import { CLOCK, RELATIVE } from './macros.ts';

/** Cells below one another; those that are null are not there. */
const lines = (cells: readonly string[]): string => `concat_ws(chr(10), ${cells.join(', ')})`;
const everyLine = (cells: readonly string[], line: string): string =>
  `regexp_full_match(${lines(cells)}, '(${line}(\\n${line})*)?')`;
const noLonger = (cells: readonly string[], bytes: number): string =>
  `coalesce(greatest(${cells.map((cell) => `strlen(${cell})`).join(', ')}), 0) <= ${bytes}`;

/** Each of them null or `is_word`: one look at all of them instead of one at each. */
export const areWords = (cells: readonly string[]): string =>
  `${noLonger(cells, 300)} AND NOT list_contains([${cells.join(', ')}], '') AND ${everyLine(cells, '[!-~]+')}`;

const PIECE = '[^\\p{C}\\p{Z}]+';

/** Each of them null or one line of at most 150 bytes: no invisible sign, no blank at its ends, none double. */
export const areLines = (cells: readonly string[]): string =>
  `${noLonger(cells, 150)} AND NOT list_contains([${cells.join(', ')}], '') AND ${everyLine(cells, `${PIECE}( ${PIECE})*`)}`;

/** Each of them null or `is_time`. */
export const areTimes = (cells: readonly string[]): string =>
  `NOT list_contains([${cells.join(', ')}], '') AND ${everyLine(cells, CLOCK)} AND ${cells
    .map((cell) => `(${cell} IS NULL OR try_cast(${cell} AS TIMESTAMPTZ) IS NOT NULL)`)
    .join(' AND ')}`;

/** Each of them null or `is_ref`: mostly all are relative, and only else each is looked at. */
export const areRefs = (cells: readonly string[]): string =>
  `CASE WHEN list_contains([${cells.join(', ')}], '') THEN false WHEN ${everyLine(cells, RELATIVE)} THEN true
    ELSE ${cells.map((cell) => `is_ref(${cell})`).join(' AND ')} END`;
