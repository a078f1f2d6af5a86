/** A small thing that is kept beside the answers, as its owner reads it. */
export interface Kept<T> {
  readonly id: string;
  /** Epoch ms: when it was last changed. */
  readonly at: number;
  readonly content: T;
}

/** Where the small things of one owner are kept. Throws `OutboxError` when the device refuses. */
export interface Shelf<T> {
  all(): Promise<readonly Kept<T>[]>;
  /** Kept when it resolves; takes the place of what had the same id. */
  put(one: Kept<T>): Promise<void>;
  remove(ids: readonly string[]): Promise<void>;
  /** Whosever it is: what must not stay is erased whoever is signed in. */
  expire(isOver: (at: number) => boolean): Promise<void>;
}

/** For a device that keeps nothing. */
export function memoryShelf<T>(): Shelf<T> {
  const kept = new Map<string, Kept<T>>();
  return {
    all: async () => [...kept.values()],
    put: async (one) => void kept.set(one.id, one),
    remove: async (ids) => {
      for (const id of ids) kept.delete(id);
    },
    expire: async (isOver) => {
      for (const { id, at } of [...kept.values()]) if (isOver(at)) kept.delete(id);
    },
  };
}
