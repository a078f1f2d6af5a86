import type { CrossTab, News } from '#src/io/outbox/cross-tab.ts';
import type { ExclusiveLock } from '#src/io/outbox/exclusive-lock.ts';

interface Channel {
  readonly name: string;
  tell: (news: News) => void;
}

/** What the tabs of one browser share besides its storage: locks and channels. */
export class TestBrowser {
  readonly #queues = new Map<string, Promise<void>>();
  readonly #channels = new Set<Channel>();

  /** `dead` settles when the tab is killed: its lock is free then, whatever it was doing. */
  lock(name: string, dead: Promise<void>): ExclusiveLock {
    return {
      run: (work) => {
        const before = this.#queues.get(name) ?? Promise.resolve();
        const mine = before.then(() => Promise.race([work(), dead]));
        this.#queues.set(
          name,
          mine.catch(() => undefined),
        );
        return mine;
      },
    };
  }

  channel(name: string): CrossTab {
    const own: Channel = { name, tell: () => undefined };
    this.#channels.add(own);
    return {
      post: (news) => {
        for (const other of this.#channels)
          if (other !== own && other.name === name) queueMicrotask(() => other.tell(news));
      },
      listen: (listener) => {
        own.tell = listener;
      },
      close: () => this.#channels.delete(own),
    };
  }
}
