import { useMemo } from 'react';
import type { SelectedView } from '#src/state/dashboard/use-view.ts';
import { useDashboard } from '../dashboard-context.ts';
import { DEFINITIONS, UNIT_WORDS } from '../definitions.ts';
import { type Lines, LinesCard } from '../lines-card.tsx';
import sections from '../section.module.css';
import { Section } from '../section.tsx';
import { cells, overTime } from '../sheets/over-time.ts';
import { ViewGate } from '../view-gate.tsx';

const VIEW = 'burden-weekly';

const COLUMNS = {
  parts: [
    ['Displays', cells('displayed')],
    ['Encounters', cells('encounters')],
  ],
  figures: [
    ['Per 100 encounters', 'displays per 100 encounters'],
    ['Per patient-day', 'displays per patient-day'],
  ],
} as const;

export function BurdenSection() {
  return (
    <Section asks="How often are clinicians interrupted?" id="burden" title="Burden">
      {(wanted) => (
        <ViewGate name={VIEW} wanted={wanted}>
          {(view) => <Burden view={view} />}
        </ViewGate>
      )}
    </Section>
  );
}

const linesOf = (figure: number, yLabel: string): Lines => ({
  series: [{ figure, look: 'first' }],
  scale: 'number',
  yLabel,
});

const CHARTS = [
  { figure: 0, title: 'Displays per 100 encounters', lines: linesOf(0, '↑ Per 100 encounters') },
  { figure: 1, title: 'Displays per patient-day', lines: linesOf(1, '↑ Per patient-day') },
] as const;

function Burden({ view }: { readonly view: SelectedView }) {
  const { filter } = useDashboard();
  const sheet = useMemo(() => overTime(VIEW, view, filter.form, COLUMNS), [view, filter.form]);
  return (
    <div className={sections.pair}>
      {CHARTS.map(({ figure, title, lines }) => (
        <LinesCard
          counted="displays"
          definition={DEFINITIONS.burden}
          key={title}
          lines={lines}
          sheet={sheet}
          title={title}
          trend={[title, figure]}
          unit={UNIT_WORDS.answer}
        />
      ))}
    </div>
  );
}
