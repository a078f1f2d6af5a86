import { type ReactNode, useId, useState } from 'react';
import { Button } from './button.tsx';
import classes from './chart-frame.module.css';
import { FoldedTable } from './folded-table.tsx';

export interface ChartFrameProps {
  readonly title: string;
  /** What one mark stands for: "recommendation version × clinician". */
  readonly unit: string;
  /** How many there are, in words; absent: the table says. */
  readonly n: string | undefined;
  /** How intervals were made, or why there are none. */
  readonly method: string;
  /** What is counted, of what, and what is left out. */
  readonly definition: ReactNode;
  /** The chart, for the eye. */
  readonly children: ReactNode;
  /** The same rows as a table. @param open false: for screen readers only. */
  readonly table: (open: boolean) => ReactNode;
}

/** A chart with all that it takes to trust it: title, unit, n, interval, definition and its table. */
export function ChartFrame(props: ChartFrameProps) {
  const { title, unit, n, method, definition, children, table } = props;
  const [open, setOpen] = useState<'definition' | 'table'>();
  const id = useId();
  const toggle = (what: 'definition' | 'table') => setOpen(open === what ? undefined : what);
  return (
    <figure aria-labelledby={`${id}-title`} className={classes.frame}>
      <figcaption className={classes.caption}>
        <h3 className={classes.title} id={`${id}-title`}>
          {title}
        </h3>
        <p className={classes.facts}>
          {n !== undefined && <span>{n}</span>}
          <span>Unit: {unit}</span>
          <span>{method}</span>
        </p>
        <p className={classes.actions}>
          {(['definition', 'table'] as const).map((what) => (
            <Button
              aria-controls={`${id}-${what}`}
              aria-expanded={open === what}
              key={what}
              look="quiet"
              onClick={() => toggle(what)}
            >
              {what === 'definition' ? 'Definition' : 'Table'}
            </Button>
          ))}
        </p>
      </figcaption>
      <div className={classes.definition} hidden={open !== 'definition'} id={`${id}-definition`}>
        {definition}
      </div>
      <div className={classes.chart}>{children}</div>
      <FoldedTable id={`${id}-table`} open={open === 'table'}>
        {table(open === 'table')}
      </FoldedTable>
    </figure>
  );
}
