import type { Dimension } from '#src/domain/metrics/slices.ts';

/** One way to cut the counts of one metric, small enough to be published and merged for ever. */
export interface View {
  /** Unique; part of the published Measure's address, so it never changes its meaning. */
  readonly name: string;
  /** Of the metrics' catalogue. */
  readonly metric: string;
  /** Always with `week`: a period is a sum of weeks. */
  readonly by: readonly Dimension[];
  /** How many weeks are one: 1, or a block of 4 where weekly counts would be too many to publish. */
  readonly weeks: 1 | 4;
  /**
   * What counts are kept apart for intervals. `own`: the metric's clusters, mostly clinicians, whose
   * number grows with the hospital; `unit`: hospital units, which hold their clinicians, so that an
   * interval over them allows for both; `none`: counts alone.
   */
  readonly cluster: 'own' | 'unit' | 'none';
  /**
   * Whether a row can be derived and counted from what is known of its patient alone. Then counts can be
   * brought up to date by the difference that the few patients make whose chart has changed.
   */
  readonly byPatient: boolean;
}
