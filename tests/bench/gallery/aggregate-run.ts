import { type Aggregates, aggregate, mergeAggregates } from '#src/domain/aggregates/aggregates.ts';
import { factsOf } from '#src/domain/metrics/facts/facts.ts';
import { MONITORING_VIEWS } from '#src/domain/monitoring/views.ts';
import type { Simulation } from '#src/domain/simulate/simulation.ts';
import type { Tables } from '#src/domain/tables/schema.ts';

const DAY_MS = 86_400_000;
/** A week is read a day after its end; what was stored later is not there yet, and here never comes. */
const READ_AFTER_MS = 8 * DAY_MS;

/**
 * The counts that a hospital has of a simulated time: rows by when they were stored, labels likewise.
 * @param until Monday of the first week that is not looked at any more.
 */
export function aggregatesOf(simulation: Simulation, until: string): Aggregates {
  const standing = Object.keys(simulation.standing);
  const all: Aggregates[] = [];
  for (const { week, tables } of simulation.weeks()) {
    if (week >= until) break;
    const known = storedBy(tables, Date.parse(week) + READ_AFTER_MS);
    const clean = Object.fromEntries(
      Object.entries(known).filter(([name]) => !standing.includes(name)),
    ) as Tables;
    all.push(aggregate(factsOf(clean), MONITORING_VIEWS));
  }
  return mergeAggregates(...all);
}

/** Labels keep the week in which they became known; they are counted there. */
function storedBy(tables: Tables, at: number): Tables {
  const early = <Row extends { readonly recorded_at: number | null }>(
    rows: readonly Row[] | undefined,
  ) => (rows ?? []).filter(({ recorded_at }) => recorded_at === null || recorded_at <= at);
  return {
    ...tables,
    recommendations: early(tables.recommendations),
    exposures: early(tables.exposures),
    decisions: early(tables.decisions),
    scores: early(tables.scores),
  };
}
