import type { GateItem } from './gates.ts';

/** One step of a gradual expansion. */
export interface RolloutStep {
  /** Location reference. */
  readonly unit: string;
  /** `YYYY-MM-DD`: not before. */
  readonly from: string;
  /** What must hold before it begins. */
  readonly entry: readonly GateItem[];
  /** Advice is suspended there when a limit of the site is breached; `monitor --escalate` does it. */
  readonly stopOnBreach: boolean;
}

/** Which units a model version comes to, and when. */
export interface RolloutPlan {
  /** "Device/id" on the registry. */
  readonly device: string;
  readonly steps: readonly RolloutStep[];
}

/** Units of a scope that the plan does not have yet, or not before that day. */
export const notPlanned = (
  plan: RolloutPlan,
  units: readonly string[],
  day: string,
): readonly string[] =>
  units.filter((unit) => !plan.steps.some((step) => step.unit === unit && step.from <= day));
