import type { CodeSystem } from 'fhir/r4';
import type { ResponseCode } from '#src/domain/feedback.ts';
import { CHANGE_KINDS, type ChangeKind } from '#src/domain/model-change.ts';
import { AI_REASONS } from '#src/domain/reasons.ts';
import { MODEL_STATES, type ModelState } from '#src/domain/recommendation.ts';
import {
  CANONICAL_BASE,
  DEVICE_CATEGORY,
  FEEDBACK_CATEGORY,
  GOVERNANCE_CATEGORY,
  SYSTEM,
} from '../codes.ts';
import {
  COMPONENT_DISPLAY,
  ITEM_DISPLAY,
  REPORT_DISPLAY,
  RESPONSE_DISPLAY,
} from '../feedback-terms.ts';
import { escalationConcepts } from '../governance/escalation-terms.ts';
import { INCIDENT_INPUT_DISPLAY, INCIDENT_ITEM_DISPLAY } from '../governance/incident-terms.ts';
import { incidentStepConcepts } from '../governance/incident-work.fhir.ts';
import { loopConcepts } from '../governance/loop-terms.ts';
import {
  CHANGE_COMPONENT_DISPLAY,
  CHANGE_KIND_DISPLAY,
  GOVERNANCE_ITEM_DISPLAY,
  GOVERNANCE_TASK,
  MODEL_STATE_DISPLAY,
  STATE_COMPONENT_DISPLAY,
  TRANSITION_DISPLAY,
} from '../governance-terms.ts';
import { published } from './published.ts';

export interface Concept {
  readonly code: string;
  readonly display: string;
  readonly definition: string;
}

export const codeSystem = (
  name: string,
  title: string,
  url: string,
  description: string,
  concepts: readonly Concept[],
): CodeSystem => ({
  resourceType: 'CodeSystem',
  ...published(name, title, url, description),
  caseSensitive: true,
  content: 'complete',
  count: concepts.length,
  concept: concepts.map((concept) => ({ ...concept })),
});

const RESPONSE_DEFINITION = {
  accepted:
    'The clinician agrees with the recommendation as it stands. Nothing was ordered by this.',
  'accepted-modified': 'The clinician agrees with the recommendation in a changed form.',
  overridden: 'The clinician decided against the recommendation.',
  deferred: 'The clinician will decide later.',
  withdrawn: 'The clinician takes an earlier answer back without giving another.',
} satisfies Record<ResponseCode, string>;

const responseDefinitions = new Map(Object.entries(RESPONSE_DEFINITION));

const MODEL_STATE: Readonly<Record<ModelState, string>> = {
  proposed: 'Asked for; not yet validated here.',
  validated: 'Validated for this site; not yet running.',
  silent: 'Running on live data; nobody is shown the output.',
  pilot: 'Shown to a limited group under observation.',
  active: 'In routine use.',
  restricted: 'In use with limits on unit, patients or purpose.',
  suspended: 'Stopped for now; outputs must not be relied on.',
  retired: 'Taken out of use for good.',
  unknown: 'The state could not be found out.',
};

const KINDS: readonly Concept[] = [
  {
    code: 'sepsis',
    display: 'Sepsis early warning',
    definition: 'Risk of sepsis in the next hours.',
  },
  {
    code: 'chest-xray',
    display: 'Chest X-ray triage',
    definition: 'A finding on a chest radiograph that should be read sooner.',
  },
  {
    code: 'drug-interaction',
    display: 'Drug interaction',
    definition: 'Medicines that should not be combined as ordered.',
  },
  {
    code: 'readmission',
    display: '30-day readmission',
    definition: 'Risk of an unplanned readmission within 30 days of discharge.',
  },
];

