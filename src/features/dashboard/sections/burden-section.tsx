import { useMemo } from 'react';
import { type SelectedView, useView } from '#src/state/use-view.ts';
import { ChartCard } from '../chart-card.tsx';
import { timeLines } from '../charts/time-lines.ts';
import { useDashboard } from '../dashboard-context.ts';
import { DEFINITIONS, UNIT_WORDS } from '../definitions.ts';
import sections from '../section.module.css';
import { Section } from '../section.tsx';
import { cells, overTime } from '../sheets/over-time.ts';
import type { Sheet } from '../sheets/sheet.ts';
import { trendSummary } from '../summaries.ts';
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
      {(wanted) => <Loaded wanted={wanted} />}
    </Section>
  );
}

function Loaded({ wanted }: { readonly wanted: boolean }) {
  const { filter, freshness } = useDashboard();
  const view = useView(VIEW, filter, freshness, wanted);
  return <ViewGate view={view}>{(found) => <Burden view={found} />}</ViewGate>;
}

const CHARTS = [
  { figure: 0, title: 'Displays per 100 encounters', yLabel: '↑ Per 100 encounters' },
  { figure: 1, title: 'Displays per patient-day', yLabel: '↑ Per patient-day' },
] as const;

function Burden({ view }: { readonly view: SelectedView }) {
  const { filter, marks } = useDashboard();
  const sheet = useMemo(() => overTime(VIEW, view, filter.form, COLUMNS), [view, filter.form]);
  const draws = useMemo(
    () =>
      CHARTS.map(
        ({ figure, title, yLabel }) =>
          (shown: Sheet) =>
            timeLines({
              rows: shown.rows,
              series: [{ figure, label: title, look: 'first' }],
              marks,
              scale: 'number',
              yLabel,
            }),
      ),
    [marks],
  );
  return (
    <div className={sections.pair}>
      {CHARTS.map(({ figure, title }, at) => {
        const draw = draws[at];
        return (
          draw && (
            <ChartCard
              counted="displays"
              definition={DEFINITIONS.burden}
              draw={draw}
              key={title}
              sheet={sheet}
              summary={(shown) => trendSummary(shown, title, figure)}
              title={title}
              unit={UNIT_WORDS.answer}
            />
          )
        );
      })}
    </div>
  );
}
