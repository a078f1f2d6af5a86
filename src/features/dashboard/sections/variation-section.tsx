import { useMemo } from 'react';
import type { SelectedView } from '#src/state/dashboard/use-view.ts';
import { ChartCard } from '../chart-card.tsx';
import { funnelPlot } from '../charts/funnel-plot.ts';
import { useDashboard } from '../dashboard-context.ts';
import { DEFINITIONS } from '../definitions.ts';
import sections from '../section.module.css';
import { Section } from '../section.tsx';
import { type FunnelSheet, funnelSheet } from '../sheets/variation.ts';
import { funnelSummary } from '../summaries.ts';
import { ViewGate } from '../view-gate.tsx';
import { ADOPTION_VIEW } from './adoption-columns.ts';

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
  return (
    <div>
      <ViewGate name={of === 'unit' ? ADOPTION_VIEW : 'clinician-variation'} wanted={wanted}>
        {(view) => <FunnelCard of={of} own={own} view={view} />}
      </ViewGate>
    </div>
  );
}

interface FunnelCardProps extends Omit<FunnelProps, 'wanted'> {
  readonly view: SelectedView;
}

function FunnelCard({ of, own, view }: FunnelCardProps) {
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
