import { useMemo, useSyncExternalStore } from 'react';
import type { DashboardFilter } from '#src/state/dashboard/filter.ts';

let printing = false;

/** By event and by media: browsers differ in which of them they tell, and when. */
function watchPrint(changed: () => void): () => void {
  const ends = new AbortController();
  const { signal } = ends;
  const media = window.matchMedia('print');
  const become = (now: boolean) => () => {
    printing = now;
    changed();
  };
  window.addEventListener('beforeprint', become(true), { signal });
  window.addEventListener('afterprint', become(false), { signal });
  media.addEventListener('change', () => become(media.matches)(), { signal });
  return () => ends.abort();
}

/**
 * What goes to paper goes out of the house: however printing was begun, it is the form for minutes. A
 * store's change is rendered before the browser goes on, hence before it takes its picture of the page.
 */
export function useMinutesInPrint(filter: DashboardFilter): DashboardFilter {
  const now = useSyncExternalStore(watchPrint, () => printing);
  return useMemo(() => (now ? { ...filter, form: 'minutes' } : filter), [filter, now]);
}
