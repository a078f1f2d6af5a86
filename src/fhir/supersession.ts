import { absoluteReference, type Identifier, type ResourceRef } from '#src/domain/coding.ts';
import { latestInstant } from '#src/domain/instant.ts';
import type { Recommendation } from '#src/domain/recommendation.ts';
import { problem } from './read.ts';
import { plainReference } from './reference.ts';

/** A recommendation with what decides whether another replaces it. */
export interface Draft {
  readonly recommendation: Recommendation;
  readonly identifiers: readonly Identifier[];
  /** Explicitly replaced, by reference. */
  readonly replaces: readonly ResourceRef[];
  /** `meta.lastUpdated`, epoch ms; 0 when absent. */
  readonly updatedAt: number;
}

const key = (one: Identifier): string => `${one.system ?? ''}|${one.value}`;

/** Later production first decides, then the later update, then the id, so that the order is total. */
function isNewer(a: Draft, b: Draft): boolean {
  const produced =
    latestInstant(a.recommendation.producedAt) - latestInstant(b.recommendation.producedAt);
  if (produced > 0 || produced < 0) return produced > 0;
  if (a.updatedAt !== b.updatedAt) return a.updatedAt > b.updatedAt;
  return a.recommendation.id > b.recommendation.id;
}

/** Who replaces whom: explicit links first, then the newest of those that share an identifier. */
function findReplacers(drafts: readonly Draft[]): Map<string, Draft> {
  const replacers = new Map<string, Draft>();
  const inForce = drafts.filter((one) => one.recommendation.status !== 'entered-in-error');
  const newest = new Map<string, Draft>();
  for (const draft of inForce) {
    for (const one of draft.identifiers) {
      const shared = `${draft.recommendation.carrier}|${key(one)}`;
      const known = newest.get(shared);
      if (known === undefined || isNewer(draft, known)) newest.set(shared, draft);
    }
  }
  for (const draft of inForce) {
    for (const one of draft.identifiers) {
      const latest = newest.get(`${draft.recommendation.carrier}|${key(one)}`);
      if (latest !== undefined && latest !== draft) replacers.set(draft.recommendation.id, latest);
    }
  }
  for (const draft of inForce) {
    for (const target of draft.replaces) {
      const replaced = absoluteReference(target);
      const known = replacers.get(replaced);
      if (replaced === draft.recommendation.id) continue;
      if (known === undefined || isNewer(draft, known)) replacers.set(replaced, draft);
    }
  }
  return replacers;
}

/** True where following the replacers from here comes back here: nobody would be current. */
function isInCycle(id: string, replacers: ReadonlyMap<string, Draft>): boolean {
  const seen = new Set<string>();
  let next = replacers.get(id);
  while (next !== undefined && !seen.has(next.recommendation.id)) {
    if (next.recommendation.id === id) return true;
    seen.add(next.recommendation.id);
    next = replacers.get(next.recommendation.id);
  }
  return false;
}

function newestOfCycle(id: string, replacers: ReadonlyMap<string, Draft>): Draft | undefined {
  let best = replacers.get(id);
  let next = best;
  while (next !== undefined && next.recommendation.id !== id) {
    next = replacers.get(next.recommendation.id);
    if (next !== undefined && best !== undefined && isNewer(next, best)) best = next;
  }
  return best;
}

/**
 * Marks what a later one replaces: an explicit `replaces`, `basedOn` or `parent` between the same
 * carrier, or a shared business identifier. An entered-in-error one replaces nothing. Where links run
 * in a circle the newest stays current and says so, so that nothing disappears.
 */
export function markSuperseded(drafts: readonly Draft[]): readonly Recommendation[] {
  const replacers = findReplacers(drafts);
  return drafts.map(({ recommendation }) => {
    const replacer = replacers.get(recommendation.id);
    if (replacer === undefined || recommendation.status !== 'current') return recommendation;
    if (isInCycle(recommendation.id, replacers)) {
      const head = newestOfCycle(recommendation.id, replacers);
      if (head?.recommendation.id === recommendation.id) {
        const said = problem(
          'malformed',
          'Recommendations replace each other in a circle; the newest is shown.',
        );
        return { ...recommendation, problems: [...recommendation.problems, said] };
      }
    }
    return {
      ...recommendation,
      status: 'superseded',
      supersededBy: plainReference(replacer.recommendation.ref, recommendation.ref.server),
    };
  });
}
