import type { Coding, ResourceRef } from '#src/domain/coding.ts';
import type { AnsweredRecommendation, ModelAtAnswer, Performer } from '#src/domain/feedback.ts';

/** The one thing that a report must say (AHRQ Common Formats: report type). */
export const WHAT_HAPPENED = ['near-miss', 'reached-patient', 'unsafe-condition'] as const;
export type WhatHappened = (typeof WHAT_HAPPENED)[number];

/** AHRQ Harm Scale. */
export const HARMS = ['none', 'mild', 'moderate', 'severe', 'death', 'unknown'] as const;
export type Harm = (typeof HARMS)[number];

/** NCC MERP Index, category of harm. */
export const MERP = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I'] as const;
export type Merp = (typeof MERP)[number];

export const ATTRIBUTIONS = ['yes', 'no', 'unsure'] as const;
export const CONFIDENCES = ['low', 'medium', 'high'] as const;

/** Whether the AI had part in it, as the reporter sees it, and how sure they are. */
export interface Attribution {
  readonly verdict: (typeof ATTRIBUTIONS)[number];
  readonly confidence?: (typeof CONFIDENCES)[number];
}

/** What a reporter chose and wrote. Only `what` is asked for; nobody decides here what is reportable. */
export interface Concern {
  readonly what: WhatHappened;
  readonly harm?: Harm;
  readonly merp?: Merp;
  readonly words?: string;
  readonly attribution?: Attribution;
  /** The reporter's name is withheld from all but the safety officer. */
  readonly confidential: boolean;
}

/** What was on the screen and behind it at the moment of the report; never made anew. */
export interface FrozenEvidence {
  /** `urn:uuid:…` of the DocumentReference. */
  readonly id: string;
  /** A FHIR Bundle (type collection), as JSON. */
  readonly json: string;
  /** SHA-1 of `json` in UTF-8, base64, as R4 `Attachment.hash` wants it. */
  readonly sha1: string;
}

/** The model as the incident names it. */
export interface SuspectModel extends ModelAtAnswer {
  readonly name: string;
  /** Its Device, where one is known. */
  readonly ref?: ResourceRef;
  /** System of `identifier`: across servers a model is known by both. */
  readonly identifierSystem?: string;
}

/** One report of one clinician; everything about whom is frozen at capture. */
export interface SafetyReport extends Concern {
  /** `urn:uuid:…` of the AdverseEvent: the idempotency key. */
  readonly id: string;
  /** `urn:uuid:…` of the Task that carries the work on it. */
  readonly taskId: string;
  readonly evidence: FrozenEvidence;
  /** FHIR base of the launch. */
  readonly issuer: string;
  /** Relative reference ("Patient/p1"). */
  readonly patient: string;
  readonly encounter?: string;
  readonly location?: string;
  readonly recommendation: AnsweredRecommendation;
  readonly model: SuspectModel;
  readonly performer: Performer;
  /** ISO 8601 with offset. */
  readonly reportedAt: string;
  /** The reporter's current answer to the recommendation, if there was one. */
  readonly answerId?: string;
  /** Why they overrode it, if they did: `ai-unsafe` makes the report urgent. Absent: no such answer. */
  readonly answerReasons?: readonly Coding[];
  readonly context: {
    readonly appVersion: string;
    /** For the list of what waits on this device, and never written to a server. */
    readonly shownTitle?: string;
    readonly shownPatient?: string;
  };
}

/** A reason code that says the advice could hurt somebody: a report is offered. */
export const UNSAFE_REASON = 'ai-unsafe';
