import { useEffect, useState } from 'react';
import type { DraftMemory } from './deps.ts';

/** What earlier pages kept, by recommendation id; empty until it was read, which no card waits for. */
export function useKeptDrafts(
  memory: Pick<DraftMemory, 'all' | 'ready'>,
): ReturnType<DraftMemory['all']> {
  const [kept, setKept] = useState(() => memory.all());
  useEffect(() => {
    let gone = false;
    void memory.ready.then(() => {
      if (!gone) setKept(memory.all());
    });
    return () => {
      gone = true;
    };
  }, [memory]);
  return kept;
}
