import type { ChangeKind } from '#src/domain/model-change.ts';
import type { ModelState } from '#src/domain/recommendation.ts';
import { CANONICAL_BASE } from './codes.ts';
import type { STATE_COMPONENT } from './tables/governance-codes.ts';

/** Displays of what the change log is written with, all in `feedback-item`. */
export const GOVERNANCE_ITEM_DISPLAY = {
  'model-change': 'Change to a model, its threshold, interface or policy',
} as const;

export const CHANGE_COMPONENT_DISPLAY = {
  'change-from': 'What it was before the change',
  'change-to': 'What it is after the change',
} as const;

/** What limits a `model-state` to a place or a group, and what it says to those who see the advice. */
export const STATE_COMPONENT_DISPLAY: Readonly<
  Record<(typeof STATE_COMPONENT)[keyof typeof STATE_COMPONENT], string>
> = {
  'state-site': 'Site for which the state holds',
  'state-unit': 'Unit for which the state holds',
  'state-clinician': 'Clinician whom a pilot includes',
  'state-restriction': 'How the use of the model is restricted',
  'rollback-version': 'Version to go back to',
};

export const MODEL_STATE_DISPLAY: Readonly<Record<ModelState, string>> = {
  proposed: 'Proposed',
  validated: 'Validated',
  silent: 'Silent',
  pilot: 'Pilot',
  active: 'Active',
  restricted: 'Restricted',
  suspended: 'Suspended',
  retired: 'Retired',
  unknown: 'Unknown',
};

export const CHANGE_KIND_DISPLAY: Readonly<Record<ChangeKind, string>> = {
  version: 'Model version',
  threshold: 'Threshold',
  interface: 'Interface',
  policy: 'Policy',
};

/** `Task.code` of everything that somebody has to do about a model. */
export const GOVERNANCE_TASK = {
  system: `${CANONICAL_BASE}/CodeSystem/governance-task`,
  display: {
    transition: 'Change of a model’s lifecycle state',
    incident: 'Work on a safety report',
    escalation: 'Breach or signal to be answered',
    comment: 'Comment to be answered',
    training: 'Training on a model version',
    'attested-action': 'Action that a clinician announced',
    review: 'Review of a sampled answer',
    'data-request': 'Labelled data for training a model anew',
  },
} as const;

export type GovernanceTaskCode = keyof (typeof GOVERNANCE_TASK)['display'];

/** Inputs and outputs of a transition's Task, beside the components of the state that it leads to. */
export const TRANSITION_DISPLAY = {
  'transition-from': 'State before the transition',
  'transition-to': 'State after the transition',
  'approval-end': 'When the approval ends',
  evidence: 'Evidence for the decision',
  'gate-item': 'Answer to an item of the gate’s checklist',
  'state-on-record': 'The state that was put on record',
} as const;
