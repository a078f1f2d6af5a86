import { useMemo } from 'react';
import { ChartCard, type ChartCardProps } from './chart-card.tsx';
import { type TimeLines, timeLines } from './charts/time-lines.ts';
import { useDashboard } from './dashboard-context.ts';
import type { Sheet } from './sheets/sheet.ts';
import { trendSummary } from './summaries.ts';

/** What of a chart over time is known before there are rows: a constant, or it is drawn anew each time. */
export type Lines = Omit<TimeLines, 'rows' | 'marks'>;

export interface LinesCardProps extends Omit<ChartCardProps<Sheet>, 'draw' | 'summary'> {
  readonly lines: Lines;
  /** What the summary follows: its name, and its index into a row's figures. */
  readonly trend: readonly [what: string, figure: number];
}

/** Figures over weeks, with the change log. */
export function LinesCard({ lines, trend, ...card }: LinesCardProps) {
  const { marks } = useDashboard();
  const draw = useMemo(
    () =>
      ({ rows }: Sheet) =>
        timeLines({ ...lines, rows, marks }),
    [lines, marks],
  );
  return <ChartCard {...card} draw={draw} summary={(shown) => trendSummary(shown, ...trend)} />;
}
