import { useEffect, useState } from 'react';
import type { Clock } from '#src/io/clock.ts';

/** The time, once a second: ages, staleness and the undo window move with it. */
export function useNow(clock: Clock): number {
  const [now, setNow] = useState(() => clock.now());
  useEffect(() => {
    let cancel = () => undefined as void;
    const tick = () => {
      setNow(clock.now());
      cancel = clock.after(1000, tick);
    };
    cancel = clock.after(1000, tick);
    return () => cancel();
  }, [clock]);
  return now;
}
