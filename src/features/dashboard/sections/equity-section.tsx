import { useMemo } from 'react';
import { GROUPINGS } from '#src/state/dashboard/filter.ts';
import type { SelectedView } from '#src/state/dashboard/use-view.ts';
import { Select } from '#src/ui/select.tsx';
import { ChartCard } from '../chart-card.tsx';
import { dots } from '../charts/dots.ts';
import { useDashboard } from '../dashboard-context.ts';
import sections from '../section.module.css';
import { Section } from '../section.tsx';
import { equitySheet } from '../sheets/equity.ts';
import type { Sheet } from '../sheets/sheet.ts';
import { ratioSummary } from '../summaries.ts';
import { ViewGate } from '../view-gate.tsx';
import { FOLLOWING, type ParityChart, PPV, SENSITIVITY, SILENCE } from './parities.ts';

export function EquitySection() {
  return (
    <Section
      asks="Is the same advice followed, answered and right alike for every group of patients?"
      id="equity"
      title="Equity"
    >
      {(wanted) => <Groups wanted={wanted} />}
    </Section>
  );
}

function Groups({ wanted }: { readonly wanted: boolean }) {
  const { filter, onFilter } = useDashboard();
  return (
    <>
      <Select
        label="Patients by"
        look="narrow"
        onChoose={(group) => onFilter({ group })}
        options={GROUPINGS.map((one) => [one, one])}
        value={filter.group}
      />
      <ViewGate name="equity" wanted={wanted}>
        {(view) => (
          <div className={sections.pair}>
            <Ratios of={FOLLOWING} view={view} />
            <Ratios of={SILENCE} view={view} />
          </div>
        )}
      </ViewGate>
      <ViewGate name="outcome-equity" wanted={wanted}>
        {(view) => (
          <div className={sections.pair}>
            <Ratios of={SENSITIVITY} view={view} />
            <Ratios of={PPV} view={view} />
          </div>
        )}
      </ViewGate>
    </>
  );
}

const draw = ({ rows }: Sheet) =>
  dots({
    rows: rows.filter(({ figures }) => figures[0] !== undefined),
    series: [{ figure: 0, look: 'first' }],
    xLabel: 'Ratio to the largest group (1: alike) →',
    scale: 'ratio',
  });

interface RatiosProps {
  readonly of: ParityChart;
  readonly view: SelectedView;
}

function Ratios({ of, view }: RatiosProps) {
  const { filter } = useDashboard();
  const sheet = useMemo(() => equitySheet(view, filter.group, of), [view, filter.group, of]);
  return (
    <ChartCard
      counted={of.counted}
      definition={of.definition}
      draw={draw}
      sheet={sheet}
      summary={ratioSummary}
      title={`${of.title} by ${filter.group}, held against the largest group`}
      unit={of.unit}
    />
  );
}
