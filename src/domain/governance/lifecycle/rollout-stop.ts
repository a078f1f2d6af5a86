import type { RolloutPlan } from './rollout.ts';

/** Whether two references name one place: one of them may be relative, the other absolute. */
export const samePlace = (a: string, b: string): boolean =>
  a === b || a.endsWith(`/${b}`) || b.endsWith(`/${a}`);

/**
 * Units of a plan where advice stops on a breach: those that have begun, and that the breach is about.
 * @param unit of the breach; undefined: it is about all
 * @param day `YYYY-MM-DD`
 */
export const unitsToStop = (
  { steps }: RolloutPlan,
  unit: string | undefined,
  day: string,
): readonly string[] =>
  steps
    .filter(({ stopOnBreach, from }) => stopOnBreach && from <= day)
    .filter((step) => unit === undefined || samePlace(step.unit, unit))
    .map((step) => step.unit);
