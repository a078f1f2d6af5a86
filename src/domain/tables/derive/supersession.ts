import type { RecommendationRow } from '../recommendations.ts';
import { lastVersions } from './one-of-copies.ts';
import type { SourcedRecommendation } from './sourced.ts';

const byProduction = (a: SourcedRecommendation, b: SourcedRecommendation): number => {
  const produced = (a.row.fired_at ?? -Infinity) - (b.row.fired_at ?? -Infinity);
  if (produced > 0 || produced < 0) return produced;
  const updated = (a.updatedAt ?? 0) - (b.updatedAt ?? 0);
  return updated !== 0 ? updated : a.place < b.place ? -1 : 1;
};

const isInForce = ({ row }: SourcedRecommendation): boolean => row.status !== 'entered-in-error';

/** By what each recommendation is replaced: the newest that names it or shares an identifier. */
function replacers(latest: readonly SourcedRecommendation[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const inOrder = latest.filter(isInForce).toSorted(byProduction);
  const newest = new Map<string, string>();
  for (const one of inOrder)
    for (const id of one.identifiers) newest.set(`${one.row.carrier}|${id}`, one.place);
  for (const one of inOrder) {
    for (const id of one.identifiers) {
      const by = newest.get(`${one.row.carrier}|${id}`);
      if (by !== undefined && by !== one.place) found.set(one.place, by);
    }
  }
  for (const one of inOrder)
    for (const replaced of one.replaces) if (replaced !== one.place) found.set(replaced, one.place);
  // In a circle nobody would be current: the newest stays.
  for (const one of inOrder.toReversed()) {
    const seen = new Set<string>();
    for (let at = found.get(one.place); at !== undefined && !seen.has(at); at = found.get(at)) {
      seen.add(at);
      if (at === one.place) found.delete(one.place);
    }
  }
  return found;
}

function withStatus(
  one: SourcedRecommendation,
  last: SourcedRecommendation | undefined,
  replacedBy: string | undefined,
): RecommendationRow {
  const { row } = one;
  // A record that was entered in error was so in every version.
  if (last?.row.status === 'entered-in-error') return { ...row, status: 'entered-in-error' };
  if (last !== undefined && last.row.recommendation_version !== row.recommendation_version)
    return { ...row, status: 'superseded', superseded_by: row.recommendation_id };
  if (replacedBy === undefined || row.status !== 'current') return row;
  return { ...row, status: 'superseded', superseded_by: replacedBy };
}

/**
 * All versions, each with what became of it. A proposal that cites a recommendation at hand is its
 * action and no recommendation of its own (fhir-contract.md "Reading").
 */
export function withSupersession(
  read: readonly SourcedRecommendation[],
): readonly RecommendationRow[] {
  const versions = lastVersions(read, ({ row }) => row.recommendation_version);
  const known = new Set(
    versions.filter((one) => one.actionOf.length === 0).map(({ place }) => place),
  );
  const own = versions.filter((one) => !one.actionOf.some((cited) => known.has(cited)));
  const latest = lastVersions(own);
  const last = new Map(latest.map((one) => [one.place, one]));
  const by = replacers(latest);
  return own.map((one) => withStatus(one, last.get(one.place), by.get(one.place)));
}
