import type { RefObject } from 'react';
import { deliveryLabel } from '#src/domain/delivery.ts';
import type { ReviewCard } from '#src/state/review-model.ts';
import { Badge } from '#src/ui/badge.tsx';
import { Dotted } from '#src/ui/dotted.tsx';
import { formatAge } from '#src/ui/format/age.ts';
import { clipText } from '#src/ui/format/text.ts';
import { ChevronIcon } from '#src/ui/icons.tsx';
import { isShown, stateBadge } from './advice.ts';
import { answerDetails, responseWord } from './answer-words.ts';
import classes from './card-header.module.css';
import { isDue, standingOf } from './queue-state.ts';
import type { ReviewContext } from './review-context.ts';

export interface CardHeaderProps {
  readonly card: ReviewCard;
  readonly context: ReviewContext;
  readonly open: boolean;
  readonly onToggle: () => void;
  readonly titleId: string;
  readonly bodyId: string;
  readonly headline: RefObject<HTMLHeadingElement | null>;
}

const STATUS_WORDS = {
  current: undefined,
  superseded: 'Replaced by a newer one',
  'entered-in-error': 'Entered in error',
  cancelled: 'Cancelled',
} as const;

function PriorityWord({ card }: { readonly card: ReviewCard }) {
  const { priority } = card.detail.recommendation;
  if (!priority || !isShown(card)) return null;
  return (
    <span className={classes.priority} data-rank={priority.rank}>
      {clipText(priority.label, 40)}
    </span>
  );
}

function Flags({ card, context }: { readonly card: ReviewCard; readonly context: ReviewContext }) {
  const { recommendation, model } = card.detail;
  const status = STATUS_WORDS[recommendation.status];
  const badge = stateBadge(model);
  return (
    <>
      {badge ? <Badge tone="warn">{badge}</Badge> : null}
      {card.stale && status === undefined ? <Badge tone="warn">Stale</Badge> : null}
      {status ? <Badge>{status}</Badge> : null}
      {isDue(card, context.now) ? <Badge tone="warn">Time to look again</Badge> : null}
    </>
  );
}

function Answered({
  card,
  context,
}: {
  readonly card: ReviewCard;
  readonly context: ReviewContext;
}) {
  if (standingOf(card) === 'open' || !card.mine) return null;
  const { answer, delivery } = card.mine;
  // Until the server has it, even a closed card says so: "answered" alone would sound done.
  const where = delivery && delivery.state !== 'stored' ? deliveryLabel(delivery) : undefined;
  const details = answerDetails(answer, card.kind.reasons, context.categories, context.now);
  return (
    <span className={classes.answered} data-response={answer.response}>
      <strong>{responseWord(answer.response)}</strong>
      {details.length > 0 ? ` · ${clipText(details.join(' · '), 80)}` : ''}
      {where ? <strong> · {where}</strong> : null}
    </span>
  );
}

/** The headline is the advice: where the advice may not be seen, neither may the headline. */
function titleOf(card: ReviewCard): string {
  const { recommendation, model } = card.detail;
  if (!isShown(card)) return `Advice hidden: ${clipText(model.name, 80)}`;
  return clipText(recommendation.title.trim(), 240) || 'Recommendation without a title';
}

/** Title bar of a card, open or closed: the heading is the switch. */
export function CardHeader(props: CardHeaderProps) {
  const { card, context, open, onToggle, titleId, bodyId, headline } = props;
  const { recommendation, model } = card.detail;
  const age = formatAge(recommendation.producedAt, context.now);
  const title = titleOf(card);
  return (
    <header className={classes.header} data-open={open}>
      <p className={classes.meta}>
        <Badge tone="ai" title="Produced by an AI model">
          AI
        </Badge>
        <PriorityWord card={card} />
        <Dotted>
          <span>
            {clipText(model.name, 80)} {model.version ? clipText(model.version, 24) : ''}
          </span>
          <time dateTime={recommendation.producedAt} title={age.exact}>
            {age.sentence}
          </time>
        </Dotted>
        <Flags card={card} context={context} />
      </p>
      <h2 className={classes.title} ref={headline}>
        <button
          aria-controls={bodyId}
          aria-expanded={open}
          className={classes.toggle}
          onClick={onToggle}
          type="button"
        >
          <span id={titleId}>{title}</span>
          <ChevronIcon className={classes.chevron} />
        </button>
      </h2>
      {open ? null : <Answered card={card} context={context} />}
    </header>
  );
}
