import { useMemo } from 'react';
import { type Counts, total } from '#src/domain/metrics/counts.ts';
import { type SelectedView, useView } from '#src/state/use-view.ts';
import { ChartCard } from '../chart-card.tsx';
import { timeLines } from '../charts/time-lines.ts';
import { useDashboard } from '../dashboard-context.ts';
import { DEFINITIONS, UNIT_WORDS } from '../definitions.ts';
import { cells, overTime } from '../sheets/over-time.ts';
import type { Sheet } from '../sheets/sheet.ts';
import { trendSummary } from '../summaries.ts';
import { ViewGate } from '../view-gate.tsx';

const VIEW = 'reach-weekly';

const COLUMNS = {
  parts: [
    ['Displayed', cells('displayed')],
    ['Seen by nobody', (counts: Counts) => total(counts, 'fired') - total(counts, 'displayed')],
  ],
  total: 'Fired',
  figures: [['Displayed of fired', 'displayed of fired']],
} as const;

/** A model that nobody opens has no overrides: only here it is seen to die. */
export function ReachChart({ wanted }: { readonly wanted: boolean }) {
  const { filter, freshness } = useDashboard();
  const view = useView(VIEW, filter, freshness, wanted);
  return (
    <div>
      <ViewGate view={view}>{(found) => <Reach view={found} />}</ViewGate>
    </div>
  );
}

function Reach({ view }: { readonly view: SelectedView }) {
  const { filter, marks } = useDashboard();
  const sheet = useMemo(() => overTime(VIEW, view, filter.form, COLUMNS), [view, filter.form]);
  const draw = useMemo(
    () => (shown: Sheet) =>
      timeLines({
        rows: shown.rows,
        series: [{ figure: 0, label: 'displayed of fired', look: 'first' }],
        marks,
        scale: 'percent',
        yLabel: '↑ Displayed, %',
      }),
    [marks],
  );
  return (
    <ChartCard
      counted="recommendations"
      definition={DEFINITIONS.reach}
      draw={draw}
      sheet={sheet}
      summary={(shown) => trendSummary(shown, 'Displayed of fired', 0)}
      title="Reach: recommendations that anybody saw"
      unit={UNIT_WORDS.recommendation}
    />
  );
}
