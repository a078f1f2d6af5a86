import { useMemo } from 'react';
import { type SelectedView, useView } from '#src/state/use-view.ts';
import { ChartCard } from '../chart-card.tsx';
import { dots } from '../charts/dots.ts';
import { useDashboard } from '../dashboard-context.ts';
import { DEFINITIONS } from '../definitions.ts';
import { Legend } from '../legend.tsx';
import { byPlace } from '../sheets/by-place.ts';
import { cells } from '../sheets/over-time.ts';
import type { Sheet } from '../sheets/sheet.ts';
import { listSummary } from '../summaries.ts';
import { ViewGate } from '../view-gate.tsx';

const VIEW = 'appropriateness';

const COLUMNS = {
  parts: [
    ['Appropriate', cells('appropriate')],
    ['Inappropriate', cells('inappropriate')],
  ],
  total: 'Judged',
  figures: [
    ['As judged', 'appropriate of judged'],
    ['Weighted to all overrides', 'appropriate, weighted to all overrides'],
  ],
} as const;

/** Whether overrides were right, where somebody reviewed a sample of them. */
export function AppropriatenessChart({ wanted }: { readonly wanted: boolean }) {
  const { filter, freshness } = useDashboard();
  const view = useView(VIEW, filter, freshness, wanted);
  return (
    <div>
      <ViewGate view={view}>{(found) => <Appropriateness view={found} />}</ViewGate>
    </div>
  );
}

const draw = ({ rows }: Sheet) =>
  dots({
    rows,
    series: [
      { figure: 0, look: 'first' },
      { figure: 1, look: 'second' },
    ],
    xLabel: 'Appropriate, % of overrides →',
    scale: 'percent',
  });

function Appropriateness({ view }: { readonly view: SelectedView }) {
  const { names } = useDashboard();
  const sheet = useMemo(() => byPlace(VIEW, view, ['model'], COLUMNS, names), [view, names]);
  return (
    <ChartCard
      counted="judged overrides"
      definition={DEFINITIONS.appropriateness}
      draw={draw}
      legend={
        <Legend
          entries={[
            { look: 'first', words: 'as judged' },
            { look: 'second', words: 'weighted to all overrides' },
          ]}
        />
      }
      method="95 % interval: Wilson; weighted: stratified, for a finite population"
      none="Absent: no reviews. Nobody has judged a sample of the overrides of this period."
      sheet={sheet}
      summary={(shown) => listSummary(shown, 'judged appropriate')}
      title="Appropriate overrides, by review"
      unit="reviewed override"
    />
  );
}
