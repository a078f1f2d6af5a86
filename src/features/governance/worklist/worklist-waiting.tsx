import type { ReactNode } from 'react';
import { Button } from '#src/ui/button.tsx';
import classes from '../governance.module.css';

export interface WaitingProps {
  readonly title: string;
  /** One line for each; empty: nothing waits; undefined: that is not read yet. */
  readonly lines: readonly { readonly key: string; readonly words: ReactNode }[] | undefined;
  /** What is said where there is none. */
  readonly none: string;
  readonly open: string;
  readonly onOpen: () => void;
}

/** Work that has a screen of its own: what waits there, and the way to it. */
export function Waiting({ title, lines, none, open, onOpen }: WaitingProps) {
  return (
    <section aria-label={title} className={classes.stack}>
      <h2 className={classes.heading}>{title}</h2>
      {lines === undefined && <p role="status">Reading …</p>}
      {lines?.length === 0 && <p className={classes.more}>{none}</p>}
      {lines !== undefined && lines.length > 0 && (
        <ul className={classes.checks}>
          {lines.map(({ key, words }) => (
            <li key={key}>{words}</li>
          ))}
        </ul>
      )}
      {lines !== undefined && lines.length > 0 && (
        <div className={classes.line}>
          <Button onClick={onOpen}>{open}</Button>
        </div>
      )}
    </section>
  );
}
