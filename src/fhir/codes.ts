/**
 * Every system, profile and code that we write or look for, in one place. A site that publishes its
 * own artefacts changes CANONICAL_BASE at build; `doctor` warns while it is still the example.
 */
export const CANONICAL_BASE = 'https://clinician-feedback.example.org/fhir';

const codeSystem = (id: string) => `${CANONICAL_BASE}/CodeSystem/${id}`;
const profile = (id: string) => `${CANONICAL_BASE}/StructureDefinition/${id}`;

export const SYSTEM = {
  feedbackCategory: codeSystem('feedback-category'),
  feedbackItem: codeSystem('feedback-item'),
  response: codeSystem('response'),
  aiOverrideReason: codeSystem('ai-override-reason'),
  modelState: codeSystem('model-state'),
  changeKind: codeSystem('change-kind'),
  nonAdherenceReason: 'http://terminology.hl7.org/CodeSystem/non-adherence-reason-codes',
  observationValue: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue',
  observationCategory: 'http://terminology.hl7.org/CodeSystem/observation-category',
  observationInterpretation: 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation',
  actCode: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
  riskProbability: 'http://terminology.hl7.org/CodeSystem/risk-probability',
  provenanceParticipantType: 'http://terminology.hl7.org/CodeSystem/provenance-participant-type',
  loinc: 'http://loinc.org',
  snomed: 'http://snomed.info/sct',
  rxnorm: 'http://www.nlm.nih.gov/research/umls/rxnorm',
  ucum: 'http://unitsofmeasure.org',
  uri: 'urn:ietf:rfc:3986',
} as const;

export const PROFILE = {
  recommendationDisplayed: profile('recommendation-displayed'),
  recommendationResponse: profile('recommendation-response'),
  undeliveredReport: profile('undelivered-report'),
} as const;

/** HL7 AI Transparency on FHIR (STU1 ballot reconciliation): an alignment target, not a dependency. */
export const AI_TRANSPARENCY = {
  base: 'http://hl7.org/fhir/uv/aitransparency',
  confidence: 'http://hl7.org/fhir/uv/aitransparency/StructureDefinition/AIconfidence',
  modelCardDescription:
    'http://hl7.org/fhir/uv/aitransparency/StructureDefinition/aitransparency.modelCardDescription',
  aiKind: 'http://hl7.org/fhir/uv/aitransparency/StructureDefinition/aitransparency.AIKind',
  deviceType: 'http://hl7.org/fhir/uv/aitransparency/CodeSystem/AIdeviceTypeCS',
  inputs: 'http://hl7.org/fhir/uv/aitransparency/CodeSystem/AIinputsCS',
} as const;

export const EXTENSION = {
  eventLocation: 'http://hl7.org/fhir/StructureDefinition/event-location',
  performerFunction: 'http://hl7.org/fhir/StructureDefinition/event-performerFunction',
  observationReplaces: 'http://hl7.org/fhir/StructureDefinition/observation-replaces',
  supportingInfo: 'http://hl7.org/fhir/StructureDefinition/workflow-supportingInfo',
  alternateReference: 'http://hl7.org/fhir/StructureDefinition/alternate-reference',
} as const;

/** `meta.security` labels: who asserted the content (HL7 Terminology v3-ObservationValue). */
export const LABEL = {
  ai: 'AIAST',
  clinician: 'CLINAST',
  device: 'DEVAST',
} as const;

/** `meta.tag` of what a connection check wrote: a test and no answer, though it has the form of one. */
export const CONNECTION_CHECK_TAG = {
  system: `${CANONICAL_BASE}/tag`,
  code: 'connection-check',
} as const;

export const FEEDBACK_CATEGORY = 'ai-feedback';
/** Set apart from feedback, so that a scope may allow the one without the other. */
export const DEVICE_CATEGORY = 'device-report';
/** About a model and no patient: the change log. */
export const GOVERNANCE_CATEGORY = 'ai-governance';

/** `Observation.code` of what we write. */
export const ITEM = {
  displayed: 'recommendation-displayed',
  withheld: 'recommendation-withheld',
  response: 'recommendation-response',
  undelivered: 'undelivered-report',
} as const;

/** Component codes of a response, all in `feedback-item`. */
export const COMPONENT = {
  recommendationVersion: 'recommendation-version',
  overrideReason: 'override-reason',
  actionTaken: 'action-taken',
  deferredUntil: 'deferred-until',
  model: 'model',
  modelVersion: 'model-version',
  modelState: 'model-state',
  shownProbability: 'shown-probability',
  shownRiskBand: 'shown-risk-band',
  displayedAt: 'displayed-at',
  timeToResponse: 'time-to-response',
  evidenceOpened: 'evidence-opened',
  arm: 'arm',
  usefulness: 'usefulness',
  appVersion: 'app-version',
} as const;

/** Component codes of a device's report, in `feedback-item` too. */
export const REPORT_COMPONENT = {
  count: 'undelivered-count',
  attention: 'undelivered-attention',
  signIn: 'undelivered-sign-in',
  patient: 'undelivered-patient',
  oldest: 'undelivered-oldest',
  discardedAnsweredAgain: 'discarded-answered-again',
  discardedElsewhere: 'discarded-documented-elsewhere',
  discardedNotMine: 'discarded-not-mine',
  discardedOther: 'discarded-other',
} as const;
