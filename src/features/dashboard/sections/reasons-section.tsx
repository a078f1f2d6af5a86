import { useMemo } from 'react';
import type { SelectedView } from '#src/state/dashboard/use-view.ts';
import { ChartCard } from '../chart-card.tsx';
import { bars } from '../charts/bars.ts';
import { DEFINITIONS, UNIT_WORDS } from '../definitions.ts';
import { Section } from '../section.tsx';
import { reasonSheet } from '../sheets/reasons.ts';
import type { Sheet } from '../sheets/sheet.ts';
import { largestSummary } from '../summaries.ts';
import { ViewGate } from '../view-gate.tsx';

export function ReasonsSection() {
  return (
    <Section
      asks="Why is advice turned down, and who can change that?"
      id="reasons"
      title="Reasons"
    >
      {(wanted) => (
        <ViewGate name="reasons" wanted={wanted}>
          {(view) => <Reasons view={view} />}
        </ViewGate>
      )}
    </Section>
  );
}

const draw = ({ rows }: Sheet) => bars(rows);

function Reasons({ view }: { readonly view: SelectedView }) {
  const sheet = useMemo(() => reasonSheet(view), [view]);
  return (
    <ChartCard
      counted="overrides"
      definition={DEFINITIONS.reasons}
      draw={draw}
      sheet={sheet}
      summary={largestSummary}
      title="Reasons for overriding, by who can act on them"
      unit={UNIT_WORDS.answer}
    />
  );
}
