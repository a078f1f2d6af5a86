import type { DecisionRow } from '../decisions.ts';

/** Says something that counts: not retracted, not a withdrawal, and readable. */
export const counts = ({ status, response }: DecisionRow): boolean =>
  status === 'final' && response !== 'withdrawn' && response !== 'unknown';

/** Without a time it was given before all others; the identifier decides between equals. */
export function byDecision(a: DecisionRow, b: DecisionRow): number {
  const [before, after] = [a.decided_at ?? -Infinity, b.decided_at ?? -Infinity];
  if (before !== after) return before - after;
  return a.decision_id < b.decision_id ? -1 : Number(a.decision_id > b.decision_id);
}

type ByDecision = ReadonlyMap<string, DecisionRow>;

/** What `from` replaces, and what that replaced, until the chain ends or bites its tail. */
function walk(from: DecisionRow, byId: ByDecision, seen: Set<string>): readonly DecisionRow[] {
  const trail: DecisionRow[] = [];
  for (
    let at: DecisionRow | undefined = from;
    at !== undefined && !seen.has(at.decision_id);
    at = at.replaces_id === null ? undefined : byId.get(at.replaces_id)
  ) {
    seen.add(at.decision_id);
    trail.push(at);
  }
  return trail;
}

/**
 * Rows that nothing replaces. What replaces itself replaces nothing; in a circle nothing is
 * unreplaced, and the last answer given stands for it, as a reader expects.
 */
export function unreplaced(rows: readonly DecisionRow[]): readonly DecisionRow[] {
  // Most units have one answer or none, and a million of them need no maps.
  if (rows.length < 2) return rows;
  const byId: ByDecision = new Map(rows.map((row) => [row.decision_id, row]));
  const replaced = new Set(
    rows.flatMap((row) =>
      row.replaces_id === null || row.replaces_id === row.decision_id ? [] : [row.replaces_id],
    ),
  );
  // What cannot be read ends a chain: a circle through it has no last word.
  const open = rows.filter((row) => !replaced.has(row.decision_id) || row.response === 'unknown');
  const seen = new Set<string>();
  for (const row of open) walk(row, byId, seen);
  const ofCircles = rows.flatMap((row) => {
    const last = walk(row, byId, seen).toSorted(byDecision).at(-1);
    return last === undefined ? [] : [last];
  });
  return [...open, ...ofCircles];
}

/**
 * The answers that count now (decision 0013: taking an answer back revives nothing). The same rule
 * as `domain/answer-chain.ts`, on rows.
 */
export const heads = (rows: readonly DecisionRow[]): readonly DecisionRow[] =>
  unreplaced(rows).filter(counts);
