import type { Coding, Identifier, ResourceRef } from './coding.ts';
import type { ModelState } from './recommendation.ts';

/** Answers of the contract's `{base}/CodeSystem/response`. */
export type ResponseCode =
  | 'accepted'
  | 'accepted-modified'
  | 'overridden'
  | 'deferred'
  | 'withdrawn';

/** What a clinician chose before we add who, when and where. */
export interface Choice {
  readonly response: ResponseCode;
  /** First is primary. Only `overridden` and `deferred` carry reasons. */
  readonly reasons: readonly Coding[];
  /** Free text; only ever written to `Observation.note`. */
  readonly comment?: string;
  readonly actionTaken?: ActionTaken;
  /** ISO 8601 with offset. */
  readonly deferredUntil?: string;
  /** 1–5. */
  readonly usefulness?: number;
}

export interface ActionTaken {
  readonly coding?: Coding;
  readonly text?: string;
  /** What was done instead, e.g. "MedicationRequest/9". */
  readonly reference?: string;
}

/** The thing that was answered: reference without version, plus its identifier where it has one. */
export interface AnsweredRecommendation {
  readonly ref: ResourceRef;
  readonly identifier?: Identifier;
  readonly version?: string;
}

export interface Performer {
  /** `Practitioner/x` or `PractitionerRole/x`; a Person is no legal performer in R4. */
  readonly reference: string;
  readonly display?: string;
  readonly function?: Coding;
}

export interface ModelAtAnswer {
  readonly identifier?: string;
  readonly version?: string;
  readonly state?: ModelState;
}

/** What was on the screen when the answer was given; hospital store only, except the version. */
export interface AnswerContext {
  /** 0–1. */
  readonly shownProbability?: number;
  readonly shownRiskBand?: Coding;
  readonly displayedAt?: string;
  /** Visible time only, ms. */
  readonly timeToResponseMs?: number;
  readonly evidenceOpened?: boolean;
  readonly arm?: string;
  readonly appVersion: string;
  /** For the list of what waits on this device, and never written to a server. */
  readonly shownTitle?: string;
  readonly shownPatient?: string;
  /** UUIDs of the CDS Hooks suggestions on the card; for the service that made it, not for FHIR. */
  readonly suggestions?: readonly string[];
}

/**
 * One answer of one clinician to one recommendation version; append-only. A change of mind is a new
 * answer that `replaces` the earlier one.
 */
export interface Answer extends Choice {
  /** `urn:uuid:…` made at capture: the idempotency key. */
  readonly id: string;
  /** FHIR base of the server that holds the patient, frozen at capture. */
  readonly issuer: string;
  /** Relative reference, frozen at capture ("Patient/p1"). */
  readonly patient: string;
  readonly encounter?: string;
  readonly location?: string;
  readonly recommendation: AnsweredRecommendation;
  readonly performer: Performer;
  /** ISO 8601 with offset. */
  readonly answeredAt: string;
  readonly model?: ModelAtAnswer;
  readonly context: AnswerContext;
  /** The earlier answer that this one replaces. */
  readonly replaces?: ReplacedAnswer;
}

export interface ReplacedAnswer {
  readonly id: string;
  /** "Observation/…", known once the server has stored it. */
  readonly reference?: string;
}

/** An answer as a server holds it. */
export interface StoredAnswer {
  readonly answer: Answer;
  readonly ref: ResourceRef;
  readonly version?: string;
  readonly status: 'final' | 'entered-in-error';
}

/** First time that headline and score were in view for a second; one per version, user and launch. */
export interface Exposure {
  /** Deterministic: the same exposure always has the same identifier. */
  readonly id: string;
  readonly issuer: string;
  readonly patient: string;
  readonly encounter?: string;
  readonly recommendation: AnsweredRecommendation;
  readonly performer: Performer;
  readonly displayedAt: string;
  readonly model?: ModelAtAnswer;
  readonly appVersion: string;
  /** True: nobody saw it. The state of its model kept it from the screen on which it would have been. */
  readonly withheld?: boolean;
}
