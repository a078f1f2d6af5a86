import { useMemo } from 'react';
import type { SelectedView } from '#src/state/dashboard/use-view.ts';
import { ChartCard, type ChartCardProps } from './chart-card.tsx';
import { type Dots, dots } from './charts/dots.ts';
import { useDashboard } from './dashboard-context.ts';
import { Legend } from './legend.tsx';
import { byPlace, type Place } from './sheets/by-place.ts';
import type { Columns } from './sheets/over-time.ts';
import type { Sheet } from './sheets/sheet.ts';
import { listSummary } from './summaries.ts';

export interface TwoDotsCardProps
  extends Omit<ChartCardProps<Sheet>, 'sheet' | 'draw' | 'legend' | 'summary'>,
    Pick<Dots, 'scale' | 'xLabel'> {
  readonly name: string;
  readonly view: SelectedView;
  /** What a row stands for. This and the columns are constants, or the sheet is made anew each time. */
  readonly by: readonly Place[];
  readonly columns: Columns;
  /** What the two figures are called in the legend. */
  readonly keys: readonly [first: string, second: string];
  /** What the first of them is called in the summary. */
  readonly lists: string;
}

/** Two figures of each model, version, site, unit or role. */
export function TwoDotsCard(props: TwoDotsCardProps) {
  const { name, view, by, columns, keys, lists, scale, xLabel, ...card } = props;
  const { names } = useDashboard();
  const sheet = useMemo(
    () => byPlace(name, view, by, columns, names),
    [name, view, by, columns, names],
  );
  const draw = useMemo(
    () =>
      ({ rows }: Sheet) =>
        dots({ rows, series: SERIES, xLabel, scale }),
    [xLabel, scale],
  );
  return (
    <ChartCard
      {...card}
      draw={draw}
      legend={
        <Legend
          entries={[
            { look: 'first', words: keys[0] },
            { look: 'second', words: keys[1] },
          ]}
        />
      }
      sheet={sheet}
      summary={(shown) => listSummary(shown, lists)}
    />
  );
}

const SERIES: Dots['series'] = [
  { figure: 0, look: 'first' },
  { figure: 1, look: 'second' },
];
