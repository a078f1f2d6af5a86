import type { Choice } from '../feedback.ts';
import type { QueuedAnswer, QueuedItem } from './queued-answer.ts';

const due = (now: number) => ({ phase: 'queued', nextAt: now, delayMs: 0, attempts: 0 }) as const;

const MOVING: ReadonlySet<QueuedItem['phase']> = new Set(['held', 'sending', 'delivered']);

/**
 * A person has looked and says: try again. What was acknowledged and never seen may be sent again
 * then, and so may what could come to be there twice. The same item where there is nothing to try.
 */
export function triedAgain(item: QueuedItem, now: number): QueuedItem {
  if (MOVING.has(item.phase)) return item;
  const { acknowledged: _acknowledged, ...rest } = item;
  return { ...rest, ...due(now), doubts: item.last === 'in-doubt' ? 0 : item.doubts };
}

/** Other words for what was refused. */
export const reworded = (
  item: QueuedAnswer,
  change: Partial<Choice>,
  now: number,
): QueuedAnswer => ({ ...item, ...due(now), answer: { ...item.answer, ...change } });
