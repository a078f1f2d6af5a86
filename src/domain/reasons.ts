import { REASON_DISPLAY } from './reason-displays.ts';

/** Who acts on a reason (clinical-evidence: each one routes to somebody who can change something). */
export type ReasonOwner =
  | 'model-owner'
  | 'trigger-logic'
  | 'data-quality'
  | 'review-queue'
  | 'usability'
  | 'routing'
  | 'defer'
  | 'operations'
  | 'incident'
  | 'triage'
  | 'none';

export interface Reason {
  readonly code: string;
  /** What the clinician reads on a button: short, from the clinician's side. */
  readonly label: string;
  /** The display of the code system. */
  readonly display: string;
  readonly owner: ReasonOwner;
}

export interface ReasonCategory extends Reason {
  readonly reasons: readonly Reason[];
}

const reason = (code: string, label: string, owner: ReasonOwner): Reason => ({
  code,
  label,
  display: REASON_DISPLAY[code] ?? label,
  owner,
});

const category = (code: string, label: string, reasons: readonly Reason[]): ReasonCategory => ({
  ...reason(code, label, 'triage'),
  reasons,
});

/**
 * HL7 non-adherence reason codes (CDS Hooks 3.0 ballot, after AHRQ publication 25-0073): six
 * categories with 29 reasons, in HL7's order and with HL7's displays; labels and owners are ours.
 */
export const NON_ADHERENCE_REASONS: readonly ReasonCategory[] = [
  category('cds-not-applicable', 'Does not apply to this patient', [
    reason('patient-ineligible', 'Patient does not meet the criteria', 'model-owner'),
    reason('indication-order-exists', 'Already ordered or indicated', 'trigger-logic'),
    reason('action-completed', 'Already done', 'trigger-logic'),
    reason('action-unsuccessful', 'Tried before without success', 'model-owner'),
    reason('action-performed-no-adverse-effect', 'Tolerated before', 'trigger-logic'),
    reason('action-not-priority', 'Not a priority now', 'trigger-logic'),
  ]),
  category('cds-suboptimal-context', 'Wrong moment or person', [
    reason('limited-time', 'No time now', 'defer'),
    reason('wrong-time-workflow', 'Wrong time', 'defer'),
    reason('inappropriate-recipient', 'Not my patient or role', 'routing'),
    reason('need-more-info', 'Need more information', 'defer'),
  ]),
  category('recipient-disagrees-evidence', 'I disagree clinically', [
    reason('does-not-align-latest-evidence', 'Not the latest evidence', 'review-queue'),
    reason('expert-contradicts', 'Expert advised otherwise', 'review-queue'),
    reason('policy-contradicts', 'Local policy says otherwise', 'review-queue'),
    reason('recipient-does-not-trust', 'I do not agree', 'review-queue'),
  ]),
  category('recipient-concerns-outcomes', 'Concern about the outcome', [
    reason('risk-benefit-ratio', 'Risk outweighs benefit', 'review-queue'),
    reason('mitigate-risk-negative-outcome', 'Risk handled another way', 'review-queue'),
    reason('likely-negative-health-outcomes', 'Likely to harm', 'review-queue'),
    reason('patient-contraindication', 'Contraindicated', 'model-owner'),
  ]),
  category('does-not-align-preferences', 'Patient’s wishes', [
    reason('patient-fears-discomfort', 'Patient fears discomfort', 'none'),
    reason('patient-does-not-want-change', 'Patient sees no need', 'none'),
    reason('cultural-religious-reason', 'Cultural or religious reason', 'none'),
    reason('prefers-alternative', 'Patient prefers an alternative', 'none'),
    reason('patient-refuses', 'Patient declines', 'none'),
  ]),
  category('not-convenient-feasible', 'Not feasible', [
    reason('inadequate-support', 'Too little support at home', 'operations'),
    reason('service-not-available', 'Not available here', 'operations'),
    reason('implementation-challenges', 'Technically not possible', 'operations'),
    reason('too-costly-uncovered', 'Too costly or not covered', 'operations'),
    reason('recipient-does-not-understand', 'Unclear what to do', 'usability'),
    reason('comorbidity-disability', 'Comorbidity or disability', 'model-owner'),
  ]),
];

/** What only AI brings; our supplement until HL7 has codes for it. */
export const AI_REASONS: readonly Reason[] = [
  reason('ai-input-wrong', 'Input wrong, missing or stale', 'data-quality'),
  reason('ai-not-interpretable', 'Cannot interpret or low confidence', 'usability'),
  reason('ai-unsafe', 'Looks unsafe or malfunctioning', 'incident'),
];

const ALL: ReadonlyMap<string, Reason> = new Map(
  [
    ...NON_ADHERENCE_REASONS,
    ...NON_ADHERENCE_REASONS.flatMap(({ reasons }) => reasons),
    ...AI_REASONS,
  ].map((each) => [each.code, each]),
);

/** The reason with this code in either system (their codes do not overlap); undefined: not ours. */
export const findReason = (code: string): Reason | undefined => ALL.get(code);

/** Who acts on this code; what nobody knows goes to triage. */
export const ownerOf = (code: string): ReasonOwner => findReason(code)?.owner ?? 'triage';
