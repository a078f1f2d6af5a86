import { tabStorage } from '#src/io/tab-storage.ts';
import { frameLaunchStore } from './frame-launch-store.ts';

/** What a launch keeps from page to page, under keys that hold its `state`; plain JSON values. */
export interface LaunchStore {
  /** False: a reload needs a new launch. */
  readonly lasting: boolean;
  /** For the page that the sign-in comes back to. Never a token. Throws `LaunchError` if refused. */
  handOver(key: string, value: unknown): void;
  /** For this page, and its reloads where the browser allows: the tokens. */
  keep(key: string, value: unknown): void;
  read(key: string): unknown;
  drop(key: string): void;
}

/** The tab's own storage; where a frame of another site is refused it, what such a frame has. */
export function launchStore(): LaunchStore {
  const storage = tabStorage();
  return storage ? tabLaunchStore(storage) : frameLaunchStore;
}

function tabLaunchStore(storage: Storage): LaunchStore {
  const keep = (key: string, value: unknown) => storage.setItem(key, JSON.stringify(value));
  return {
    lasting: true,
    handOver: keep,
    keep,
    read: (key) => {
      const text = storage.getItem(key);
      return text === null ? undefined : JSON.parse(text);
    },
    drop: (key) => storage.removeItem(key),
  };
}
