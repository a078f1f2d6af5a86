import { type AnswerOutbox, everythingIn, type OutboxItem } from '#src/domain/delivery.ts';

const isOnlyHere = ({ delivery }: Pick<OutboxItem, 'delivery'>): boolean =>
  'durable' in delivery && !delivery.durable;

const ask = (event: Event) => event.preventDefault();

/**
 * While an answer is in this page and nowhere else, the browser asks before the page is left. Returns
 * how to stop that. An EHR that takes the frame out of its page asks nobody.
 */
export function warnOnLeaving(
  outbox: Pick<AnswerOutbox, 'items' | 'reports' | 'subscribe'>,
  page: Pick<Window, 'addEventListener' | 'removeEventListener'> = window,
): () => void {
  // Not there all the time: a page that listens may lose its place in the browser's history cache.
  const look = () => {
    if (everythingIn(outbox).some(isOnlyHere)) page.addEventListener('beforeunload', ask);
    else page.removeEventListener('beforeunload', ask);
  };
  const unsubscribe = outbox.subscribe(look);
  look();
  return () => {
    unsubscribe();
    page.removeEventListener('beforeunload', ask);
  };
}
