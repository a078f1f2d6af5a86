import { useMemo } from 'react';
import { useView } from '#src/state/use-view.ts';
import { ChartCard } from '../chart-card.tsx';
import { funnelPlot } from '../charts/funnel-plot.ts';
import { useDashboard } from '../dashboard-context.ts';
import { DEFINITIONS } from '../definitions.ts';
import sections from '../section.module.css';
import { Section } from '../section.tsx';
import { type FunnelSheet, funnelSheet } from '../sheets/variation.ts';
import { funnelSummary } from '../summaries.ts';
import { ViewGate } from '../view-gate.tsx';

const METHOD = 'Limits: 95 % (dashed) and 99.8 %, with overdispersion';

/** @param own who reads it, as answers name them: a clinician sees which point is theirs. */
export function VariationSection({ own }: { readonly own: string | undefined }) {
  return (
    <Section
      asks="Who differs more than chance and custom explain?"
      id="variation"
      title="Variation"
    >
      {(wanted) => (
        <div className={sections.pair}>
          <Funnel of="unit" own={undefined} wanted={wanted} />
          <Funnel of="clinician" own={own} wanted={wanted} />
        </div>
      )}
    </Section>
  );
}

interface FunnelProps {
  readonly of: 'unit' | 'clinician';
  readonly own: string | undefined;
  readonly wanted: boolean;
}

function Funnel({ of, own, wanted }: FunnelProps) {
  const { filter, freshness } = useDashboard();
  const name = of === 'unit' ? 'adoption-weekly' : 'clinician-variation';
  const view = useView(name, filter, freshness, wanted);
  return (
    <div>
      <ViewGate view={view}>{(found) => <FunnelCard of={of} own={own} view={found} />}</ViewGate>
    </div>
  );
}

function FunnelCard({
  of,
  own,
  view,
}: Omit<FunnelProps, 'wanted'> & { readonly view: Parameters<typeof funnelSheet>[0] }) {
  const { names } = useDashboard();
  const sheet = useMemo(() => funnelSheet(view, of, names, own), [view, of, names, own]);
  const draw = useMemo(() => (shown: FunnelSheet) => funnelPlot(shown, of === 'unit'), [of]);
  return (
    <ChartCard
      counted="decided answers"
      definition={DEFINITIONS.variation}
      draw={draw}
      method={METHOD}
      rowsStay={of === 'clinician'}
      sheet={sheet}
      summary={(shown) => funnelSummary(shown, of === 'unit' ? 'units' : 'clinicians')}
      title={of === 'unit' ? 'Hospital units' : 'Clinicians, without names'}
      unit={of === 'unit' ? 'hospital unit' : 'clinician'}
    />
  );
}
