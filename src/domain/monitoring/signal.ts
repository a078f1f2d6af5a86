import type { Interval } from '#src/domain/statistics/interval.ts';

/** Names are an interface: scenarios, `--fail-on` and texts go by them. */
export const SIGNALS = [
  'usage-collapse',
  'low-sensitivity',
  'alert-burden',
  'missed-critical',
  'performance-drop',
  'reason-concentration',
  'fatigue',
  'override-shift',
  'uncritical-acceptance',
  'response-disparity',
  'outlier',
] as const;
export type SignalName = (typeof SIGNALS)[number];

export const isSignalName = (name: string): name is SignalName =>
  SIGNALS.some((one) => one === name);

/** What a signal is about; null where it names nothing of the kind. */
export interface Place {
  readonly model_id: string | null;
  readonly model_version: string | null;
  readonly site: string | null;
  readonly unit: string | null;
  /** A group of patients: dimension and value, as slices have them. */
  readonly group: { readonly dimension: string; readonly value: string } | null;
  readonly reason: string | null;
}

/** How large it is and how sure that is. */
export interface Effect {
  /** What `now` and `before` are, such as “displayed of fired”. */
  readonly what: string;
  /** `share`: a fraction 0–1. `odds-ratio`: 1 is no effect. */
  readonly kind: 'share' | 'odds-ratio';
  /** Since `since`. */
  readonly now: number;
  readonly interval: Interval;
  /** The level that it is held against: its own past, its peers or what is acceptable. */
  readonly before: number;
}

/** A week of the chart. */
export interface SeriesPoint {
  /** Monday. */
  readonly week: string;
  readonly numerator: number;
  readonly denominator: number;
  /** Share; null without rows. */
  readonly value: number | null;
  /** The level before, and three standard errors with overdispersion around it; null without rows. */
  readonly centre: number;
  readonly low: number | null;
  readonly high: number | null;
}

export interface Signal extends Place {
  readonly name: SignalName;
  /** Monday of the week in which it seems to have begun; of labels: in which they became known. */
  readonly since: string;
  /** Monday of the week whose rows raised it first. */
  readonly raisedAt: string;
  /** Whether the statistic is still beyond its limit. */
  readonly current: boolean;
  /** Log-likelihood ratio at `raisedAt`, and the limit that it passed. */
  readonly statistic: number;
  readonly limit: number;
  readonly effect: Effect;
  /** Rows since `since`. */
  readonly n: number;
  readonly series: readonly SeriesPoint[];
}
