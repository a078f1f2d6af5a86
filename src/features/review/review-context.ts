import type { ReviewActions, ReviewModel } from '#src/state/review-model.ts';
import type { ExposureLedger } from './exposure-ledger.ts';
import type { ReasonHeading, ReviewScreenProps } from './review-props.ts';
import type { Drafts } from './use-drafts.ts';

/** What every card of one screen shares. */
export interface ReviewContext {
  readonly model: ReviewModel;
  readonly actions: ReviewActions;
  readonly now: number;
  readonly clock: { now(): number };
  readonly ledger: ExposureLedger;
  readonly drafts: Drafts;
  readonly categories: readonly ReasonHeading[];
  readonly BelowCard: ReviewScreenProps['BelowCard'];
}
