/** Inputs of an escalation's Task, all in `feedback-item`. */
export const ESCALATION_INPUT = {
  'finding-key': 'The matter, the same for all its episodes',
  'finding-level': 'Breach of a limit, warning or signal',
  'acknowledge-by': 'When somebody must have taken it on',
  'agreed-action': 'What was to follow by itself',
  'act-by': 'When something must have been done',
} as const;

/** Outputs: what the service did about it, and when. */
export const ESCALATION_OUTPUT = {
  'automatic-action': 'What was done by itself, or why nothing was',
  'owner-told': 'When the owner was told',
  'committee-told-acknowledge': 'When the committee was told that nobody has taken it on',
  'committee-told-act': 'When the committee was told that nothing has been done',
  'webhook-sent': 'When the notification by webhook was taken',
  'episode-over': 'When it was found to be over',
} as const;

export type EscalationMark = Exclude<keyof typeof ESCALATION_OUTPUT, 'automatic-action'>;

/** For the published CodeSystem. */
export const escalationConcepts: readonly (readonly [code: string, display: string])[] =
  Object.entries({ ...ESCALATION_INPUT, ...ESCALATION_OUTPUT });
