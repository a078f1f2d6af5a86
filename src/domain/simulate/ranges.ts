import type { Range } from './random/draws.ts';

/**
 * What varies by seed, uniformly over these ranges; `problems[].drawn` records what was drawn. Chosen to be
 * those of a hospital (clinical-evidence §2, §4), not those that a detector likes.
 */

/** Clinicians on one unit, all roles together: 120 to 216 on twelve units. */
export const CLINICIANS_PER_UNIT: Range = [10, 18];
/** Standard deviation of a clinician's own log odds of following: the overdispersion of a funnel. */
export const CLINICIAN_SPREAD: Range = [0.2, 0.35];
/** The same between units, beyond their clinicians. */
export const UNIT_SPREAD: Range = [0.04, 0.12];
/** The same from week to week, for a whole model. */
export const WEEK_SPREAD: Range = [0.02, 0.06];
/** Height of the seasonal wave of admissions, as a share of the mean. */
export const SEASON: Range = [0.03, 0.12];
/** Standard deviation of log admissions from week to week, beyond season and chance. */
export const TRAFFIC_SPREAD: Range = [0.01, 0.05];

/** Share of all recommendations that the model of the scenario makes; the others share the rest. */
export const FOCUS_SHARE: Range = [0.35, 0.45];
/** The same where a scenario is about one alert that a few people see very often. */
export const FATIGUE_SHARE: Range = [0.55, 0.65];
/** How much more or less than an equal part of the rest another model makes, as a factor. */
export const SHARE_JITTER: Range = [0.8, 1.25];

/** Share of recommendations that come into anybody's view. */
export const DISPLAYED: Range = [0.88, 0.95];
/** Share of displays that are answered at all. */
export const RESPONDED: Range = [0.74, 0.86];
/** Share of answers that put off. */
export const DEFERRED: Range = [0.03, 0.07];
/** Share followed of decided ones, by a clinician in the middle. */
export const FOLLOWED: Range = [0.58, 0.72];
/** Median visible time to an answer in ms (McDaniel 2016: 8 s). */
export const RESPONSE_MS: Range = [6_500, 9_500];
/** Share of alerts for patients who are already treated, in ordinary times. */
export const ALREADY_TREATED: Range = [0.02, 0.05];

/** Weeks over which a new alert is rolled out, clinician by clinician. */
export const ROLLOUT_WEEKS: Range = [2, 5];
