import type { Simulation } from '#src/domain/simulate/simulation.ts';
import type { Tables } from '#src/domain/tables/schema.ts';

type Weekly = 'scores' | 'recommendations' | 'exposures' | 'decisions' | 'outcomes' | 'encounters';
export type WeeklyRows = { readonly [N in Weekly]: NonNullable<Tables[N]> };

/** All weeks together. */
export function rowsOf({ weeks }: Pick<Simulation, 'weeks'>): WeeklyRows {
  const all = [...weeks()].map(({ tables }) => tables);
  return {
    scores: all.flatMap(({ scores = [] }) => scores),
    recommendations: all.flatMap(({ recommendations = [] }) => recommendations),
    exposures: all.flatMap(({ exposures = [] }) => exposures),
    decisions: all.flatMap(({ decisions = [] }) => decisions),
    outcomes: all.flatMap(({ outcomes = [] }) => outcomes),
    encounters: all.flatMap(({ encounters = [] }) => encounters),
  };
}
