import type { QueuedItem } from './queued-answer.ts';

/** A server may commit a minute after it let us time out; nothing is repeated before this is over. */
export const SETTLE_MS = 120_000;

/** How long to wait before something whose last sending may still arrive may be sent again. */
export function settleWaitMs(item: Pick<QueuedItem, 'lastSentAt'>, now: number): number {
  if (item.lastSentAt === undefined) return 0;
  return Math.min(SETTLE_MS, Math.max(0, item.lastSentAt + SETTLE_MS - now));
}
