import type { ReviewCard } from '#src/state/review-model.ts';
import { Button } from '#src/ui/button.tsx';
import { clipText } from '#src/ui/format/text.ts';
import { Notice } from '#src/ui/notice.tsx';
import { hiddenBecause } from './advice.ts';
import { AnswerHistory } from './answer-history.tsx';
import classes from './hidden-advice.module.css';
import { HiddenAnswer } from './hidden-answer.tsx';
import type { ReviewContext } from './review-context.ts';

export interface HiddenAdviceProps {
  readonly card: ReviewCard;
  readonly context: ReviewContext;
}

/** Says that there was advice, why it is not shown and since when; offers nothing to act on. */
export function HiddenAdvice({ card, context }: HiddenAdviceProps) {
  const { model } = card.detail;
  const unread = model.state === 'unread';
  const others = card.answers.filter((one) => one.answer.id !== card.mine?.answer.id);
  return (
    <div className={classes.hidden}>
      <Notice
        actions={unread ? <Button onClick={context.actions.refresh}>Try again</Button> : null}
        alert
        title={card.untrained ? 'First: the training on this model' : hiddenBecause(model)}
        tone="warning"
      >
        {model.stateReason && !card.untrained ? (
          <p>Reason: {clipText(model.stateReason, 400)}</p>
        ) : null}
        <p>
          The score, the evidence and the advice are hidden. Do not act on this recommendation.
          {model.contact ? ` Questions: ${clipText(model.contact, 120)}.` : ''}
        </p>
      </Notice>
      <HiddenAnswer card={card} context={context} />
      <AnswerHistory answers={others} card={card} context={context} />
    </div>
  );
}
