import type { ReviewCard } from '#src/state/review-model.ts';
import type { ReviewContext } from './review-context.ts';
import type { CardFlow } from './use-card-flow.ts';

export interface AnswerFormProps {
  readonly card: ReviewCard;
  readonly context: ReviewContext;
  readonly flow: CardFlow;
}
