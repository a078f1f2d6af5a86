import type { RecommendationRow } from '../recommendations.ts';
import type { SourcedDecision } from './sourced.ts';

const MINUTE_MS = 60_000;

/** What is left of an answer in a chart that takes no feedback: words, and no identifier of it. */
const isRemnant = ({ row }: SourcedDecision): boolean =>
  row.sink === 'epic-flowsheet' || row.sink === 'document-note';

/**
 * Recommendations by their business identifier, where it means one. An answer in another store, and
 * every remnant, may know no more of it.
 */
function byIdentifier(
  recommendations: readonly RecommendationRow[],
  decisions: readonly SourcedDecision[],
): ReadonlyMap<string, string | null> {
  const found = new Map<string, string | null>();
  const named = [
    ...recommendations,
    ...decisions.filter((one) => !isRemnant(one)).map(({ row }) => row),
  ];
  for (const { recommendation_identifier: identifier, recommendation_id: id } of named) {
    if (identifier === null) continue;
    const known = found.get(identifier);
    found.set(identifier, known === undefined || known === id ? id : null);
  }
  return found;
}

function linked(
  one: SourcedDecision,
  known: ReadonlySet<string>,
  identified: ReadonlyMap<string, string | null>,
): SourcedDecision {
  const { row } = one;
  if (known.has(row.recommendation_id)) return one;
  const id = identified.get(row.recommendation_identifier ?? row.recommendation_id);
  return id == null ? one : { ...one, row: { ...row, recommendation_id: id } };
}

/** Charts keep whole minutes; nobody answers one card twice with the same word within one. */
const moment = ({ row }: SourcedDecision): string =>
  JSON.stringify([
    row.recommendation_id,
    row.clinician_id,
    row.response,
    row.decided_at === null ? null : Math.floor(row.decided_at / MINUTE_MS),
  ]);

/**
 * Links answers to recommendations by identifier where the reference leads nowhere, and drops what a
 * chart repeats of an answer that is at hand whole. Of several remnants of one answer (a flowsheet
 * row and a note) the flowsheet's is kept.
 */
export function withoutRemnants(
  read: readonly SourcedDecision[],
  recommendations: readonly RecommendationRow[],
): readonly SourcedDecision[] {
  const identified = byIdentifier(recommendations, read);
  const ids = new Set(recommendations.map((row) => row.recommendation_id));
  const all = read.map((one) => linked(one, ids, identified));
  const whole = new Set(all.filter((one) => !isRemnant(one)).map(moment));
  const remnants = Map.groupBy(
    all.filter((one) => isRemnant(one) && !whole.has(moment(one))),
    moment,
  );
  return [
    ...all.filter((one) => !isRemnant(one)),
    ...[...remnants.values()].flatMap((group) => {
      const filed = group.filter(({ row }) => row.sink === 'epic-flowsheet');
      return filed.length > 0 ? filed : group;
    }),
  ];
}
