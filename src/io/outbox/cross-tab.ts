import type { Outcome } from './outbox-view.ts';

/** Tells the other tabs of this owner that the store changed, and what was delivered. */
export interface CrossTab {
  post(news: News): void;
  listen(listener: (news: News) => void): void;
  close(): void;
}

export interface News {
  /** Delivered by the tab that says so. */
  readonly delivered: readonly Outcome[];
  /** No longer in the store; whoever remembers them must not write them again. */
  readonly removed: readonly string[];
}

/** Where a browser has no BroadcastChannel, the other tab sees the change at its next look. */
export const alone: CrossTab = {
  post: () => undefined,
  listen: () => undefined,
  close: () => undefined,
};

export function broadcast(name: string): CrossTab {
  if (typeof BroadcastChannel === 'undefined') return alone;
  const channel = new BroadcastChannel(name);
  return {
    post: (news) => channel.postMessage(news),
    listen: (listener) => {
      channel.onmessage = (event: MessageEvent<News>) => listener(event.data);
    },
    close: () => channel.close(),
  };
}
