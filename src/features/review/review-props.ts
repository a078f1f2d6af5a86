import type { ComponentType } from 'react';
import type { ReasonOption } from '#src/domain/site-config.ts';
import type {
  AnswerMeasures,
  ReviewActions,
  ReviewCard,
  ReviewModel,
} from '#src/state/review-model.ts';
import type { Draft } from './draft.ts';

/** One heading of the complete reason list behind "More reasons". */
export interface ReasonHeading {
  readonly label: string;
  readonly options: readonly ReasonOption[];
}

/** What waits on this device, for the badge in the footer and the notice above the cards. */
export interface WaitingBadge {
  readonly count: number;
  /** Of these, how many only a person can move. */
  readonly attention: number;
  /** Of other users of this machine. */
  readonly elsewhere: number;
  readonly onOpen: () => void;
}

/** What the app puts below each open card: another feature, of which this one knows nothing. */
export interface BelowCardProps {
  readonly card: ReviewCard;
  /** The state of its model keeps advice and score from the screen. */
  readonly hidden: boolean;
  readonly measures: () => AnswerMeasures;
}

export interface ReviewScreenProps {
  readonly BelowCard?: ComponentType<BelowCardProps> | undefined;
  readonly waiting?: WaitingBadge | undefined;
  readonly model: ReviewModel;
  readonly actions: ReviewActions;
  /** Epoch ms; ticks about once a second, so that ages and the undo window move. */
  readonly now: number;
  /** Measures exposure and response time; the browser's clock unless a test brings its own. */
  readonly clock?: { now(): number };
  /** Every reason there is, by category; without it there is no "More reasons". */
  readonly reasonGroups?: readonly ReasonHeading[];
  /** Half-typed answers from before a sign-in, by recommendation id. */
  readonly initialDrafts?: Readonly<Record<string, Draft>>;
  /** Undefined when the draft is done with. */
  readonly onDraftChange?: (recommendationId: string, draft: Draft | undefined) => void;
}
