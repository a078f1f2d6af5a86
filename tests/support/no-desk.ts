import type { WaitingDesk } from '#src/domain/outbox/waiting-desk.ts';

const NOTHING: ReturnType<WaitingDesk['waiting']> = [];

/** Where nothing waits, ever. */
export const noDesk: WaitingDesk = {
  durable: false,
  waiting: () => NOTHING,
  subscribe: () => () => undefined,
  elsewhere: async () => ({ count: 0, oldestAt: undefined }),
  retry: async () => undefined,
  resend: async () => false,
  discard: async () => false,
  helpDeskFile: async () => ({ name: 'none.json', type: 'application/json', text: '{}' }),
};
