import type { ChangeRow } from '#src/domain/tables/changes.ts';
import type { Signal } from './signal.ts';

const WEEK_MS = 7 * 86_400_000;
/** A change explains what begins some weeks after it, and an estimated beginning may be a week early. */
const BEFORE_WEEKS = 4;
const AFTER_WEEKS = 2;

/** Entries of the change log that may explain a signal: near its beginning, of its model and place. */
export function nearChanges(
  { since, model_id, site, unit }: Signal,
  changes: readonly ChangeRow[],
): readonly ChangeRow[] {
  const at = Date.parse(since);
  const agrees = (own: string | null, of: string | null) =>
    own === null || of === null || own === of;
  return changes.filter(
    (row) =>
      row.status === 'final' &&
      row.changed_at !== null &&
      row.changed_at >= at - BEFORE_WEEKS * WEEK_MS &&
      row.changed_at < at + AFTER_WEEKS * WEEK_MS &&
      agrees(row.model_id, model_id) &&
      agrees(row.site, site) &&
      agrees(row.unit, unit),
  );
}
