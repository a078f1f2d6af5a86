/** What a site states once, and no resource says. */
export interface TableSettings {
  /** At least one; a unit that no site names belongs to the first. */
  readonly sites: readonly [SiteSettings, ...SiteSettings[]];
  readonly models?: readonly ModelSettings[];
  /** Default 24 h (metrics.md). */
  readonly windowMs?: number;
  /** Epoch ms: what lies after it is not known yet. Absent: everything at hand counts. */
  readonly asOf?: number;
}

export interface SiteSettings {
  readonly site: string;
  /** IANA name ("Europe/Berlin"): weeks and hours are cut by it, with its daylight saving. */
  readonly timeZone: string;
  /** Units of this site, as `unit` has them. */
  readonly units?: readonly string[];
}

/** How a model's score is to be read; a Device does not say. */
export interface ModelSettings {
  readonly model_id: string;
  /** Absent: every version. */
  readonly model_version?: string;
  /** From which score it fires, where no change of kind `threshold` says otherwise. */
  readonly threshold?: number;
  readonly score_scale?: 'probability' | 'points';
  readonly horizon_h?: number;
  readonly outcome_code?: string;
  readonly high_risk?: boolean;
}

export const DAY_MS = 86_400_000;
export const RESPONSE_WINDOW_MS = DAY_MS;

/** Two well-kept clocks differ by less; what differs by more is said in `time_quality`. */
export const CLOCK_TOLERANCE_MS = 120_000;
