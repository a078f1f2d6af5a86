import type { ReviewCard } from '#src/state/review-model.ts';
import { Button } from '#src/ui/button.tsx';
import { FieldGroup } from '#src/ui/field-group.tsx';
import { formatDateTime } from '#src/ui/format/date-time.ts';
import { GuardedButton, useArmed } from '#src/ui/guarded-button.tsx';
import { CheckIcon, ClockIcon, CrossIcon, EditIcon } from '#src/ui/icons.tsx';
import classes from './answer-bar.module.css';
import { responseWord } from './answer-words.ts';
import { standingOf } from './queue-state.ts';
import type { CardFlow } from './use-card-flow.ts';

export interface AnswerBarProps {
  readonly card: ReviewCard;
  readonly flow: CardFlow;
  readonly layoutKey: string;
}

/** Four answers of equal weight. None is preselected, focused, or the default of any key. */
export function AnswerBar({ card, flow, layoutKey }: AnswerBarProps) {
  const armed = useArmed(layoutKey) && !flow.busy;
  // A deferral whose time has come is answered by replacing it, so that the chain stays whole.
  const due = standingOf(card) === 'deferred' ? card.mine?.answer.id : undefined;
  const amends = flow.draft.amends ?? due;
  return (
    <FieldGroup aria-label="Answer" data-focus-place="choose">
      {flow.draft.amends !== undefined && card.mine ? (
        <p className={classes.changing}>
          Replaces your answer “{responseWord(card.mine.answer.response)}”.{' '}
          <Button look="quiet" onClick={flow.close}>
            Keep it
          </Button>
        </p>
      ) : null}
      {flow.draft.amends === undefined && due && card.mine ? (
        <p className={classes.changing}>
          You deferred this on {formatDateTime(card.mine.answer.answeredAt)}. It is time to look
          again.
        </p>
      ) : null}
      <div className={classes.buttons}>
        <GuardedButton
          armed={armed}
          look="large"
          onActivate={() => flow.answer({ response: 'accepted', reasons: [] }, amends)}
        >
          <CheckIcon />
          Accept
        </GuardedButton>
        <GuardedButton armed={armed} look="large" onActivate={() => flow.open('override', amends)}>
          <CrossIcon />
          Override
        </GuardedButton>
        <GuardedButton armed={armed} look="large" onActivate={() => flow.open('modify', amends)}>
          <EditIcon />
          Accept with changes
        </GuardedButton>
        <GuardedButton armed={armed} look="large" onActivate={() => flow.open('defer', amends)}>
          <ClockIcon />
          Defer
        </GuardedButton>
      </div>
    </FieldGroup>
  );
}
