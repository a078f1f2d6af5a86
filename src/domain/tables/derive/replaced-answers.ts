import { makeRow } from '../column.ts';
import { DECISIONS, type DecisionRow } from '../decisions.ts';
import { byDecision, counts, heads } from './heads.ts';
import { oneOfCopies } from './one-of-copies.ts';
import type { SourcedDecision, UnreadDecision } from './sourced.ts';

/** Finds a replaced answer by identifier, else by where any copy of it is stored. */
type Resolve = (id: string | null, place: string | null) => string | null;

function resolver(read: readonly SourcedDecision[]): Resolve {
  const ids = new Set(read.map(({ row }) => row.decision_id));
  const byPlace = new Map(read.map(({ place, row }) => [place, row.decision_id]));
  return (id, place) => {
    if (id !== null && ids.has(id)) return id;
    return byPlace.get(place ?? '') ?? byPlace.get(id ?? '') ?? id;
  };
}

/** Stands in the place of the answer that it replaces, says nothing, and counts nowhere. */
function standIn(
  unread: UnreadDecision,
  resolve: Resolve,
  known: ReadonlyMap<string, DecisionRow>,
): readonly DecisionRow[] {
  const decision_id = unread.identifier ?? unread.place;
  const replaces_id = resolve(unread.replacesId, unread.replacesPlace);
  const replaced = replaces_id === null ? undefined : known.get(replaces_id);
  if (replaced === undefined || known.has(decision_id)) return [];
  const { recommendation_id, recommendation_version, clinician_id, patient_id, sink } = replaced;
  return [
    makeRow(DECISIONS, {
      decision_id,
      replaces_id,
      recommendation_id,
      recommendation_version,
      clinician_id,
      patient_id,
      sink,
      response: 'unknown',
      comment_present: false,
      decided_at: unread.decidedAt,
      recorded_at: unread.recordedAt,
      time_quality: 'ok',
      status: 'final',
    }),
  ];
}

type Given = Pick<DecisionRow, 'recommendation_id' | 'clinician_id'>;
const giver = (row: Given): string => `${row.recommendation_id}\u0000${row.clinician_id}`;

/** “In place of an earlier answer”: the last one before it, of that clinician on that recommendation. */
function earlierOf(row: DecisionRow, all: readonly DecisionRow[]): string | null {
  const before = all.filter((one) => byDecision(one, row) < 0 && counts(one));
  return before.toSorted(byDecision).at(-1)?.decision_id ?? null;
}

/**
 * Decisions, each once, with what they replace resolved and the heads of their chains marked.
 * @param read the last version of each resource.
 */
export function linkDecisions(
  read: readonly SourcedDecision[],
  unread: readonly UnreadDecision[],
): readonly DecisionRow[] {
  const resolve = resolver(read);
  const kept = oneOfCopies(read, ({ row }) => row.decision_id);
  const byGiver = Map.groupBy(
    kept.map(({ row }) => row),
    giver,
  );
  const rows = kept.map(({ row, replacesPlace, replacesSome }) => ({
    ...row,
    replaces_id:
      resolve(row.replaces_id, replacesPlace) ??
      (replacesSome ? earlierOf(row, byGiver.get(giver(row)) ?? []) : null),
  }));
  const known = new Map(rows.map((row) => [row.decision_id, row]));
  const standIns = unread.flatMap((one) => standIn(one, resolve, known));
  const byId = new Map(standIns.map((row) => [row.decision_id, row]));
  const all = [...rows, ...byId.values()];
  const heading = new Set(heads(all));
  return all.map((row) => ({ ...row, is_head: heading.has(row) }));
}
