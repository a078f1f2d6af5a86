import { useMemo } from 'react';
import type { SelectedView } from '#src/state/dashboard/use-view.ts';
import { useDashboard } from '../dashboard-context.ts';
import { DEFINITIONS, UNIT_WORDS } from '../definitions.ts';
import { Legend } from '../legend.tsx';
import { type Lines, LinesCard } from '../lines-card.tsx';
import sections from '../section.module.css';
import { Section } from '../section.tsx';
import { overTime } from '../sheets/over-time.ts';
import { Tiles } from '../tiles.tsx';
import { ViewGate } from '../view-gate.tsx';
import { AdoptionBy } from './adoption-by.tsx';
import { ADOPTION_VIEW, adoptionColumns } from './adoption-columns.ts';
import { ReachChart } from './reach-chart.tsx';

export function AdoptionSection() {
  return (
    <Section
      asks="Is the advice followed, by those who decide and of all who see it?"
      id="adoption"
      title="Adoption"
    >
      {(wanted) => (
        <>
          <ViewGate name={ADOPTION_VIEW} wanted>
            {(view) => <Adoption view={view} />}
          </ViewGate>
          <div className={sections.pair}>
            <ReachChart wanted={wanted} />
            <AdoptionBy wanted={wanted} />
          </div>
        </>
      )}
    </Section>
  );
}

const LINES: Lines = {
  series: [
    { figure: 0, look: 'first' },
    { figure: 1, look: 'second' },
  ],
  scale: 'percent',
  yLabel: '↑ Followed, %',
};

function Adoption({ view }: { readonly view: SelectedView }) {
  const { filter } = useDashboard();
  const sheet = useMemo(
    () => overTime(ADOPTION_VIEW, view, filter.form, adoptionColumns(filter.form)),
    [view, filter.form],
  );
  return (
    <>
      <Tiles sheet={sheet} />
      <LinesCard
        counted="displays"
        definition={DEFINITIONS.adoption}
        legend={
          <Legend
            entries={[
              { look: 'first', words: 'followed of decided' },
              { look: 'second', words: 'followed of displayed' },
            ]}
          />
        }
        lines={LINES}
        sheet={sheet}
        title="Advice followed"
        trend={['Followed of decided', 0]}
        unit={UNIT_WORDS.answer}
      />
    </>
  );
}
