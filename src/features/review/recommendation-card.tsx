import { useId, useLayoutEffect, useMemo, useRef } from 'react';
import type { ReviewCard } from '#src/state/review-model.ts';
import { isShown } from './advice.ts';
import { bringIntoView } from './bring-into-view.ts';
import { CardBody } from './card-body.tsx';
import { CardHeader } from './card-header.tsx';
import { HiddenAdvice } from './hidden-advice.tsx';
import { cardKey } from './queue-state.ts';
import classes from './recommendation-card.module.css';
import type { ReviewContext } from './review-context.ts';

export interface NextCard {
  readonly card: ReviewCard;
  readonly onOpen: () => void;
}

export interface RecommendationCardProps {
  readonly card: ReviewCard;
  readonly context: ReviewContext;
  readonly open: boolean;
  /** Open because the clinician opened it, not by itself. */
  readonly opened: boolean;
  readonly onToggle: () => void;
  readonly next: NextCard | undefined;
}

export function RecommendationCard(props: RecommendationCardProps) {
  const { card, context, open, opened, onToggle, next } = props;
  const { BelowCard } = context;
  const titleId = useId();
  const bodyId = useId();
  const article = useRef<HTMLElement>(null);
  const headline = useRef<HTMLHeadingElement>(null);
  const score = useRef<HTMLDivElement>(null);
  const refs = useMemo(() => ({ card: article, headline, score }), []);
  // What was open above has closed at the same moment: what was asked for may have left the screen.
  useLayoutEffect(() => {
    if (opened && article.current) bringIntoView(article.current);
  }, [opened]);
  const shown = isShown(card);
  return (
    <article
      aria-labelledby={titleId}
      className={classes.card}
      data-open={open}
      data-rank={shown ? card.detail.recommendation.priority?.rank : undefined}
      ref={article}
    >
      <CardHeader
        bodyId={bodyId}
        card={card}
        context={context}
        headline={headline}
        onToggle={onToggle}
        open={open}
        titleId={titleId}
      />
      <div id={bodyId}>
        {open && shown ? <CardBody card={card} context={context} next={next} refs={refs} /> : null}
        {open && !shown ? <HiddenAdvice card={card} context={context} /> : null}
        {open && BelowCard ? (
          <BelowCard
            card={card}
            hidden={!shown}
            measures={() => context.ledger.measures(cardKey(card), context.clock.now())}
          />
        ) : null}
      </div>
    </article>
  );
}
