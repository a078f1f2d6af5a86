import type { Sourced, SourcedTables } from './sourced.ts';

const stored = (asOf: number) => (one: Sourced<object>) => (one.updatedAt ?? asOf) <= asOf;

/**
 * What the servers had stored at that instant, so that a monitor sees no more than a hospital did. A
 * row whose server states no time is taken as known.
 */
export function knownAt(read: SourcedTables, asOf: number | undefined): SourcedTables {
  if (asOf === undefined) return read;
  const before = stored(asOf);
  return {
    scores: read.scores.filter(before),
    recommendations: read.recommendations.filter(before),
    exposures: read.exposures.filter(before),
    decisions: read.decisions.filter(before),
    outcomes: read.outcomes.filter(before),
    encounters: read.encounters.filter(before),
    reviews: read.reviews.filter(before),
    models: read.models.filter(before),
    changes: read.changes.filter(before),
    incidents: read.incidents.filter(before),
    patients: read.patients.filter(before),
    unread: read.unread.filter(({ recordedAt }) => (recordedAt ?? asOf) <= asOf),
  };
}
