/** One interval of follow-up: what happened in it, and who left it without. */
export interface Span {
  /** End of the interval, in the unit of the times. */
  readonly to: number;
  readonly events: number;
  readonly censored: number;
}

export interface Survival {
  readonly to: number;
  /** Share still without the event at `to`. */
  readonly share: number;
  /** Greenwood's error. */
  readonly se: number;
}

/**
 * Kaplan–Meier on fixed intervals: who is censored in an interval counts as leaving at its end, as in
 * the product-limit estimate with ties (Kaplan and Meier 1958; error by Greenwood 1926).
 */
export function lifeTable(spans: readonly Span[]): readonly Survival[] {
  let atRisk = spans.reduce((sum, { events, censored }) => sum + events + censored, 0);
  let share = 1;
  let relative = 0;
  return spans.map(({ to, events, censored }) => {
    if (atRisk > 0) {
      share *= 1 - events / atRisk;
      if (atRisk > events) relative += events / (atRisk * (atRisk - events));
    }
    atRisk -= events + censored;
    return { to, share, se: share * Math.sqrt(relative) };
  });
}

/** End of the first interval at which at most half are left; undefined where it never comes so far. */
export const medianTime = (curve: readonly Survival[]): number | undefined =>
  curve.find(({ share }) => share <= 0.5)?.to;
