import { useMemo } from 'react';
import { type SelectedView, useView } from '#src/state/use-view.ts';
import { ChartCard } from '../chart-card.tsx';
import { timeLines } from '../charts/time-lines.ts';
import { useDashboard } from '../dashboard-context.ts';
import { DEFINITIONS, UNIT_WORDS } from '../definitions.ts';
import { Legend } from '../legend.tsx';
import sections from '../section.module.css';
import { Section } from '../section.tsx';
import { overTime } from '../sheets/over-time.ts';
import type { Sheet } from '../sheets/sheet.ts';
import { trendSummary } from '../summaries.ts';
import { Tiles } from '../tiles.tsx';
import { ViewGate } from '../view-gate.tsx';
import { AdoptionBy } from './adoption-by.tsx';
import { ADOPTION_VIEW, adoptionColumns } from './adoption-columns.ts';
import { ReachChart } from './reach-chart.tsx';

export function AdoptionSection() {
  const { filter, freshness } = useDashboard();
  const view = useView(ADOPTION_VIEW, filter, freshness, true);
  return (
    <Section
      asks="Is the advice followed, by those who decide and of all who see it?"
      id="adoption"
      title="Adoption"
    >
      {(wanted) => (
        <>
          <ViewGate view={view}>{(found) => <Adoption view={found} />}</ViewGate>
          <div className={sections.pair}>
            <ReachChart wanted={wanted} />
            <AdoptionBy wanted={wanted} />
          </div>
        </>
      )}
    </Section>
  );
}

function Adoption({ view }: { readonly view: SelectedView }) {
  const { filter, marks } = useDashboard();
  const sheet = useMemo(
    () => overTime(ADOPTION_VIEW, view, filter.form, adoptionColumns(filter.form)),
    [view, filter.form],
  );
  const draw = useMemo(
    () => (shown: Sheet) =>
      timeLines({
        rows: shown.rows,
        series: [
          { figure: 0, label: 'of decided', look: 'first' },
          { figure: 1, label: 'of displayed', look: 'second' },
        ],
        marks,
        scale: 'percent',
        yLabel: '↑ Followed, %',
      }),
    [marks],
  );
  return (
    <>
      <Tiles sheet={sheet} />
      <ChartCard
        counted="displays"
        definition={DEFINITIONS.adoption}
        draw={draw}
        legend={
          <Legend
            entries={[
              { look: 'first', words: 'followed of decided' },
              { look: 'second', words: 'followed of displayed' },
            ]}
          />
        }
        sheet={sheet}
        summary={(shown) => trendSummary(shown, 'Followed of decided', 0)}
        title="Advice followed"
        unit={UNIT_WORDS.answer}
      />
    </>
  );
}
