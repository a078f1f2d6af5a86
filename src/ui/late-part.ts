import { useSyncExternalStore } from 'react';

/** `absent`: nobody asked for it yet. */
export type LateState<T> =
  | { readonly kind: 'absent' | 'coming' | 'failed' }
  | { readonly kind: 'there'; readonly part: T };

export interface LatePart<T> {
  /** Fetches it, unless it is there or coming; after a failure, again. Resolves with the outcome known. */
  load(): Promise<void>;
  useLate(): LateState<T>;
}

/**
 * Code that no first card needs: fetched once that is on the screen, so that it is there before a hand
 * can ask for it. Unlike `React.lazy`, what could not be fetched can be asked for again.
 */
export function latePart<T>(fetchPart: () => Promise<T>): LatePart<T> {
  let state: LateState<T> = { kind: 'absent' };
  const listeners = new Set<() => void>();
  const become = (next: LateState<T>) => {
    state = next;
    for (const listener of listeners) listener();
  };
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return {
    async load() {
      if (state.kind === 'there' || state.kind === 'coming') return;
      become({ kind: 'coming' });
      const next = await fetchPart().then(
        (part): LateState<T> => ({ kind: 'there', part }),
        (): LateState<T> => ({ kind: 'failed' }),
      );
      become(next);
    },
    useLate: () => useSyncExternalStore(subscribe, () => state),
  };
}
