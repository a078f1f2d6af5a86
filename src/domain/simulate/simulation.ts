import type { TableSettings } from '#src/domain/tables/derive/settings.ts';
import type { Tables } from '#src/domain/tables/schema.ts';

/** The gallery of metrics.md, and `hospital`: all of a hospital's models at once, two of them in trouble. */
export const SCENARIOS = [
  'silent-death',
  'low-value-alert',
  'under-triage',
  'site-shift',
  'already-treated',
  'alert-fatigue',
  'version-regression',
  'rubber-stamping',
  'response-inequity',
  'outlier-unit',
  'healthy',
  'hospital',
] as const;
export type ScenarioName = (typeof SCENARIOS)[number];

export interface SimulationOptions {
  readonly scenario: ScenarioName;
  /** Same options, same rows. */
  readonly seed: number;
  /** How many weeks; the onset lies so that twelve of them and the last labels follow it. */
  readonly weeks: number;
  /** Recommendations that fire in an ordinary week, of all models together. */
  readonly perWeek: number;
  /** Monday of the first week, `YYYY-MM-DD`, in UTC. */
  readonly start: string;
}

/** What is wrong, which only the simulator knows. Detectors never see it. */
export interface Problem {
  /** The signals that must name it; several where the scenario has several. */
  readonly signals: readonly string[];
  /** Monday of the week in which it begins. */
  readonly onset: string;
  readonly model_id: string;
  /** What the signal must name besides the model; null where there is nothing to name. */
  readonly model_version: string | null;
  readonly site: string | null;
  readonly unit: string | null;
  /** Dimension and value of a patient group, as slices have them. */
  readonly group: { readonly dimension: string; readonly value: string } | null;
  readonly reason: string | null;
  /** Drawn by the seed over the printed ranges: base rates, sizes; and the fixed effect. */
  readonly drawn: Readonly<Record<string, number>>;
}

/**
 * Rows of what fired in one week, with all that came of it: an answer, an action or a label may be dated
 * later, so that rows which are joined stand together. `recorded_at` and `label_at` say when the hospital
 * knew.
 */
export interface SimulatedWeek {
  readonly week: string;
  readonly tables: Tables;
}

export interface Simulation {
  readonly options: SimulationOptions;
  readonly problems: readonly Problem[];
  /** Rows that hold for the whole time: `models`, `changes`. */
  readonly standing: Tables;
  /** What the site would state to derive the same tables from FHIR: sites, units, thresholds. */
  readonly settings: TableSettings;
  /** The rows of `weeks` in pieces of some thousand, so that a large hospital needs no large memory. */
  readonly pieces: () => Iterable<SimulatedWeek>;
  /** One week at a time, in order; nothing of an earlier week is kept but what later rows need. */
  readonly weeks: () => Iterable<SimulatedWeek>;
}
