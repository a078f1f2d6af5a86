import type {
  Attribution,
  Harm,
  Merp,
  SafetyReport,
  WhatHappened,
} from '#src/domain/governance/incidents/incident.ts';
import { CANONICAL_BASE, SYSTEM } from '../codes.ts';

const codeSystem = (id: string) => `${CANONICAL_BASE}/CodeSystem/${id}`;
const profile = (id: string) => `${CANONICAL_BASE}/StructureDefinition/${id}`;

export const INCIDENT_SYSTEM = {
  kind: codeSystem('incident-kind'),
  harm: codeSystem('ahrq-harm'),
  merp: codeSystem('ncc-merp'),
  attribution: codeSystem('ai-attribution'),
  confidentiality: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality',
} as const;

export const INCIDENT_PROFILE = {
  event: profile('safety-report'),
  evidence: profile('safety-evidence'),
  task: profile('safety-task'),
} as const;

/** `AdverseEvent.event` and `DocumentReference.type`, in `feedback-item`. */
export const INCIDENT_ITEM = { event: 'safety-concern', evidence: 'safety-evidence' } as const;

export const INCIDENT_ITEM_DISPLAY = {
  'safety-concern': 'Safety concern about an AI model',
  'safety-evidence': 'What was on the screen when a safety concern was reported',
} as const;

/** `Task.input.type`, in `feedback-item`; those of a response keep their code. */
export const INCIDENT_INPUT_DISPLAY = {
  recommendation: 'AI recommendation',
  answer: 'Answer of the reporter',
} as const;

/** AdverseEvent.category; R4 has no code for what could have happened and to nobody did. */
export const KIND_DISPLAY: Readonly<Record<WhatHappened, string>> = {
  'near-miss': 'Near miss: caught before it reached the patient',
  'reached-patient': 'Reached the patient',
  'unsafe-condition': 'Unsafe condition: it could harm a patient',
};

/** R4: what happened, or what could have. */
export const ACTUALITY = {
  'near-miss': 'potential',
  'reached-patient': 'actual',
  'unsafe-condition': 'potential',
} as const satisfies Record<WhatHappened, 'actual' | 'potential'>;

export const HARM_DISPLAY: Readonly<Record<Harm, string>> = {
  none: 'No harm',
  mild: 'Mild harm',
  moderate: 'Moderate harm',
  severe: 'Severe harm',
  death: 'Death',
  unknown: 'Harm not known',
};

export const MERP_DISPLAY: Readonly<Record<Merp, string>> = {
  A: 'A: circumstances that could cause an error',
  B: 'B: an error that did not reach the patient',
  C: 'C: reached the patient, no harm',
  D: 'D: reached the patient, monitoring needed',
  E: 'E: temporary harm, intervention needed',
  F: 'F: temporary harm, hospital stay begun or made longer',
  G: 'G: permanent harm',
  H: 'H: intervention needed to sustain life',
  I: 'I: death',
};

export const ATTRIBUTION_DISPLAY: Readonly<Record<Attribution['verdict'], string>> = {
  yes: 'The AI had part in it',
  no: 'The AI had no part in it',
  unsure: 'Not sure whether the AI had part in it',
};

/**
 * R4 has no search by identifier for AdverseEvent, so the same `urn:uuid` is its tag too: `_tag` is a
 * search parameter of every resource, hence of every `If-None-Exist`.
 */
export const keyTag = ({ id }: Pick<SafetyReport, 'id'>) => ({ system: SYSTEM.uri, code: id });