const items: readonly Concept[] = [
  ...Object.entries({ ...ITEM_DISPLAY, ...GOVERNANCE_ITEM_DISPLAY }).map(([code, display]) => ({
    code,
    display,
    definition: `${display}; for Observation.code.`,
  })),
  ...Object.entries({
    ...COMPONENT_DISPLAY,
    ...REPORT_DISPLAY,
    ...CHANGE_COMPONENT_DISPLAY,
    ...STATE_COMPONENT_DISPLAY,
  }).map(([code, display]) => ({
    code,
    display,
    definition: `${display}; for Observation.component.code.`,
  })),
  ...Object.entries(TRANSITION_DISPLAY).map(([code, display]) => ({
    code,
    display,
    definition: `${display}; for Task.input.type and Task.output.type.`,
  })),
  ...incidentStepConcepts.map(([code, display]) => ({
    code,
    display,
    definition: `${display}; attested in Task.output.`,
  })),
  ...Object.entries({ ...INCIDENT_ITEM_DISPLAY, ...INCIDENT_INPUT_DISPLAY }).map(
    ([code, display]) => ({ code, display, definition: `${display}; of a safety report.` }),
  ),
  ...escalationConcepts.map(([code, display]) => ({
    code,
    display,
    definition: `${display}; of a Task that a breach or a signal opened.`,
  })),
  ...loopConcepts.map(([code, display]) => ({
    code,
    display,
    definition: `${display}; of what clinicians said and what became of it.`,
  })),
];

const CHANGE_KIND: Readonly<Record<ChangeKind, string>> = {
  version: 'Another version of the model.',
  threshold: 'From another score on, the model fires.',
  interface: 'Where or how the output is shown.',
  policy: 'What clinicians are asked to do with the output.',
};

const SAFETY: Readonly<Record<string, string>> = {
  'ai-input-wrong': 'An input of the model is wrong, missing or out of date.',
  'ai-not-interpretable':
    'The clinician cannot tell what the output means, or it is too unsure to act on.',
  'ai-unsafe':
    'Acting on the output could harm, or the model seems to malfunction; offers an incident report.',
};

export const RECOMMENDATION_KIND = `${CANONICAL_BASE}/CodeSystem/recommendation-kind`;

export const codeSystems = (): readonly CodeSystem[] => [
  codeSystem(
    'FeedbackCategory',
    'Feedback category',
    SYSTEM.feedbackCategory,
    'Category of Observations that record what clinicians do with AI output.',
    [
      {
        code: FEEDBACK_CATEGORY,
        display: 'Feedback on AI output',
        definition: 'What a clinician was shown by an AI model, or answered to it.',
      },
      {
        code: DEVICE_CATEGORY,
        display: 'Report of a device',
        definition: 'What a device says about its own work with feedback; about no patient.',
      },
      {
        code: GOVERNANCE_CATEGORY,
        display: 'Governance of AI models',
        definition: 'What was decided or changed about an AI model; about no patient.',
      },
    ],
  ),
  codeSystem(
    'FeedbackItem',
    'Feedback items',
    SYSTEM.feedbackItem,
    'Codes of feedback Observations and of their components.',
    items,
  ),
  codeSystem(
    'Response',
    'Responses to an AI recommendation',
    SYSTEM.response,
    'What a clinician decided about an AI recommendation.',
    Object.entries(RESPONSE_DISPLAY).map(([code, display]) => ({
      code,
      display,
      definition: responseDefinitions.get(code) ?? display,
    })),
  ),
  codeSystem(
    'AiOverrideReason',
    'AI override reasons',
    SYSTEM.aiOverrideReason,
    'Reasons against a recommendation that only AI brings; a supplement to the HL7 non-adherence reason codes.',
    AI_REASONS.map(({ code, display }) => ({ code, display, definition: SAFETY[code] ?? display })),
  ),
  codeSystem(
    'ModelState',
    'Lifecycle states of an AI model',
    SYSTEM.modelState,
    'Where a model stands in its life at a site.',
    MODEL_STATES.map((code) => ({
      code,
      display: MODEL_STATE_DISPLAY[code],
      definition: MODEL_STATE[code],
    })),
  ),
  codeSystem(
    'ChangeKind',
    'Kinds of change to an AI model',
    SYSTEM.changeKind,
    'What was changed, in the change log of a model.',
    CHANGE_KINDS.map((code) => ({
      code,
      display: CHANGE_KIND_DISPLAY[code],
      definition: CHANGE_KIND[code],
    })),
  ),
  codeSystem(
    'GovernanceTask',
    'Governance tasks',
    GOVERNANCE_TASK.system,
    'What somebody has to do about an AI model; codes of Tasks.',
    Object.entries(GOVERNANCE_TASK.display).map(([code, display]) => ({
      code,
      display,
      definition: `${display}; for Task.code.`,
    })),
  ),
  codeSystem(
    'RecommendationKind',
    'Kinds of AI recommendation',
    RECOMMENDATION_KIND,
    'Kinds of recommendation that reasons and watched chart items are configured for.',
    KINDS,
  ),
];
