import type { AttemptResult } from '#src/domain/outbox/attempt-result.ts';
import type { QueuedItem } from '#src/domain/outbox/queued-answer.ts';
import type { Route } from '#src/domain/outbox/routes.ts';
import type { ExclusiveLock } from '#src/io/outbox/exclusive-lock.ts';

/** Items of one attempt; more than one only where a route gathers. */
export type Batch<Item = QueuedItem> = readonly [Item, ...Item[]];

/** One place where answers or reports go, and the way there. */
export interface SinkPort extends Route {
  /** One tab at a time sends there; another sink does not wait for it. */
  readonly lock: ExclusiveLock;
  /** One attempt; never throws. `leaving`: the page is going away. */
  deliver(batch: Batch, leaving: boolean): Promise<AttemptResult>;
}
