import { answerChains } from '#src/domain/answer-chain.ts';
import { relativeReference } from '#src/domain/coding.ts';
import type { StoredAnswer } from '#src/domain/feedback.ts';
import { ownerOf } from '#src/domain/reasons.ts';
import { uuidV5 } from '#src/domain/uuid-v5.ts';

/** Overrides without a reason are a stratum too: they may be the careless ones. */
export const NO_REASON = 'no-reason';
/** More than two reviewers will ever look at is not drawn, nor what a reader of lists would cut. */
export const MOST_DRAWN = 200;

export interface SampledStratum {
  readonly stratum: string;
  /** Overrides of the period. */
  readonly population: number;
  readonly drawn: number;
}

/** One override that was drawn, with what its judgement weighs. */
export interface DrawnCase {
  /** Identifier of the answer. */
  readonly answer: string;
  /** "Observation/id" on the registry. */
  readonly reference: string;
  readonly stratum: string;
  /** Drawn ÷ population of its stratum. */
  readonly fraction: number;
}

/** What was drawn of which period, frozen: answers that arrive later do not change it. */
export interface SamplingPlan {
  /** `urn:uuid:`; the seed of the draw too. */
  readonly id: string;
  /** "Device/id" */
  readonly device: string;
  readonly title: string;
  /** ISO 8601, first and last day. */
  readonly from: string;
  readonly until: string;
  readonly strata: readonly SampledStratum[];
  readonly drawn: readonly DrawnCase[];
}

/** Overrides that stand, by the route of their first reason. */
export function overridesByStratum(
  stored: readonly StoredAnswer[],
): ReadonlyMap<string, readonly StoredAnswer[]> {
  const standing = answerChains(stored).flatMap(({ heads }) => heads);
  return Map.groupBy(
    standing.filter(({ answer }) => answer.response === 'overridden'),
    ({ answer: { reasons } }) => (reasons[0] ? ownerOf(reasons[0].code) : NO_REASON),
  );
}

export interface Draw {
  readonly strata: readonly SampledStratum[];
  readonly drawn: readonly DrawnCase[];
}

/**
 * Draws the same share of each stratum without replacement, at least `least` of it: those whose name
 * under the seed comes first; of all together at most `MOST_DRAWN`. Whoever has the seed and the answers draws the same.
 * @param seed `urn:uuid:` @param share 0–1
 */
export function drawSample(
  strata: ReadonlyMap<string, readonly StoredAnswer[]>,
  { seed, share, least }: { readonly seed: string; readonly share: number; readonly least: number },
): Draw {
  const namespace = seed.slice('urn:uuid:'.length);
  const most = Math.floor(MOST_DRAWN / Math.max(1, strata.size));
  const found = [...strata]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([stratum, all]) => {
      const wanted = Math.max(least, Math.ceil(share * all.length));
      const take = Math.min(all.length, most, wanted);
      const ranked = all
        .map((one) => ({ one, rank: uuidV5(namespace, one.answer.id) }))
        .toSorted((a, b) => (a.rank < b.rank ? -1 : 1));
      const drawn = ranked.slice(0, take).map(
        ({ one }): DrawnCase => ({
          answer: one.answer.id,
          reference: relativeReference(one.ref),
          stratum,
          fraction: take / all.length,
        }),
      );
      return { size: { stratum, population: all.length, drawn: take }, drawn };
    });
  return { strata: found.map(({ size }) => size), drawn: found.flatMap(({ drawn }) => drawn) };
}
