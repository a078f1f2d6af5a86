/** What a clinician has begun and not yet answered. */
export interface Draft {
  readonly panel: 'choose' | 'override' | 'modify' | 'defer';
  readonly comment: string;
  readonly doneInstead: string;
  /** The answer that is about to be replaced. */
  readonly amends?: string;
}

export const EMPTY_DRAFT: Draft = { panel: 'choose', comment: '', doneInstead: '' };

export const isEmptyDraft = (draft: Draft): boolean =>
  draft.panel === 'choose' &&
  draft.comment === '' &&
  draft.doneInstead === '' &&
  draft.amends === undefined;
