import { useEffect, useState } from 'react';
import type { Clock } from '#src/io/clock.ts';

/** The time, once a second: ages, staleness and the undo window move with it. */
export function useNow(clock: Clock): number {
  const [now, setNow] = useState(() => clock.now());
  useEffect(() => {
    let cancel: () => void;
    const schedule = () => {
      cancel = clock.after(1000, () => {
        setNow(clock.now());
        schedule();
      });
    };
    schedule();
    return () => cancel();
  }, [clock]);
  return now;
}
