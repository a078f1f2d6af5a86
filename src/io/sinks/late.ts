import { AFTER_CARD_MS, type Clock } from '#src/io/clock.ts';
import type { SinkPort } from './sink-port.ts';

type Deliver = SinkPort['deliver'];

/**
 * For what a click does not need: its code is fetched at the first answer, which is held for ten
 * seconds, and else soon after the launch. A page that is being left has no time to fetch anything.
 */
export function late(
  load: () => Promise<Deliver>,
  clock: Clock,
  takes: SinkPort['takes'] = () => true,
): Pick<SinkPort, 'takes' | 'deliver'> {
  let loading: Promise<Deliver | undefined> | undefined;
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
      if (deliver) return await deliver(batch, leaving);
      loading = undefined;
      return { kind: 'network', sent: false };
    },
  };
}

/** Undefined where the network failed: it may be there at the next attempt. */
const attempt = (load: () => Promise<Deliver>): Promise<Deliver | undefined> =>
  load().then(
    (deliver) => deliver,
    () => undefined,
  );
