import { useMemo } from 'react';
import { byCell, type Counts } from '#src/domain/metrics/counts.ts';
import { type SelectedView, useView } from '#src/state/use-view.ts';
import { ChartCard } from '../chart-card.tsx';
import { dots } from '../charts/dots.ts';
import { useDashboard } from '../dashboard-context.ts';
import { DEFINITIONS, UNIT_WORDS } from '../definitions.ts';
import { Legend } from '../legend.tsx';
import { byPlace } from '../sheets/by-place.ts';
import type { Sheet } from '../sheets/sheet.ts';
import { listSummary } from '../summaries.ts';
import { ViewGate } from '../view-gate.tsx';

const VIEW = 'time-to-treatment';

/** All hours of one group together: “followed treated 0.5” and its like. */
const all =
  (start: string) =>
  (counts: Counts): number =>
    [...byCell(counts)].reduce(
      (sum, [cell, by]) => (cell.startsWith(`${start} `) ? sum + by : sum),
      0,
    );

const COLUMNS = {
  parts: [
    ['Followed, treated', all('followed treated')],
    ['Followed, not treated', all('followed censored')],
    ['Not followed, treated', all('not followed treated')],
    ['Not followed, not treated', all('not followed censored')],
  ],
  total: 'Recommendations',
  figures: [
    ['Median if followed', 'median time to treatment, followed'],
    ['Median if not', 'median time to treatment, not followed'],
  ],
} as const;

/** From the recommendation to what was really done. */
export function TimeToTreatmentChart({ wanted }: { readonly wanted: boolean }) {
  const { filter, freshness } = useDashboard();
  const view = useView(VIEW, filter, freshness, wanted);
  return (
    <div>
      <ViewGate view={view}>{(found) => <TimeToTreatment view={found} />}</ViewGate>
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
    xLabel: 'Median, hours →',
    scale: 'number',
  });

function TimeToTreatment({ view }: { readonly view: SelectedView }) {
  const { names } = useDashboard();
  const sheet = useMemo(() => byPlace(VIEW, view, ['model'], COLUMNS, names), [view, names]);
  return (
    <ChartCard
      counted="recommendations"
      definition={DEFINITIONS.timeToTreatment}
      draw={draw}
      legend={
        <Legend
          entries={[
            { look: 'first', words: 'followed' },
            { look: 'second', words: 'not followed' },
          ]}
        />
      }
      method="Product-limit median from fixed bins; no interval"
      none="Absent: no action is configured or found that these models advise."
      sheet={sheet}
      summary={(shown) => listSummary(shown, 'median time to treatment, if followed')}
      title="Time to treatment"
      unit={`${UNIT_WORDS.recommendation}; hours`}
    />
  );
}
