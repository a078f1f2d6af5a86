import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useDashboard } from './dashboard-context.ts';
import classes from './section.module.css';

export interface SectionProps {
  readonly id: string;
  readonly title: string;
  /** One sentence: what a committee asks here. */
  readonly asks: string;
  /** @param wanted true once the section is about to be seen: then its counts are fetched. */
  readonly children: (wanted: boolean) => ReactNode;
}

/** How far ahead of the reader a section begins to load. */
const AHEAD = '200px';

/** One question of the dashboard. It fetches nothing before it is near the reader's eye. */
export function Section({ id, title, asks, children }: SectionProps) {
  const { filter } = useDashboard();
  const place = useRef<HTMLElement>(null);
  const near = useNear(place);
  return (
    <section aria-labelledby={`${id}-heading`} className={classes.section} id={id} ref={place}>
      <header className={classes.header}>
        <h2 className={classes.heading} id={`${id}-heading`}>
          {title}
        </h2>
        <p className={classes.asks}>{asks}</p>
      </header>
      {children(near || filter.form === 'minutes')}
    </section>
  );
}

function useNear(place: React.RefObject<HTMLElement | null>): boolean {
  const [near, setNear] = useState(false);
  useEffect(() => {
    const host = place.current;
    if (!host || near) return undefined;
    const observer = new IntersectionObserver(
      (entries) => setNear(entries.some(({ isIntersecting }) => isIntersecting)),
      { rootMargin: AHEAD },
    );
    observer.observe(host);
    return () => observer.disconnect();
  }, [place, near]);
  return near;
}
