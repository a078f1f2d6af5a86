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

/** As if just given: what took its place was undone. `holdMs`: 0 where it is sent at once. */
export const heldAgain = (
  item: QueuedAnswer,
  now: number,
  holdMs: number,
  tab: string,
): QueuedAnswer => {
  const phase = holdMs > 0 ? 'held' : 'queued';
  return { ...item, phase, tab, nextAt: now + holdMs, delayMs: holdMs };
};

/** Other words for what was refused. */
export const reworded = (
  item: QueuedAnswer,
  change: Partial<Choice>,
  now: number,
): QueuedAnswer => ({ ...item, ...due(now), answer: { ...item.answer, ...change } });
