import { useMemo } from 'react';
import { type Counts, total } from '#src/domain/metrics/counts.ts';
import type { SelectedView } from '#src/state/dashboard/use-view.ts';
import { useDashboard } from '../dashboard-context.ts';
import { DEFINITIONS, UNIT_WORDS } from '../definitions.ts';
import { type Lines, LinesCard } from '../lines-card.tsx';
import { cells, overTime } from '../sheets/over-time.ts';
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

const LINES: Lines = {
  series: [{ figure: 0, look: 'first' }],
  scale: 'percent',
  yLabel: '↑ Displayed, %',
};

/** A model that nobody opens has no overrides: only here it is seen to die. */
export function ReachChart({ wanted }: { readonly wanted: boolean }) {
  return (
    <div>
      <ViewGate name={VIEW} wanted={wanted}>
        {(view) => <Reach view={view} />}
      </ViewGate>
    </div>
  );
}

function Reach({ view }: { readonly view: SelectedView }) {
  const { filter } = useDashboard();
  const sheet = useMemo(() => overTime(VIEW, view, filter.form, COLUMNS), [view, filter.form]);
  return (
    <LinesCard
      counted="recommendations"
      definition={DEFINITIONS.reach}
      lines={LINES}
      sheet={sheet}
      title="Reach: recommendations that anybody saw"
      trend={['Displayed of fired', 0]}
      unit={UNIT_WORDS.recommendation}
    />
  );
}
