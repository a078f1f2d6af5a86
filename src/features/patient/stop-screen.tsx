import { type ReactNode, useEffect, useRef } from 'react';
import classes from './stop-screen.module.css';

export interface StopScreenProps {
  readonly tone: 'danger' | 'info';
  readonly title: string;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}

/** Replaces the whole screen: nothing of the chart stays visible behind it. */
export function StopScreen({ tone, title, children, actions }: StopScreenProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <main className={classes.screen}>
      <div className={classes.panel} data-tone={tone} role="alert">
        <h1 className={classes.title} ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {children}
        {actions ? <div className={classes.actions}>{actions}</div> : null}
      </div>
    </main>
  );
}
