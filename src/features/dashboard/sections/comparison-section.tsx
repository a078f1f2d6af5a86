import { useMemo } from 'react';
import { type SelectedView, useView } from '#src/state/use-view.ts';
import { ChartCard } from '../chart-card.tsx';
import { dots } from '../charts/dots.ts';
import { useDashboard } from '../dashboard-context.ts';
import { DEFINITIONS, UNIT_WORDS } from '../definitions.ts';
import { Legend } from '../legend.tsx';
import sections from '../section.module.css';
import { Section } from '../section.tsx';
import { byPlace } from '../sheets/by-place.ts';
import type { Sheet } from '../sheets/sheet.ts';
import { listSummary } from '../summaries.ts';
import { ViewGate } from '../view-gate.tsx';
import { ADOPTION_VIEW, adoptionColumns } from './adoption-columns.ts';

export function ComparisonSection() {
  return (
    <Section
      asks="Does a version or a site stand apart?"
      id="comparison"
      title="Versions and sites"
    >
      {(wanted) => <Loaded wanted={wanted} />}
    </Section>
  );
}

function Loaded({ wanted }: { readonly wanted: boolean }) {
  const { filter, freshness } = useDashboard();
  const view = useView(ADOPTION_VIEW, filter, freshness, wanted);
  return (
    <ViewGate view={view}>
      {(found) => (
        <div className={sections.pair}>
          <Comparison by={VERSION} title="Model versions" view={found} />
          <Comparison by={SITE} title="Sites" view={found} />
        </div>
      )}
    </ViewGate>
  );
}

const VERSION = ['model', 'version'] as const;
const SITE = ['site'] as const;

const draw = ({ rows }: Sheet) =>
  dots({
    rows,
    series: [
      { figure: 0, look: 'first' },
      { figure: 1, look: 'second' },
    ],
    xLabel: 'Followed, % →',
    scale: 'percent',
  });

interface ComparisonProps {
  readonly title: string;
  readonly by: readonly ('model' | 'version' | 'site')[];
  readonly view: SelectedView;
}

function Comparison({ title, by, view }: ComparisonProps) {
  const { filter, names } = useDashboard();
  const sheet = useMemo(
    () => byPlace(ADOPTION_VIEW, view, by, adoptionColumns(filter.form), names),
    [view, by, filter.form, names],
  );
  return (
    <ChartCard
      counted="displays"
      definition={DEFINITIONS.comparison}
      draw={draw}
      legend={
        <Legend
          entries={[
            { look: 'first', words: 'of decided' },
            { look: 'second', words: 'of displayed' },
          ]}
        />
      }
      sheet={sheet}
      summary={(shown) => listSummary(shown, 'followed of decided')}
      title={title}
      unit={UNIT_WORDS.answer}
    />
  );
}
