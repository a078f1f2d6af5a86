import type { SignalName } from './signal.ts';

/**
 * Thresholds, once for every hospital and every scenario.
 *
 * **Budget.** All signals together may cry wolf once in two model-years. `SHARES` divides that among the
 * signals, more to those whose evidence comes slowly (units, patient groups, a trend); each part is
 * divided again among everything that the signal watches of one model (Bonferroni): sites, units, groups,
 * reasons. A stream with b false alarms a year must run 52/b weeks on average before one. A
 * likelihood-ratio statistic with the limit h runs at least eʰ weeks by a bound that holds without any
 * table (`shift-scan.ts`), and five times as long or more where one bad week is not enough, which is
 * simulated in `tests/unit/monitoring/shift-scan.test.ts`: h = ln(52/b) − ln 5. Streams that watch the
 * same rows alarm together, so that the sum is less than its parts; that pays for overdispersion that is
 * estimated and for weeks that are not normal. `npm run bench -- gallery` measures what comes out.
 */
export const FALSE_ALARMS_PER_MODEL_YEAR = 0.5;
const WEEKS_PER_YEAR = 52;
/** Mean run of a scan in weeks, as a multiple of the bound eʰ: less than what is simulated. */
export const RUN_ABOVE_BOUND = 5;

/** Part of the budget; they add up to one. */
export const SHARES: Readonly<Record<SignalName, number>> = {
  'usage-collapse': 0.02,
  'low-sensitivity': 0.02,
  'alert-burden': 0.02,
  'missed-critical': 0.02,
  'performance-drop': 0.02,
  'reason-concentration': 0.02,
  fatigue: 0.15,
  'override-shift': 0.08,
  'uncritical-acceptance': 0.02,
  'response-disparity': 0.31,
  outlier: 0.32,
};

const budgetOf = (name: SignalName): number => FALSE_ALARMS_PER_MODEL_YEAR * SHARES[name];

/** h of one of so many streams that a signal scans for a change; less than one: it gets more. */
export const limitOf = (name: SignalName, streams: number): number =>
  Math.log((WEEKS_PER_YEAR * Math.max(1, streams)) / budgetOf(name) / RUN_ABOVE_BOUND);

/**
 * h of a likelihood ratio with a fixed beginning: while all is well it ever exceeds 1/α with a chance of α
 * at most (Ville 1939). α is the budget of a year, so that a model is cried wolf at once, or never.
 */
export const limitOnce = (name: SignalName): number => -Math.log(budgetOf(name));

/** Rows since the change below which nothing is named, however sure (metrics.md: a floor on n). */
export const LEAST_ROWS = 20;
/** Weeks since the change: one bad week is no change. */
export const LEAST_WEEKS = 2;
/**
 * The same for a unit. A hospital has dozens of them, and somewhere two or three bad weeks follow upon each
 * other; evidence of a few answers a week takes a month anyway, so that waiting costs no time.
 */
export const LEAST_WEEKS_OF_UNIT = 4;
/** Weeks of a stream's own past that a change is held against. */
export const PAST_WEEKS = 6;

/**
 * The smallest shift that a committee would want to hear of, on the arcsine scale (0.1 = ten points
 * around one half, six around 90 %). Half of it never alarms, however many rows there are: seasons and
 * small differences live there.
 */
export const RELEVANT = {
  /** Share of fired recommendations that somebody saw. */
  'usage-collapse': 0.25,
  /** Share of scored encounters for which it fires. */
  'alert-burden': 0.1,
  /** Share of decided answers that follow. */
  'override-shift': 0.12,
  /** Share of one reason among overrides. */
  'reason-concentration': 0.2,
  /** Share of correct results among labelled ones. */
  'performance-drop': 0.2,
  /** Share that follows, of one patient group against the others: less than elsewhere, it is about fairness. */
  'response-disparity': 0.08,
  /** Share that follows, of one unit against the others. */
  outlier: 0.15,
  /** Share of answers that follow within three seconds. */
  'uncritical-acceptance': 0.1,
} as const;

/** What is acceptable, and what must be noticed, as shares. A site can state its own for each model. */
export interface Targets {
  /** Of labelled events, those that fired: at least `acceptable`. */
  readonly sensitivity: Target;
  /** Of labelled alerts, those that were right: at least; 1 ÷ number needed to evaluate. */
  readonly predictiveValue: Target;
  /** Of critical events, those that were missed: at most. */
  readonly missedCritical: Target;
}
export interface Target {
  readonly acceptable: number;
  readonly unacceptable: number;
}
/** What a site has agreed for one of its models; what it does not name stands as in `TARGETS`. */
export interface ModelTargets extends Partial<Targets> {
  readonly model_id: string;
}

/** Where a site states nothing: what few committees would defend (docs/monitoring.md says why). */
export const TARGETS: Targets = {
  sensitivity: { acceptable: 0.6, unacceptable: 0.5 },
  predictiveValue: { acceptable: 0.25, unacceptable: 0.15 },
  missedCritical: { acceptable: 0.1, unacceptable: 0.2 },
};

/** Variance of sites and units around one another that nobody wonders about: four points. */
export const USUAL_SPREAD = 0.04 ** 2;

export const FATIGUE = {
  /** Fall of the log odds of following over `exposures` that must be noticed: by a fifth. */
  shift: 0.22,
  /** Earlier exposures that are one unit of x. Counted and not in doublings: see docs/monitoring.md. */
  exposures: 100,
  leastWeeks: 4,
  newWeeks: 16,
} as const;

/** Who follows without reading (metrics.md): median under 3 s and over 98 % followed. */
export const UNCRITICAL = {
  followed: 0.98,
  /** Answers from which a clinician is judged. */
  leastAnswers: 5,
  leastClinicians: 3,
  /** Share of judged clinicians from which it is a habit of the house. */
  clinicians: 0.1,
} as const;

/** Of the budget of a unit: a fall of following is what harms; who accepts all is watched elsewhere. */
export const OUTLIER_WEIGHT = { fall: 1.5, rise: 0.5 } as const;
