import type { ReactNode } from 'react';
import classes from './folded-table.module.css';

export interface FoldedTableProps {
  readonly id: string;
  readonly open: boolean;
  /** False: on paper the chart stands for itself. */
  readonly onPaper?: boolean;
  readonly children: ReactNode;
}

/** Closed, a chart's table is still there for who cannot see the chart; on paper it is open. */
export function FoldedTable({ id, open, onPaper = true, children }: FoldedTableProps) {
  return (
    <div className={classes.place} data-open={open} data-paper={onPaper} id={id}>
      {children}
    </div>
  );
}
