import { useMemo } from 'react';
import { GROUPINGS } from '#src/state/dashboard-filter.ts';
import { type SelectedView, useView } from '#src/state/use-view.ts';
import { ChartCard } from '../chart-card.tsx';
import { dots } from '../charts/dots.ts';
import { Choice } from '../choice.tsx';
import { useDashboard } from '../dashboard-context.ts';
import { DEFINITIONS, UNIT_WORDS } from '../definitions.ts';
import { Section } from '../section.tsx';
import { equitySheet } from '../sheets/equity.ts';
import type { Sheet } from '../sheets/sheet.ts';
import { ratioSummary } from '../summaries.ts';
import { ViewGate } from '../view-gate.tsx';

export function EquitySection() {
  return (
    <Section
      asks="Is the same advice followed alike for every group of patients?"
      id="equity"
      title="Equity"
    >
      {(wanted) => <Loaded wanted={wanted} />}
    </Section>
  );
}

function Loaded({ wanted }: { readonly wanted: boolean }) {
  const { filter, freshness, onFilter } = useDashboard();
  const view = useView('equity', filter, freshness, wanted);
  return (
    <>
      <Choice
        label="Patients by"
        narrow
        onChoose={(group) => onFilter({ group })}
        options={GROUPINGS.map((one) => ({ value: one, words: one }))}
        value={filter.group}
      />
      <ViewGate view={view}>{(found) => <Equity view={found} />}</ViewGate>
    </>
  );
}

const draw = ({ rows }: Sheet) =>
  dots({
    rows: rows.filter(({ figures }) => figures[0] !== undefined),
    series: [{ figure: 0, look: 'first' }],
    xLabel: 'Ratio of following to the largest group (1: alike) →',
    scale: 'ratio',
  });

function Equity({ view }: { readonly view: SelectedView }) {
  const { filter } = useDashboard();
  const sheet = useMemo(() => equitySheet(view, filter.group), [view, filter.group]);
  return (
    <ChartCard
      counted="decided answers"
      definition={DEFINITIONS.equity}
      draw={draw}
      sheet={sheet}
      summary={ratioSummary}
      title={`Following by ${filter.group}, held against the largest group`}
      unit={UNIT_WORDS.answer}
    />
  );
}
