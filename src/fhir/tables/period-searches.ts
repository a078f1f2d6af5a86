import { ITEM, SYSTEM } from '../codes.ts';
import type { TableContext } from './table-context.ts';
import { type TableSearch, tableSearches } from './table-searches.ts';

/** So far beyond a period answers are read: one is known to be replaced only by the one that replaces it. */
export const MARGIN_MS = 7 * 86_400_000;

const OF_ANSWERS: readonly string[] = [ITEM.response, ITEM.displayed].map(
  (code) => `${SYSTEM.feedbackItem}|${code}`,
);

/**
 * The searches for the tables of a period, as epoch ms: answers and displays by their date, and all
 * else whole, since what an answer is about may have no date and be older.
 */
export function periodSearches(
  context: Pick<TableContext, 'outcomes' | 'flowsheet' | 'note'>,
  from: number,
  until: number,
): readonly TableSearch[] {
  const dates = [
    ['date', `ge${new Date(from - MARGIN_MS).toISOString()}`],
    ['date', `lt${new Date(until + MARGIN_MS).toISOString()}`],
  ] as const;
  return tableSearches(context).flatMap(({ type, params }) => {
    const codes = params.find(([name]) => name === 'code')?.[1].split(',') ?? [];
    const answers = codes.filter((one) => OF_ANSWERS.includes(one));
    if (answers.length === 0) return [{ type, params }];
    const rest = codes.filter((one) => !OF_ANSWERS.includes(one));
    const others = params.filter(([name]) => name !== 'code');
    return [
      { type, params: [['code', answers.join(',')] as const, ...dates, ...others] },
      ...(rest.length > 0
        ? [{ type, params: [['code', rest.join(',')] as const, ...others] }]
        : []),
    ];
  });
}

/** How many answers there are in a period; only the number comes back. */
export const countOfAnswers = (from: number, until: number): TableSearch => ({
  type: 'Observation',
  params: [
    ['code', `${SYSTEM.feedbackItem}|${ITEM.response}`],
    ['date', `ge${new Date(from).toISOString()}`],
    ['date', `lt${new Date(until).toISOString()}`],
    ['_summary', 'count'],
  ],
});
