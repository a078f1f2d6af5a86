/** What a site states once, and no resource says. */
export interface TableSettings {
  /** At least one; a unit that no site names belongs to the first. */
  readonly sites: readonly [SiteSettings, ...SiteSettings[]];
  readonly models?: readonly ModelSettings[];
  readonly negatives?: readonly NegativeLabel[];
  /** Epoch ms: what the servers stored later is not known yet. Absent: everything at hand counts. */
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
  /** Outcome rules of kind `action` that find what this model advises. */
  readonly actions?: readonly string[];
}

/** A rule whose silence means something: an encounter that ended without a hit did not have it. */
export interface NegativeLabel {
  readonly rule: string;
  readonly outcome_code: string;
}

export const DAY_MS = 86_400_000;
export const RESPONSE_WINDOW_MS = DAY_MS;

/** Two well-kept clocks differ by less; what differs by more is said in `time_quality`. */
export const CLOCK_TOLERANCE_MS = 120_000;
