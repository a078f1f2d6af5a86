import type { AttemptResult } from '#src/domain/outbox/attempt-result.ts';
import type { QueuedItem } from '#src/domain/outbox/queued-answer.ts';
import { AFTER_CARD_MS, type Clock } from '#src/io/clock.ts';
import type { Batch, SinkPort } from './sink-port.ts';

type Deliver<Item> = (batch: Batch<Item>, leaving: boolean) => Promise<AttemptResult>;

/**
 * For what a click does not need: its code is fetched at the first answer, which is held for ten
 * seconds, and else soon after the launch. A page that is being left has no time to fetch anything.
 */
export function late<Item extends QueuedItem>(
  load: () => Promise<Deliver<Item>>,
  clock: Clock,
  is: (item: QueuedItem) => item is Item,
  takes: SinkPort['takes'] = () => true,
): Pick<SinkPort, 'takes' | 'deliver'> {
  let loading: Promise<Deliver<Item> | undefined> | undefined;
  const begin = () => {
    loading ??= attempt(load);
    return loading;
  };
  clock.after(AFTER_CARD_MS, () => void begin());
  return {
    takes(answer, kind) {
      void begin();
      return takes(answer, kind);
    },
    async deliver(batch, leaving) {
      const deliver = await begin();
      const [first, ...others] = batch.filter(is);
      // The routes see to it that none but its own comes here.
      if (!first) return { kind: 'no-sink', sent: false };
      if (deliver) return await deliver([first, ...others], leaving);
      loading = undefined;
      return { kind: 'network', sent: false };
    },
  };
}

/** Undefined where the network failed: it may be there at the next attempt. */
const attempt = <D>(load: () => Promise<D>): Promise<D | undefined> =>
  load().then(
    (deliver) => deliver,
    () => undefined,
  );
