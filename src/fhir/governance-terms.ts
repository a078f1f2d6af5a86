import type { ChangeKind } from '#src/domain/model-change.ts';

/** Displays of what the change log is written with, all in `feedback-item`. */
export const GOVERNANCE_ITEM_DISPLAY = {
  'model-change': 'Change to a model, its threshold, interface or policy',
} as const;

export const CHANGE_COMPONENT_DISPLAY = {
  'change-from': 'What it was before the change',
  'change-to': 'What it is after the change',
} as const;

export const CHANGE_KIND_DISPLAY: Readonly<Record<ChangeKind, string>> = {
  version: 'Model version',
  threshold: 'Threshold',
  interface: 'Interface',
  policy: 'Policy',
};
