import type { ReviewCard } from '#src/state/review-model.ts';
import { isShown } from './advice.ts';

export type CardStanding = 'open' | 'answered' | 'deferred';

/** A withdrawn answer leaves the recommendation open; a deferral is an answer with a return. */
export function standingOf(card: ReviewCard): CardStanding {
  const response = card.mine?.retracted ? undefined : card.mine?.answer.response;
  if (response === undefined || response === 'withdrawn') return 'open';
  return response === 'deferred' ? 'deferred' : 'answered';
}

/** Advice that is hidden, or that is history, is not open: nobody can answer it. */
export const wantsAnswer = (card: ReviewCard): boolean =>
  standingOf(card) === 'open' && card.detail.recommendation.status === 'current' && isShown(card);

/** The deferral's time has come: the recommendation wants an answer again. */
export function isDue(card: ReviewCard, now: number): boolean {
  const until = card.mine?.answer.deferredUntil;
  return standingOf(card) === 'deferred' && until !== undefined && Date.parse(until) <= now;
}

export const cardKey = (card: ReviewCard): string => {
  const { id, version } = card.detail.recommendation;
  return version === undefined ? id : `${id}|${version}`;
};

/** What the launch was about; else the first that still wants an answer, in the producer's order. */
export function initiallyOpen(
  cards: readonly ReviewCard[],
  now: number,
  launchedFor?: string,
): string | undefined {
  if (cards.some((card) => card.detail.recommendation.id === launchedFor)) return launchedFor;
  const wanting = cards.find((card) => wantsAnswer(card) || isDue(card, now));
  return (wanting ?? cards[0])?.detail.recommendation.id;
}
