import type { ReactNode } from 'react';

interface ScrollRegionProps {
  readonly className: string | undefined;
  readonly label: string;
  readonly children: ReactNode;
}

/** A named part that scrolls, so that the keyboard reaches what lies outside of it. */
export function ScrollRegion({ className, label, children }: ScrollRegionProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without a tab stop it could not be scrolled by key.
    <section className={className} aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
