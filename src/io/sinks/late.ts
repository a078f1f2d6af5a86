import type { SinkPort } from './sink-port.ts';

type Deliver = SinkPort['deliver'];

/**
 * For what only some sites need: its code is fetched beside the launch, not with it. It begins at
 * once, since a page that is being left has no time to fetch anything.
 */
export function late(load: () => Promise<Deliver>): Deliver {
  let loading = attempt(load);
  return async (batch, leaving) => {
    const deliver = await loading;
    if (deliver) return await deliver(batch, leaving);
    loading = attempt(load);
    return { kind: 'network', sent: false };
  };
}

/** Undefined where the network failed: it may be there at the next attempt. */
const attempt = (load: () => Promise<Deliver>): Promise<Deliver | undefined> =>
  load().then(
    (deliver) => deliver,
    () => undefined,
  );
