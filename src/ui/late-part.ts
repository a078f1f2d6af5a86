import { useEffect, useSyncExternalStore } from 'react';

/** Buttons are armed after half a second, and a hand that then opens a form needs longer than that. */
const AFTER_CARD_MS = 1_000;

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
 * Code that no first card needs: fetched once that can be answered, so that it is there before a hand
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

/** Fetches it when the first card has had its time. @param ready the card is on the screen */
export function useFetchedAfterCard({ load }: LatePart<unknown>, ready: boolean): void {
  useEffect(() => {
    if (!ready) return;
    const timer = setTimeout(() => void load(), AFTER_CARD_MS);
    return () => clearTimeout(timer);
  }, [load, ready]);
}
