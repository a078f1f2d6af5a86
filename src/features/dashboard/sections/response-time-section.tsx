import { useMemo } from 'react';
import { total } from '#src/domain/metrics/counts.ts';
import { type SelectedView, useView } from '#src/state/use-view.ts';
import { ChartCard } from '../chart-card.tsx';
import { timeLines } from '../charts/time-lines.ts';
import { useDashboard } from '../dashboard-context.ts';
import { DEFINITIONS, UNIT_WORDS } from '../definitions.ts';
import { Legend } from '../legend.tsx';
import sections from '../section.module.css';
import { Section } from '../section.tsx';
import { cells, overTime } from '../sheets/over-time.ts';
import type { Sheet } from '../sheets/sheet.ts';
import { trendSummary } from '../summaries.ts';
import { ViewGate } from '../view-gate.tsx';

const VIEW = 'response-time-weekly';

const COLUMNS = {
  parts: [
    ['Under 3 s', cells('fast')],
    [
      '3 s or more',
      (counts: Parameters<typeof total>[0]) => total(counts, 'timed') - total(counts, 'fast'),
    ],
  ],
  total: 'Timed answers',
  figures: [
    ['First quartile, s', 'first quartile'],
    ['Median, s', 'median'],
    ['Third quartile, s', 'third quartile'],
    ['Share under 3 s', 'under 3 s'],
  ],
} as const;

export function ResponseTimeSection() {
  return (
    <Section
      asks="Is there time to read before the answer?"
      id="response-time"
      title="Response time"
    >
      {(wanted) => <Loaded wanted={wanted} />}
    </Section>
  );
}

function Loaded({ wanted }: { readonly wanted: boolean }) {
  const { filter, freshness } = useDashboard();
  const view = useView(VIEW, filter, freshness, wanted);
  return <ViewGate view={view}>{(found) => <ResponseTime view={found} />}</ViewGate>;
}

function ResponseTime({ view }: { readonly view: SelectedView }) {
  const { filter, marks } = useDashboard();
  const sheet = useMemo(() => overTime(VIEW, view, filter.form, COLUMNS), [view, filter.form]);
  const quantiles = useMemo(
    () => (shown: Sheet) =>
      timeLines({
        rows: shown.rows,
        series: [
          { figure: 1, label: 'median', look: 'first' },
          { figure: 0, label: 'first quartile', look: 'third' },
          { figure: 2, label: 'third quartile', look: 'second' },
        ],
        marks,
        scale: 'number',
        per: 0.001,
        yLabel: '↑ Seconds',
      }),
    [marks],
  );
  const share = useMemo(
    () => (shown: Sheet) =>
      timeLines({
        rows: shown.rows,
        series: [{ figure: 3, label: 'under 3 s', look: 'first' }],
        marks,
        scale: 'percent',
        yLabel: '↑ Under 3 s, %',
      }),
    [marks],
  );
  return (
    <div className={sections.pair}>
      <ChartCard
        counted="timed answers"
        definition={DEFINITIONS.responseTime}
        draw={quantiles}
        legend={
          <Legend
            entries={[
              { look: 'second', words: 'third quartile' },
              { look: 'first', words: 'median' },
              { look: 'third', words: 'first quartile' },
            ]}
          />
        }
        method="Quantiles from fixed bins"
        sheet={sheet}
        summary={(shown) => trendSummary(shown, 'Median', 1)}
        title="Time from display to answer"
        unit={`${UNIT_WORDS.answer}; seconds in view`}
      />
      <ChartCard
        counted="timed answers"
        definition={DEFINITIONS.responseTime}
        draw={share}
        sheet={sheet}
        summary={(shown) => trendSummary(shown, 'Answered under 3 s', 3)}
        title="Answers in under 3 seconds"
        unit={UNIT_WORDS.answer}
      />
    </div>
  );
}
