import { useEffect, useId, useRef } from 'react';
import type { CardAnswer, ReviewCard } from '#src/state/review-model.ts';
import { Button } from '#src/ui/button.tsx';
import { Dotted } from '#src/ui/dotted.tsx';
import { FieldGroup } from '#src/ui/field-group.tsx';
import { clipText } from '#src/ui/format/text.ts';
import { CheckIcon, ClockIcon } from '#src/ui/icons.tsx';
import { answerDetails, responseWord } from './answer-words.ts';
import classes from './answered-panel.module.css';
import { lateForms } from './late-forms.tsx';
import type { NextCard } from './recommendation-card.tsx';
import type { ReviewContext } from './review-context.ts';
import { isFiled, isUndoable } from './take-back.ts';
import type { CardFlow } from './use-card-flow.ts';

export interface AnsweredPanelProps {
  readonly card: ReviewCard;
  readonly mine: CardAnswer;
  readonly context: ReviewContext;
  readonly flow: CardFlow;
}

export interface AnsweredMoreProps extends Omit<AnsweredPanelProps, 'card'> {
  readonly next: NextCard | undefined;
}

/** When a control that had the keyboard goes away, the keyboard stays at the answer. */
function useKeepFocus(present: boolean) {
  const panel = useRef<HTMLFieldSetElement>(null);
  const had = useRef(present);
  useEffect(() => {
    const lost = document.activeElement === null || document.activeElement === document.body;
    if (had.current && !present && lost) panel.current?.focus({ preventScroll: true });
    had.current = present;
  }, [present]);
  return panel;
}

const accepted = (mine: CardAnswer): boolean =>
  mine.answer.response === 'accepted' || mine.answer.response === 'accepted-modified';

function NextStep({ card, mine }: Pick<AnsweredPanelProps, 'card' | 'mine'>) {
  if (!accepted(mine)) return null;
  return (
    <p className={classes.next}>
      <strong>Recorded. Nothing was ordered.</strong>{' '}
      {card.kind.nextStep
        ? `Next: ${clipText(card.kind.nextStep, 160)}`
        : 'Next: place any order in the EHR yourself.'}
    </p>
  );
}

function Later({ mine, context, flow }: Omit<AnsweredPanelProps, 'card'>) {
  const { actions, model } = context;
  return (
    <div className={classes.later}>
      <Button look="quiet" onClick={() => flow.open('choose', mine.answer.id)}>
        Change answer
      </Button>
      {isFiled(mine) && model.canRetract ? (
        <Button
          disabled={flow.busy}
          look="quiet"
          onClick={() => flow.run(() => actions.retract(mine.answer.id), 'choose')}
        >
          Retract
        </Button>
      ) : null}
    </div>
  );
}

/** What can still be done about a given answer, below where it is. */
export function AnsweredMore({ mine, context, flow, next }: AnsweredMoreProps) {
  const { comment } = mine.answer;
  const undoable = isUndoable(mine, context);
  const forms = lateForms.useLate();
  const CommentEditor = forms.kind === 'there' ? forms.part.CommentEditor : undefined;
  return (
    <div className={classes.more}>
      {comment && !undoable ? <p className={classes.comment}>“{clipText(comment, 2000)}”</p> : null}
      {undoable && mine.delivery?.state === 'held' ? (
        CommentEditor && <CommentEditor context={context} flow={flow} mine={mine} />
      ) : (
        <Later context={context} flow={flow} mine={mine} />
      )}
      {next ? (
        <Button className={classes.onward} look="quiet" onClick={next.onOpen}>
          Next recommendation: {clipText(next.card.detail.recommendation.title, 80)}
        </Button>
      ) : null}
    </div>
  );
}

/** What was answered and by whom; the way back while there is one. */
export function AnsweredPanel({ card, mine, context, flow }: AnsweredPanelProps) {
  const headingId = useId();
  const { answer } = mine;
  const undoable = isUndoable(mine, context);
  const panel = useKeepFocus(undoable);
  const details = answerDetails(answer, card.kind.reasons, context.categories, context.now);
  return (
    <FieldGroup
      aria-labelledby={headingId}
      className={classes.panel}
      data-focus-place="answered"
      ref={panel}
    >
      <div className={classes.head}>
        <p className={classes.headline} id={headingId}>
          {answer.response === 'deferred' ? (
            <ClockIcon className={classes.clock} />
          ) : (
            <CheckIcon className={classes.icon} />
          )}
          <Dotted>
            <strong>{responseWord(answer.response)}</strong>
            {details.length > 0 ? clipText(details.join(', '), 400) : null}
            <span>
              {clipText(mine.by, 80)} <span className={classes.by}>(clinician)</span>
            </span>
          </Dotted>
        </p>
        {undoable ? (
          <Button
            disabled={flow.busy}
            onClick={() => flow.run(() => context.actions.undo(answer.id), 'choose')}
          >
            Undo
          </Button>
        ) : null}
      </div>
      <NextStep card={card} mine={mine} />
      {undoable && !context.model.canRetract ? (
        <p className={classes.note}>Here an answer cannot be taken back once it is sent.</p>
      ) : null}
    </FieldGroup>
  );
}
