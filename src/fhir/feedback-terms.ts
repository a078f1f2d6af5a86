import type { ResponseCode } from '#src/domain/feedback.ts';
import type { COMPONENT, ITEM, REPORT_COMPONENT } from './codes.ts';

export type ItemCode = (typeof ITEM)[keyof typeof ITEM];
export type ComponentCode = (typeof COMPONENT)[keyof typeof COMPONENT];
export type ReportCode = (typeof REPORT_COMPONENT)[keyof typeof REPORT_COMPONENT];

/** Displays of our codes: written into resources and published in `public/fhir`. */
export const ITEM_DISPLAY: Readonly<Record<ItemCode, string>> = {
  'recommendation-displayed': 'AI recommendation displayed',
  'recommendation-withheld': 'AI recommendation kept from the screen',
  'recommendation-response': 'Clinician response to AI recommendation',
  'undelivered-report': 'Answers that a device could not deliver',
};

export const RESPONSE_DISPLAY: Readonly<Record<ResponseCode, string>> = {
  accepted: 'Accepted',
  'accepted-modified': 'Accepted with changes',
  overridden: 'Overridden',
  deferred: 'Deferred',
  withdrawn: 'Withdrawn',
};

export const COMPONENT_DISPLAY: Readonly<Record<ComponentCode, string>> = {
  'recommendation-version': 'Version of the recommendation that was answered',
  'override-reason': 'Reason for the response',
  'action-taken': 'Action taken instead or in addition',
  'deferred-until': 'Deferred until',
  model: 'Identifier of the AI model',
  'model-version': 'Version of the AI model',
  'model-state': 'Lifecycle state of the AI model',
  'shown-probability': 'Probability shown',
  'shown-risk-band': 'Risk band shown',
  'displayed-at': 'Displayed at',
  'time-to-response': 'Visible time to response',
  'evidence-opened': 'Evidence was opened',
  arm: 'Study arm',
  usefulness: 'Usefulness, 1 to 5',
  'app-version': 'Version of the feedback app',
};

export const REPORT_DISPLAY: Readonly<Record<ReportCode, string>> = {
  'undelivered-count': 'Answers that wait on the device',
  'undelivered-attention': 'Of these: only a person can move them',
  'undelivered-sign-in': 'Of these: wait for their user to sign in',
  'undelivered-patient': 'Of these: wait for a launch on their patient',
  'undelivered-oldest': 'Age of the oldest',
  'discarded-answered-again': 'Discarded: answered again',
  'discarded-documented-elsewhere': 'Discarded: documented elsewhere',
  'discarded-not-mine': 'Discarded: given by mistake',
  'discarded-other': 'Discarded: another reason',
};
