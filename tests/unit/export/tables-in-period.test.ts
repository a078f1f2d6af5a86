import { describe, expect, it } from 'vitest';
import { tablesInPeriod } from '#src/domain/export/tables-in-period.ts';
import { simulate } from '#src/domain/simulate/simulate.ts';
import { makeRow } from '#src/domain/tables/column.ts';
import { TABLES } from '#src/domain/tables/schema.ts';
import { ITEM, SYSTEM } from '#src/fhir/codes.ts';
import { MARGIN_MS, periodSearches } from '#src/fhir/tables/period-searches.ts';

const DAY_MS = 86_400_000;
const start = '2026-03-02';
const from = Date.parse(start) + 2 * DAY_MS;
const until = from + DAY_MS;

function someTables() {
  const made = simulate({ scenario: 'hospital', seed: 5, weeks: 1, perWeek: 120, start });
  for (const { tables } of made.weeks()) return tables;
  throw new Error('no week');
}

describe('the tables of a period', () => {
  const all = someTables();
  const { tables, undated } = tablesInPeriod(all, { from, until });

  it('hold exactly the answers of it, its first instant in and its last out', () => {
    const wanted = all.decisions?.filter(
      ({ decided_at: at }) => at !== null && at >= from && at < until,
    );
    expect(wanted?.length).toBeGreaterThan(3);
    expect(wanted?.length).toBeLessThan(all.decisions?.length ?? 0);
    expect(tables.decisions).toEqual(wanted);
    expect(undated).toBe(0);
  });

  it('hold the advice that was answered, however old, and not all the rest', () => {
    const there = new Set(tables.recommendations?.map((row) => row.recommendation_id));
    const known = new Set(all.recommendations?.map((row) => row.recommendation_id));
    for (const { recommendation_id: id } of tables.decisions ?? [])
      if (id !== null && known.has(id)) expect(there).toContain(id);
    expect(there.size).toBeLessThan(known.size);
  });

  it('count what has no time instead of guessing', () => {
    const [row] = all.exposures ?? [];
    const undatedRow = makeRow(TABLES.exposures, {
      ...row,
      exposure_id: 'x',
      displayed_at: null,
    } as never);
    expect(tablesInPeriod({ exposures: [undatedRow] }, { from, until })).toEqual({
      tables: { exposures: [] },
      undated: 1,
    });
  });
});

describe('the searches of a period', () => {
  it('limit answers and displays by date, with a margin, and the change log not at all', () => {
    const dated = periodSearches({}, from, until).filter(({ params }) =>
      params.some(([name]) => name === 'date'),
    );
    expect(dated.map(({ params }) => params.filter(([name]) => name !== '_count'))).toEqual([
      [
        [
          'code',
          `${SYSTEM.feedbackItem}|${ITEM.response},${SYSTEM.feedbackItem}|${ITEM.displayed}`,
        ],
        ['date', `ge${new Date(from - MARGIN_MS).toISOString()}`],
        ['date', `lt${new Date(until + MARGIN_MS).toISOString()}`],
      ],
    ]);
    const log = periodSearches({}, from, until).filter(({ params }) =>
      params.some(([, value]) => value.includes('|model-change')),
    );
    expect(log).toHaveLength(1);
  });
});
