import { useState } from 'react';
import type { ReviewCard } from '#src/state/review-model.ts';
import { Button } from '#src/ui/button.tsx';
import { plural } from '#src/ui/format/text.ts';
import { ChevronIcon } from '#src/ui/icons.tsx';
import { EmptyQueue } from './empty-queue.tsx';
import classes from './queue.module.css';
import { initiallyOpen, wantsAnswer } from './queue-state.ts';
import { RecommendationCard } from './recommendation-card.tsx';
import type { ReviewContext } from './review-context.ts';

const idOf = (card: ReviewCard): string => card.detail.recommendation.id;

/** The next one that wants an answer, offered by name; it never opens by itself. */
const nextAfter = (cards: readonly ReviewCard[], index: number): ReviewCard | undefined =>
  [...cards.slice(index + 1), ...cards.slice(0, index)].find(wantsAnswer);

export function Queue({ context }: { readonly context: ReviewContext }) {
  const { cards, history, launchedFor } = context.model;
  // `null`: the clinician closed the open card, so none opens by itself.
  const [chosen, setChosen] = useState<string | null>();
  const [first, setFirst] = useState(() => initiallyOpen(cards, context.now, launchedFor));
  // The first card was removed, or none was there at the beginning.
  if (chosen === undefined && !cards.some((card) => idOf(card) === first)) {
    const next = initiallyOpen(cards, context.now, launchedFor);
    if (next !== first) setFirst(next);
  }
  const openId = chosen === undefined ? first : chosen;
  const toggle = (id: string) => setChosen(openId === id ? null : id);
  return (
    <>
      {cards.length === 0 ? <EmptyQueue model={context.model} /> : null}
      {cards.map((card, index) => {
        const next = nextAfter(cards, index);
        return (
          <RecommendationCard
            card={card}
            context={context}
            key={idOf(card)}
            next={next ? { card: next, onOpen: () => setChosen(idOf(next)) } : undefined}
            onToggle={() => toggle(idOf(card))}
            open={openId === idOf(card)}
            opened={chosen === idOf(card)}
          />
        );
      })}
      {history.length > 0 ? (
        <Replaced chosen={chosen} context={context} onToggle={toggle} openId={openId} />
      ) : null}
    </>
  );
}

interface ReplacedProps {
  readonly context: ReviewContext;
  readonly openId: string | null | undefined;
  readonly chosen: string | null | undefined;
  readonly onToggle: (id: string) => void;
}

function Replaced({ chosen, context, openId, onToggle }: ReplacedProps) {
  const [shown, setShown] = useState(false);
  const { history } = context.model;
  return (
    <>
      <Button
        aria-expanded={shown}
        className={classes.replaced}
        look="quiet"
        onClick={() => setShown(!shown)}
      >
        {plural(history.length, 'replaced or cancelled recommendation')}
        <ChevronIcon className={shown ? classes.up : undefined} />
      </Button>
      {shown
        ? history.map((card) => (
            <RecommendationCard
              card={card}
              context={context}
              key={idOf(card)}
              next={undefined}
              onToggle={() => onToggle(idOf(card))}
              open={openId === idOf(card)}
              opened={chosen === idOf(card)}
            />
          ))
        : null}
    </>
  );
}
