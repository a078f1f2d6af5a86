import type { Coding, Identifier, ResourceRef } from './coding.ts';
import type { StandingCode } from './governance/model-state.ts';
import { latestInstant } from './instant.ts';
import type { Problem } from './problem.ts';

/** The R4 resource types that can carry an AI recommendation (fhir-contract.md, "Reading"). */
/** R4 resource types that carry a recommendation (fhir-contract.md, "Reading"). */
export const CARRIERS = [
  'RiskAssessment',
  'GuidanceResponse',
  'DetectedIssue',
  'ServiceRequest',
  'MedicationRequest',
  'Observation',
] as const;

export type Carrier = (typeof CARRIERS)[number];

/**
 * The probability of the predicted outcome. `scale` says how the producer's number was read:
 * `percent` 0–100 (R4 RiskAssessment ras-2), `fraction` 0–1 (some producers), or `unknown` when the
 * source is not configured and the number is ≤ 1: then `fraction` is absent, the number is shown as
 * it was sent, and no band is drawn.
 */
export interface Probability {
  readonly sent: number;
  readonly scale: 'percent' | 'fraction' | 'unknown';
  /** 0–1; absent when the scale is unknown or the number is out of range. */
  readonly fraction?: number;
  readonly low?: number;
  readonly high?: number;
}

/**
 * How sure the model is of its output (AI Transparency on FHIR `AIconfidence`); never to be mixed
 * with the probability of the outcome. The extension takes five types, so it may be only words.
 */
export interface Confidence {
  /** 0–1 where the producer sent a number. */
  readonly fraction?: number;
  readonly low?: number;
  readonly high?: number;
  readonly text?: string;
}

/** A number which is not a probability: an early-warning score, an index, a percentile. */
export interface Score {
  readonly value: number;
  readonly unit?: string;
  readonly label?: string;
}

export interface Prediction {
  /** What is predicted ("Sepsis"), in the producer's words. */
  readonly outcome?: string;
  readonly outcomeCoding?: Coding;
  readonly probability?: Probability;
  readonly score?: Score;
  /** Producer's qualitative band, e.g. R4 risk-probability `high`. */
  readonly band?: Coding;
  /** Prediction horizon as the producer states it ("within 6 h"). */
  readonly horizon?: string;
  readonly rationale?: string;
}

/**
 * The producer's own order. `rank` 0 is the most urgent; a table per carrier maps priority or
 * severity to it; the app never re-ranks. `undefined` rank sorts after every stated one.
 */
export interface Priority {
  readonly rank: 0 | 1 | 2 | 3;
  readonly label: string;
  /** The element it was read from, so that informatics can trace the order. */
  readonly source: string;
}

/** A number or text that the AI used, as it stood on the server when we resolved it. */
export interface EvidenceValue {
  readonly at?: string;
  readonly value?: number;
  readonly comparator?: '<' | '<=' | '>=' | '>';
  readonly unit?: string;
  /** Non-numeric result: a code's display, a string, a document title. */
  readonly text?: string;
}

export interface ReferenceRange {
  readonly low?: number;
  readonly high?: number;
  readonly text?: string;
}

export type Abnormality =
  | 'critical-high'
  | 'high'
  | 'normal'
  | 'low'
  | 'critical-low'
  | 'abnormal'
  | 'unknown';

/** One input that the recommendation names as its basis. */
export interface EvidenceItem {
  /** Where it lives; absent when the producer gave only text. */
  readonly ref?: ResourceRef;
  readonly label: string;
  readonly coding?: Coding;
  readonly latest: EvidenceValue;
  readonly range?: ReferenceRange;
  readonly abnormality: Abnormality;
  /** Earlier and later values of the same code, oldest first, for a sparkline; may be empty. */
  readonly series: readonly EvidenceValue[];
  readonly problems: readonly Problem[];
}

/** Something in the chart that is newer than the recommendation and of a watched kind. */
export interface ChartChange {
  readonly ref: ResourceRef;
  readonly label: string;
  /** Why this matters, from the configured watch ("Antibiotic already given"). */
  readonly watch: string;
  readonly at: string;
  readonly value?: EvidenceValue;
  readonly abnormality?: Abnormality;
}

