import type * as PlotModule from '@observablehq/plot';
import { use, useEffect, useRef, useState } from 'react';
import classes from './plot-figure.module.css';
import type { Row } from './sheets/sheet.ts';

export type Plot = typeof PlotModule;
export type PlotOptions = PlotModule.PlotOptions;
/** Draws at a width in px; nothing else is known of the page. */
export type Draw = (plot: Plot, width: number) => PlotOptions;

let loaded: Promise<Plot> | undefined;
/** Once, and only where something is to be drawn. */
const library = (): Promise<Plot> => {
  loaded ??= import('@observablehq/plot');
  return loaded;
};

export interface PlotFigureProps {
  /** What a sighted reader takes from it, in a sentence; the table has the rest. */
  readonly summary: string;
  readonly draw: Draw;
  /** A mark was clicked. */
  readonly onPick?: ((row: Row) => void) | undefined;
}

/**
 * One chart by Observable Plot. Its `style` element is taken out before it comes into the page, whose
 * policy refuses inline styles; what it says is in `plot-figure.module.css`.
 */
export function PlotFigure({ summary, draw, onPick }: PlotFigureProps) {
  const plot = use(library());
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  useEffect(() => {
    const host = frame.current;
    if (!host || width === 0) return undefined;
    const drawn = plot.plot({ ...draw(plot, width), width, className: classes.plot ?? '' });
    for (const style of drawn.querySelectorAll('style')) style.remove();
    drawn.setAttribute('aria-hidden', 'true');
    const picked = () => {
      const row: unknown = drawn.value;
      if (onPick && isRow(row)) onPick(row);
    };
    drawn.addEventListener('click', picked);
    host.replaceChildren(drawn);
    return () => drawn.remove();
  }, [plot, draw, width, onPick]);
  return (
    <div aria-label={summary} role="img">
      <div className={classes.frame} data-pick={onPick !== undefined} ref={frame} />
    </div>
  );
}

const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && 'key' in value && 'figures' in value;

function useWidth(frame: React.RefObject<HTMLDivElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const host = frame.current;
    if (!host) return undefined;
    const observer = new ResizeObserver(([entry]) =>
      setWidth(Math.floor(entry?.contentRect.width ?? 0)),
    );
    observer.observe(host);
    return () => observer.disconnect();
  }, [frame]);
  return width;
}
