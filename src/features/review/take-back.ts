import type { CardAnswer } from '#src/state/review-model.ts';
import { secondsLeft } from './delivery-line.tsx';
import type { ReviewContext } from './review-context.ts';

const UNDO_MS = 10_000;

/** A server has it, whole or in part. */
export const isFiled = ({ delivery }: CardAnswer): boolean =>
  delivery === undefined || delivery.state === 'stored' || delivery.state === 'degraded';

/**
 * Ten seconds from the click: while it is held it is not sent; if leaving the page sent it early, it
 * is retracted, where the site can. What is sent at once was never held: it has no Undo to promise
 * that nobody saw it, and Retract says what is done.
 */
export function isUndoable(mine: CardAnswer, context: ReviewContext): boolean {
  const { answer, delivery } = mine;
  const { model, now } = context;
  if (delivery?.state === 'held') return secondsLeft(delivery, now) > 0;
  const fresh = now < Date.parse(answer.answeredAt) + UNDO_MS;
  return delivery !== undefined && isFiled(mine) && model.holdsAnswers && model.canRetract && fresh;
}
