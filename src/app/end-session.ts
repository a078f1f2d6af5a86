import { type AnswerOutbox, everythingIn, type OutboxItem } from '#src/domain/delivery.ts';
import type { Clock } from '#src/io/clock.ts';
import type { SmartSession } from '#src/io/smart/session.ts';

/** For as long a panel that was locked may go on sending under its old token. */
export const LATEST_END_MS = 30_000;

const onItsWay = ({ delivery }: Pick<OutboxItem, 'delivery'>): boolean =>
  delivery.state === 'held' || delivery.state === 'sending';

/**
 * Sends what is held, and ends the session once nothing is on its way any more. The tab's own copy of
 * the token goes at once: reloading a locked panel does not open it.
 */
export function endSessionWhenSent(
  outbox: Pick<AnswerOutbox, 'flush' | 'items' | 'reports' | 'subscribe'>,
  smart: Pick<SmartSession, 'forget' | 'end'>,
  clock: Clock,
): void {
  smart.forget();
  outbox.flush();
  const finish = () => {
    unsubscribe();
    cancel();
    void smart.end();
  };
  const look = () => {
    if (!everythingIn(outbox).some(onItsWay)) finish();
  };
  const unsubscribe = outbox.subscribe(look);
  const cancel = clock.after(LATEST_END_MS, finish);
  look();
}
