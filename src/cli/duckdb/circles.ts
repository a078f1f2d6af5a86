import { makeRow } from '#src/domain/tables/column.ts';
import { DECISIONS } from '#src/domain/tables/decisions.ts';
import { unreplaced } from '#src/domain/tables/derive/heads.ts';
import { UNREACHED } from '#src/sql/tables/derive-decisions.ts';
import type { Database, Row } from './database.ts';
import { smallTable } from './settings-tables.ts';

const word = (row: Row, name: string): string => String(row[name]);

/** `dec_circles`: the last answer of each circle of answers; there are hardly ever any. */
export async function circles(db: Database): Promise<void> {
  const rows = (await db.rows(UNREACHED)).map((row) =>
    makeRow(DECISIONS, {
      decision_id: word(row, 'decision_id'),
      replaces_id: row.replaces_id === null ? null : word(row, 'replaces_id'),
      decided_at: row.decided_at === null ? null : Number(row.decided_at),
      recommendation_id: '',
      recommendation_version: '',
      clinician_id: '',
      response: 'accepted',
      comment_present: false,
      time_quality: 'ok',
      status: 'final',
      sink: 'table',
    }),
  );
  const last = unreplaced(rows).map(({ decision_id }) => [decision_id]);
  await smallTable(db, 'dec_circles', { decision_id: 'VARCHAR' }, last);
}

/**
 * Takes out of `rec_links` the link at the newest of each circle of recommendations. A circle needs a
 * link to something older, so without one nothing is walked.
 */
export async function cutCircles(db: Database): Promise<void> {
  const [backwards] = await db.rows(`SELECT count(*) AS n FROM rec_links k
    JOIN rec_in_force r ON r.place = k.replaced JOIN rec_in_force b ON b.place = k.replaced_by WHERE b.nth < r.nth`);
  if (Number(backwards?.n) === 0) return;
  const links = await db.rows(`SELECT k.replaced, k.replaced_by, r.nth FROM rec_links k
    LEFT JOIN rec_in_force r ON r.place = k.replaced ORDER BY r.nth DESC NULLS LAST`);
  const found = new Map(links.map((row) => [word(row, 'replaced'), word(row, 'replaced_by')]));
  for (const { replaced, nth } of links) {
    if (nth === null) continue;
    const start = String(replaced);
    const seen = new Set<string>();
    for (let at = found.get(start); at !== undefined && !seen.has(at); at = found.get(at)) {
      seen.add(at);
      if (at === start) found.delete(start);
    }
  }
  const kept = [...found];
  await smallTable(db, 'rec_links', { replaced: 'VARCHAR', replaced_by: 'VARCHAR' }, kept);
}