export const MODEL_STATES = [
  'proposed',
  'validated',
  'silent',
  'pilot',
  'active',
  'restricted',
  'suspended',
  'retired',
  'unknown',
] as const;

export type ModelState = (typeof MODEL_STATES)[number];

export const isModelState = (code: string): code is ModelState =>
  MODEL_STATES.some((state) => state === code);

/** The model card, as text that may be hostile: rendered as text or sanitised markdown only. */
export interface ModelCard {
  readonly format: 'markdown' | 'chai-xml' | 'unknown';
  readonly text?: string;
  readonly url?: string;
  /** Sections that a clinician needs at the point of care, when the card names them. */
  readonly intendedUse?: string;
  readonly cautions?: string;
  readonly localPerformance?: string;
  /** How much harm a wrong answer may do, in the card's own words. */
  readonly riskTier?: string;
}

export interface Model {
  readonly ref?: ResourceRef;
  readonly identifier?: Identifier;
  readonly name: string;
  readonly version?: string;
  readonly manufacturer?: string;
  readonly owner?: string;
  readonly contact?: string;
  readonly safety?: string;
  /** What holds for it where it is shown, as the registry has it. */
  readonly state: StandingCode;
  readonly stateSince?: string;
  readonly stateReason?: string;
  /** What the banner of a restricted model says. */
  readonly stateRestriction?: string;
  readonly card?: ModelCard;
}

/** A structured action that the AI proposes (a `proposal` request or a RequestGroup action). */
export interface ProposedAction {
  readonly ref?: ResourceRef;
  readonly title: string;
  readonly detail?: string;
  /** CDS Hooks suggestion uuid, when one can be named (RequestGroup `action.action.id`). */
  readonly suggestionId?: string;
}

export interface Recommendation {
  /** Absolute reference; the key everywhere in the app. */
  readonly id: string;
  readonly carrier: Carrier;
  readonly ref: ResourceRef;
  readonly identifier?: Identifier;
  /** `meta.versionId`: the version that was shown is the version that is answered. */
  readonly version?: string;
  /** Relative reference of the subject as sent ("Patient/p1"). */
  readonly subject?: string;
  readonly encounter?: string;
  /** `current` may be answered; the others are history and say why. */
  readonly status: 'current' | 'superseded' | 'entered-in-error' | 'cancelled';
  /** Identifier or reference of the recommendation that replaced this one. */
  readonly supersededBy?: string;
  /** Codes that say what kind of recommendation it is; select reasons and watched codes. */
  readonly kindCodings: readonly Coding[];
  readonly title: string;
  readonly detail?: string;
  readonly predictions: readonly Prediction[];
  readonly confidence?: Confidence;
  readonly priority?: Priority;
  /** ISO 8601, possibly only a date or a year-month: precision as sent. */
  readonly producedAt?: string;
  readonly actions: readonly ProposedAction[];
  /** References named as basis, in the producer's order, before they are resolved. */
  readonly basis: readonly BasisReference[];
  /** Resolved Device reference, if the carrier names one. */
  readonly modelReference?: string;
  /** Name of the author when no Device is named ("Sepsis early warning"). */
  readonly modelName?: string;
  readonly problems: readonly Problem[];
}

export interface BasisReference {
  readonly reference?: string;
  readonly identifier?: Identifier;
  readonly display?: string;
}

/** Everything that one card shows: the recommendation with what its references resolved to. */
export interface RecommendationDetail {
  readonly recommendation: Recommendation;
  readonly model: Model;
  readonly evidence: readonly EvidenceItem[];
  readonly chartChanges: readonly ChartChange[];
  /** True until the second round of requests has answered. */
  readonly pending: boolean;
  readonly problems: readonly Problem[];
}

/** Producer's priority first, then newest first, then id, so that the order is total and stable. */
export function compareRecommendations(a: Recommendation, b: Recommendation): number {
  const rank = (a.priority?.rank ?? 9) - (b.priority?.rank ?? 9);
  if (rank !== 0) return rank;
  const time = latestInstant(b.producedAt) - latestInstant(a.producedAt);
  return time !== 0 && !Number.isNaN(time) ? time : a.id.localeCompare(b.id);
}
