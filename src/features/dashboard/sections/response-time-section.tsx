import { useMemo } from 'react';
import { type Counts, total } from '#src/domain/metrics/counts.ts';
import type { SelectedView } from '#src/state/dashboard/use-view.ts';
import { useDashboard } from '../dashboard-context.ts';
import { DEFINITIONS, UNIT_WORDS } from '../definitions.ts';
import { Legend } from '../legend.tsx';
import { type Lines, LinesCard } from '../lines-card.tsx';
import sections from '../section.module.css';
import { Section } from '../section.tsx';
import { cells, overTime } from '../sheets/over-time.ts';
import { ViewGate } from '../view-gate.tsx';

const VIEW = 'response-time-weekly';

const COLUMNS = {
  parts: [
    ['Under 3 s', cells('fast')],
    ['3 s or more', (counts: Counts) => total(counts, 'timed') - total(counts, 'fast')],
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
      {(wanted) => (
        <ViewGate name={VIEW} wanted={wanted}>
          {(view) => <ResponseTime view={view} />}
        </ViewGate>
      )}
    </Section>
  );
}

const QUANTILES: Lines = {
  series: [
    { figure: 1, look: 'first' },
    { figure: 0, look: 'third' },
    { figure: 2, look: 'second' },
  ],
  scale: 'number',
  per: 0.001,
  yLabel: '↑ Seconds',
};
const SHARE: Lines = {
  series: [{ figure: 3, look: 'first' }],
  scale: 'percent',
  yLabel: '↑ Under 3 s, %',
};

function ResponseTime({ view }: { readonly view: SelectedView }) {
  const { filter } = useDashboard();
  const sheet = useMemo(() => overTime(VIEW, view, filter.form, COLUMNS), [view, filter.form]);
  return (
    <div className={sections.pair}>
      <LinesCard
        counted="timed answers"
        definition={DEFINITIONS.responseTime}
        legend={
          <Legend
            entries={[
              { look: 'second', words: 'third quartile' },
              { look: 'first', words: 'median' },
              { look: 'third', words: 'first quartile' },
            ]}
          />
        }
        lines={QUANTILES}
        method="Quantiles from fixed bins"
        sheet={sheet}
        title="Time from display to answer"
        trend={['Median', 1]}
        unit={`${UNIT_WORDS.answer}; seconds in view`}
      />
      <LinesCard
        counted="timed answers"
        definition={DEFINITIONS.responseTime}
        lines={SHARE}
        sheet={sheet}
        title="Answers in under 3 seconds"
        trend={['Answered under 3 s', 3]}
        unit={UNIT_WORDS.answer}
      />
    </div>
  );
}
