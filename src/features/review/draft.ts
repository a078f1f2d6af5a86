/** What a clinician has begun and not yet answered. */
export interface Draft {
  readonly panel: 'choose' | 'override' | 'modify' | 'defer';
  readonly comment: string;
  readonly doneInstead: string;
  /** The answer that is about to be replaced. */
  readonly amends?: string;
  /** Epoch ms: when it was last changed. */
  readonly at?: number;
}

export const EMPTY_DRAFT: Draft = { panel: 'choose', comment: '', doneInstead: '' };

export const isEmptyDraft = (draft: Draft): boolean =>
  draft.panel === 'choose' &&
  draft.comment === '' &&
  draft.doneInstead === '' &&
  draft.amends === undefined;

/**
 * Begun before that answer was given (ISO 8601), hence done with: what was to erase it did not run.
 * Answer times have whole seconds.
 */
export const isAnsweredSince = ({ at }: Draft, answeredAt: string | undefined): boolean =>
  at !== undefined &&
  answeredAt !== undefined &&
  Math.floor(at / 1000) * 1000 <= Date.parse(answeredAt);
