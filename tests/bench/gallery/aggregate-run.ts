import { type Aggregates, aggregate, mergeAggregates } from '#src/domain/aggregates/aggregates.ts';
import { factsOf } from '#src/domain/metrics/facts/facts.ts';
import { knownThen } from '#src/domain/monitoring/known-then.ts';
import { MONITORING_VIEWS } from '#src/domain/monitoring/views.ts';
import type { Simulation } from '#src/domain/simulate/simulation.ts';
import type { Tables } from '#src/domain/tables/schema.ts';

/**
 * The counts that a hospital has of a simulated time: rows by when they were stored, labels likewise.
 * @param until Monday of the first week that is not looked at any more.
 */
export function aggregatesOf(simulation: Simulation, until: string): Aggregates {
  const standing = Object.keys(simulation.standing);
  const all: Aggregates[] = [];
  for (const { week, tables } of simulation.weeks()) {
    if (week >= until) break;
    const known = knownThen(tables).tables;
    const clean = Object.fromEntries(
      Object.entries(known).filter(([name]) => !standing.includes(name)),
    ) as Tables;
    all.push(aggregate(factsOf(clean), MONITORING_VIEWS));
  }
  return mergeAggregates(...all);
}
