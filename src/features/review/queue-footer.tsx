import type { ReviewCard } from '#src/state/review-model.ts';
import { Button } from '#src/ui/button.tsx';
import { plural } from '#src/ui/format/text.ts';
import classes from './queue-footer.module.css';
import { standingOf, wantsAnswer } from './queue-state.ts';
import type { WaitingBadge } from './review-props.ts';

export interface QueueFooterProps {
  readonly cards: readonly ReviewCard[];
  readonly waiting?: WaitingBadge | undefined;
}

export function QueueFooter({ cards, waiting }: QueueFooterProps) {
  const count = (standing: string) => cards.filter((card) => standingOf(card) === standing).length;
  const deferred = count('deferred');
  const parts = [
    `${count('answered')} answered`,
    ...(deferred > 0 ? [`${deferred} deferred`] : []),
    `${cards.filter(wantsAnswer).length} open`,
  ];
  return (
    <footer className={classes.footer}>
      <p>{parts.join(' · ')}</p>
      {waiting && waiting.count + waiting.elsewhere > 0 ? (
        <Button look="quiet" onClick={waiting.onOpen}>
          {badgeWords(waiting)}
        </Button>
      ) : null}
      <p>This app orders nothing.</p>
    </footer>
  );
}

function badgeWords({ count, elsewhere }: WaitingBadge): string {
  const own = `${plural(count, 'answer')} ${count === 1 ? 'waits' : 'wait'}`;
  if (elsewhere === 0) return own;
  const others = `${elsewhere} of other users`;
  return count === 0 ? `${others} ${elsewhere === 1 ? 'waits' : 'wait'}` : `${own}, ${others}`;
}
