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

export interface Waiting {
  /** The user's own; what is still in its undo window is among them. */
  readonly own: readonly WaitingAnswer[];
  /** Own ones that wait for something. */
  readonly count: number;
  /** Of these, how many only a person can move. */
  readonly attention: number;
  readonly elsewhere: WaitingElsewhere;
}

const NOBODY: WaitingElsewhere = { count: 0, oldestAt: undefined };

/** What is on this device and on no server. */
export function useWaiting(desk: WaitingDesk): Waiting {
  const own = useSyncExternalStore(
    useCallback((listener: () => void) => desk.subscribe(listener), [desk]),
    () => desk.waiting(),
  );
  const elsewhere = useElsewhere(desk);
  return {
    own,
    count: own.filter(({ item }) => isWaiting(item)).length,
    attention: own.filter(({ item }) => needsAttention(item)).length,
    elsewhere,
  };
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
