import type { CardAnswer, ReviewCard } from '#src/state/review-model.ts';
import { Button } from '#src/ui/button.tsx';
import { FieldGroup } from '#src/ui/field-group.tsx';
import { clipText } from '#src/ui/format/text.ts';
import { answerDetails, responseWord } from './answer-words.ts';
import { DeliveryLine } from './delivery-line.tsx';
import classes from './hidden-advice.module.css';
import type { ReviewContext } from './review-context.ts';
import { isFiled, isUndoable } from './take-back.ts';
import { type CardFlow, useCardFlow } from './use-card-flow.ts';

export interface HiddenAnswerProps {
  readonly card: ReviewCard;
  readonly context: ReviewContext;
}

interface MineProps {
  readonly mine: CardAnswer;
  readonly card: ReviewCard;
  readonly context: ReviewContext;
  readonly flow: CardFlow;
}

function Mine({ mine, card, context, flow }: MineProps) {
  const { answer } = mine;
  const { actions, categories, model, now } = context;
  const details = answerDetails(answer, card.kind.reasons, categories, now);
  const undoable = isUndoable(mine, context);
  return (
    <FieldGroup aria-label="Your answer" className={classes.mine} data-focus-place="answered">
      <p>
        You answered <strong>{responseWord(answer.response)}</strong>
        {details.length > 0 ? ` (${clipText(details.join(', '), 300)})` : ''} while the advice was
        shown. It stays on record as it was given. Nothing was ordered.
      </p>
      {answer.comment ? <p>“{clipText(answer.comment, 2000)}”</p> : null}
      <div className={classes.buttons}>
        {undoable ? (
          <Button
            disabled={flow.busy}
            onClick={() => flow.run(() => actions.undo(answer.id), 'choose')}
          >
            Undo
          </Button>
        ) : null}
        {!undoable && isFiled(mine) && model.canRetract ? (
          <Button
            disabled={flow.busy}
            look="quiet"
            onClick={() => flow.run(() => actions.retract(answer.id), 'choose')}
          >
            Retract
          </Button>
        ) : null}
      </div>
    </FieldGroup>
  );
}

/** What was answered, or half typed, before the advice was hidden: neither is taken away with it. */
export function HiddenAnswer({ card, context }: HiddenAnswerProps) {
  const { drafts, actions } = context;
  const { id } = card.detail.recommendation;
  const { mine } = card;
  const draft = drafts.get(id, mine?.answer.answeredAt);
  const flow = useCardFlow({
    card,
    actions,
    draft,
    onDraft: (next) => drafts.set(id, next),
    measures: () => ({ evidenceOpened: false }),
  });
  const typed = [draft.comment, draft.doneInstead].map((one) => one.trim()).filter(Boolean);
  return (
    <div className={classes.hidden} ref={flow.section}>
      {mine && !mine.retracted ? (
        <Mine card={card} context={context} flow={flow} mine={mine} />
      ) : null}
      <DeliveryLine context={context} delivered={mine} flow={flow} />
      {typed.length > 0 ? (
        <p className={classes.typed}>
          What you had typed was not sent: “{clipText(typed.join(' '), 2000)}”
        </p>
      ) : null}
      {flow.error ? <p role="alert">{flow.error}</p> : null}
    </div>
  );
}
