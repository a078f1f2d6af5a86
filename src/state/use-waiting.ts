import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import {
  isWaiting,
  needsAttention,
  type WaitingAnswer,
  type WaitingDesk,
} from '#src/domain/outbox/waiting-desk.ts';

export interface WaitingElsewhere {
  readonly count: number;
  /** Epoch ms. */
  readonly oldestAt: number | undefined;
}

/** How much waits: enough for whoever shows no list. */
export interface WaitingCounts {
  /** Own answers that wait for something. */
  readonly count: number;
  /** Of these, how many only a person can move. */
  readonly attention: number;
  readonly elsewhere: WaitingElsewhere;
}

export interface Waiting extends WaitingCounts {
  /** The user's own; what is still in its undo window is among them. */
  readonly own: readonly WaitingAnswer[];
}

const NOBODY: WaitingElsewhere = { count: 0, oldestAt: undefined };

/** What is on this device and on no server. */
export function useWaiting(desk: WaitingDesk): Waiting {
  const own = useSelected(desk, (waiting) => waiting);
  return { own, ...useWaitingCounts(desk) };
}

/** Drawn again only when a number changes, not for each answer that comes and goes. */
export function useWaitingCounts(desk: WaitingDesk): WaitingCounts {
  return {
    count: useSelected(desk, (waiting) => waiting.filter(({ item }) => isWaiting(item)).length),
    attention: useSelected(
      desk,
      (waiting) => waiting.filter(({ item }) => needsAttention(item)).length,
    ),
    elsewhere: useElsewhere(desk),
  };
}

function useSelected<T>(desk: WaitingDesk, select: (waiting: readonly WaitingAnswer[]) => T): T {
  return useSyncExternalStore(
    useCallback((listener: () => void) => desk.subscribe(listener), [desk]),
    () => select(desk.waiting()),
  );
}

/** Looked up once: other users do not answer while this one is signed in. */
function useElsewhere(desk: WaitingDesk): WaitingElsewhere {
  const [elsewhere, setElsewhere] = useState(NOBODY);
  useEffect(() => {
    let gone = false;
    desk.elsewhere().then(
      (found) => {
        if (!gone) setElsewhere(found);
      },
      // A device that cannot say has nothing to show of others.
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [desk]);
  return elsewhere;
}
