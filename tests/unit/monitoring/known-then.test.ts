import { describe, expect, it } from 'vitest';
import { knownThen } from '#src/domain/monitoring/known-then.ts';
import { makeRow } from '#src/domain/tables/column.ts';
import { DECISIONS } from '#src/domain/tables/decisions.ts';
import { EXPOSURES } from '#src/domain/tables/exposures.ts';
import { score } from '#tests/unit/metrics/rows.ts';

const WEEK = '2026-01-05';
/** Tuesday after the week: it has been read. */
const READ = Date.parse('2026-01-13T00:00:00Z');

const common = {
  recommendation_id: 'r1',
  recommendation_version: '1',
  clinician_id: 'c1',
  time_quality: 'ok',
  status: 'final',
} as const;
const exposure = (recorded_at: number | null, own = {}) => ({
  ...makeRow(EXPOSURES, { ...common, exposure_id: 'x1', implied: false }),
  displayed_week: WEEK,
  recorded_at,
  ...own,
});
const decision = (recorded_at: number | null, own = {}) => ({
  ...makeRow(DECISIONS, {
    ...common,
    decision_id: 'd1',
    response: 'accepted',
    is_head: true,
    comment_present: false,
    sink: 'hospital-store',
  }),
  decided_week: WEEK,
  recorded_at,
  ...own,
});

describe('what was known when a week was read', () => {
  it.each([
    ['a minute before', READ - 60_000, 1],
    ['at that moment', READ, 1],
    ['a minute later', READ + 60_000, 0],
    ['at a time that nobody stated', null, 1],
  ])('has what was stored %s', (_, recorded, kept) => {
    const { tables, late } = knownThen({
      exposures: [exposure(recorded)],
      decisions: [decision(recorded)],
      scores: [score({ scored_week: WEEK, recorded_at: recorded })],
    });
    expect(tables.exposures).toHaveLength(kept);
    expect(tables.decisions).toHaveLength(kept);
    expect(tables.scores).toHaveLength(kept);
    expect(late).toBe(3 * (1 - kept));
  });

  it('has an answer in the week of the first display, also where it was given in the next', () => {
    const next = { decided_week: '2026-01-12' };
    const again = exposure(READ - 1, { exposure_id: 'x2', displayed_week: '2026-01-12' });
    const exposures = [again, exposure(READ - 1)];
    const of = (recorded: number) =>
      knownThen({ exposures, decisions: [decision(recorded, next)] }).tables.decisions;
    expect([of(READ)?.length, of(READ + 1)?.length]).toEqual([1, 0]);
  });

  it('keeps what was stored before as another version, and tables that are not there', () => {
    const changed = score({ score_version: '2', scored_week: WEEK, recorded_at: READ + 1 });
    expect(knownThen({ scores: [changed] })).toEqual({ tables: { scores: [changed] }, late: 0 });
  });
});
