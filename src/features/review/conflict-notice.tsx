import type { ReviewCard } from '#src/state/review-model.ts';
import { Button } from '#src/ui/button.tsx';
import { formatShortTime } from '#src/ui/format/date-time.ts';
import { clipText } from '#src/ui/format/text.ts';
import { Notice } from '#src/ui/notice.tsx';
import { answerDetails, responseWord } from './answer-words.ts';
import classes from './conflict-notice.module.css';
import { conflictingHeads } from './conflicts.ts';
import type { ReviewContext } from './review-context.ts';
import type { CardFlow } from './use-card-flow.ts';

export interface ConflictNoticeProps {
  readonly card: ReviewCard;
  readonly context: ReviewContext;
  readonly flow: CardFlow;
}

/** Two answers stand side by side in the chart; both are shown, and a person decides. */
export function ConflictNotice({ card, context, flow }: ConflictNoticeProps) {
  const heads = conflictingHeads(card.answers);
  if (heads.length < 2) return null;
  const { now, categories, actions, model } = context;
  return (
    <Notice title={`${heads.length} answers stand side by side`} tone="warning">
      <ul className={classes.heads}>
        {heads.map((head) => {
          const { answer, by, mine } = head;
          const details = answerDetails(answer, card.kind.reasons, categories, now);
          const when = formatShortTime(answer.answeredAt, now);
          return (
            <li key={answer.id}>
              <span>
                <strong>{responseWord(answer.response)}</strong>
                {details.length > 0 ? ` · ${clipText(details.join(' · '), 200)}` : ''}
                <span className={classes.by}>
                  {' '}
                  {clipText(by, 60)}, {when}
                </span>
              </span>
              {mine && model.canRetract ? (
                <Button
                  aria-label={`Retract this one: ${responseWord(answer.response)}, ${when}`}
                  disabled={flow.busy}
                  look="quiet"
                  onClick={() => flow.run(() => actions.retract(answer.id))}
                >
                  Retract this one
                </Button>
              ) : null}
            </li>
          );
        })}
      </ul>
    </Notice>
  );
}
