import { mayLeave, type SendingSession } from './may-leave.ts';
import { aboutOf, type QueuedItem } from './queued-answer.ts';

/** What another tab holds is left to that tab a little longer than to ourselves. */
export const OTHER_TAB_GRACE_MS = 5_000;

export interface Moment {
  readonly now: number;
  readonly tab: string;
  /** Being sent by this tab right now. */
  readonly busy: ReadonlySet<string>;
  readonly session: SendingSession;
}

/** When it may be sent by this tab; `undefined`: not by itself. */
export function dueAt(item: QueuedItem, { tab, busy, session }: Moment): number | undefined {
  if (busy.has(item.id) || mayLeave(item, session) !== 'yes') return undefined;
  switch (item.phase) {
    case 'held':
      return item.tab === tab ? item.nextAt : item.nextAt + OTHER_TAB_GRACE_MS;
    case 'queued':
      return item.nextAt;
    case 'sending':
      // Whoever sent it did not live to say what came of it: this tab has the lock now.
      return item.nextAt;
    default:
      return undefined;
  }
}

const byOrder = (a: QueuedItem, b: QueuedItem) =>
  a.order - b.order || a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1);

/**
 * The items that may go next: for each recommendation the earliest that is still in motion. One that
 * needs a person does not hold up what was answered after it.
 */
export function heads(items: readonly QueuedItem[]): readonly QueuedItem[] {
  const first = new Map<string, QueuedItem>();
  for (const item of items) {
    if (item.phase === 'attention' || item.phase === 'delivered') continue;
    const recommendation = aboutOf(item);
    const known = first.get(recommendation);
    if (!known || byOrder(item, known) < 0) first.set(recommendation, item);
  }
  return [...first.values()];
}

/** The item to send now, the longest due first; and when to look again. Asked once for each item. */
export function nextDue(
  items: readonly QueuedItem[],
  moment: Moment,
): { readonly item: QueuedItem | undefined; readonly inMs: number | undefined } {
  let first: { readonly item: QueuedItem; readonly at: number } | undefined;
  for (const item of heads(items)) {
    const at = dueAt(item, moment);
    if (at === undefined) continue;
    if (!first || (at - first.at || byOrder(item, first.item)) < 0) first = { item, at };
  }
  if (!first) return { item: undefined, inMs: undefined };
  return first.at <= moment.now
    ? { item: first.item, inMs: 0 }
    : { item: undefined, inMs: first.at - moment.now };
}

/** The clock was set back: what was to wait `delayMs` waits that long from now, and no longer. */
export function rebased(item: QueuedItem, now: number): QueuedItem {
  const late = item.nextAt - now > item.delayMs;
  const future = (item.lastSentAt ?? 0) > now;
  if (!late && !future) return item;
  return {
    ...item,
    ...(late && { nextAt: now + item.delayMs }),
    ...(future && { lastSentAt: now }),
  };
}

/** Where the next answer to the same recommendation stands. */
export function orderAfter(items: readonly QueuedItem[], recommendation: string): number {
  const orders = items.filter((item) => aboutOf(item) === recommendation).map(({ order }) => order);
  return Math.max(0, ...orders) + 1;
}
