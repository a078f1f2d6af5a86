import type { ReviewCard } from '#src/state/review-model.ts';
import classes from './queue-footer.module.css';
import { standingOf } from './queue-state.ts';

export function QueueFooter({ cards }: { readonly cards: readonly ReviewCard[] }) {
  const count = (standing: string) => cards.filter((card) => standingOf(card) === standing).length;
  const deferred = count('deferred');
  const parts = [
    `${count('answered')} answered`,
    ...(deferred > 0 ? [`${deferred} deferred`] : []),
    `${count('open')} open`,
  ];
  return (
    <footer className={classes.footer}>
      <p>{parts.join(' · ')}</p>
      <p>This app orders nothing.</p>
    </footer>
  );
}
