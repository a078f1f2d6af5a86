import type { ReviewCard } from '#src/state/review-model.ts';
import { formatDateTime } from '#src/ui/format/date-time.ts';
import { clipText } from '#src/ui/format/text.ts';
import { Notice } from '#src/ui/notice.tsx';
import { AnswerHistory } from './answer-history.tsx';
import classes from './hidden-advice.module.css';
import type { ReviewContext } from './review-context.ts';

export interface HiddenAdviceProps {
  readonly card: ReviewCard;
  readonly context: ReviewContext;
  readonly because: string;
}

/** Says that there was advice, why it is not shown and since when; offers nothing to act on. */
export function HiddenAdvice({ card, context, because }: HiddenAdviceProps) {
  const { model } = card.detail;
  const since = model.stateSince ? ` since ${formatDateTime(model.stateSince)}` : '';
  return (
    <div className={classes.hidden}>
      <Notice title={`${because}${since}`} tone="warning">
        {model.stateReason ? <p>Reason: {clipText(model.stateReason, 400)}</p> : null}
        <p>
          The score, the evidence and the advice are hidden. Do not act on this recommendation.
          {model.contact ? ` Questions: ${clipText(model.contact, 120)}.` : ''}
        </p>
      </Notice>
      <AnswerHistory answers={card.answers} card={card} context={context} />
    </div>
  );
}
