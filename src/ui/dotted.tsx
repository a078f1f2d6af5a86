import { Children, type ReactNode } from 'react';
import classes from './dotted.module.css';

/** Parts with a dot between them, and none at the end or the beginning of a line. */
export function Dotted({ children }: { readonly children: ReactNode }) {
  return (
    <span className={classes.parts}>
      {Children.toArray(children).flatMap((part, index) => [
        index > 0 ? ' ' : '',
        // biome-ignore lint/suspicious/noArrayIndexKey: the place is the identity
        <span className={classes.part} key={index}>
          {part}
        </span>,
      ])}
    </span>
  );
}
