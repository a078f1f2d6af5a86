import type { ReactNode } from 'react';
import classes from './folded-table.module.css';

export interface FoldedTableProps {
  readonly id: string;
  readonly open: boolean;
  readonly children: ReactNode;
}

/** Closed, a chart's table is still there for who cannot see the chart; on paper it is always open. */
export function FoldedTable({ id, open, children }: FoldedTableProps) {
  return (
    <div className={classes.place} data-open={open} id={id}>
      {children}
    </div>
  );
}
