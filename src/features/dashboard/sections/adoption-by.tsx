import { useMemo } from 'react';
import { LAYOUTS, type Layout } from '#src/state/dashboard-filter.ts';
import { type SelectedView, useView } from '#src/state/use-view.ts';
import { ChartCard } from '../chart-card.tsx';
import { dots } from '../charts/dots.ts';
import { Choice } from '../choice.tsx';
import { useDashboard } from '../dashboard-context.ts';
import { DEFINITIONS, UNIT_WORDS } from '../definitions.ts';
import { Legend } from '../legend.tsx';
import sections from '../section.module.css';
import { byPlace } from '../sheets/by-place.ts';
import type { Sheet } from '../sheets/sheet.ts';
import { listSummary } from '../summaries.ts';
import { ViewGate } from '../view-gate.tsx';
import { ADOPTION_VIEW, adoptionColumns } from './adoption-columns.ts';

const VIEWS: Readonly<Record<Layout, string>> = {
  role: 'adoption-by-role',
  'risk-band': 'adoption-by-risk-band',
  unit: ADOPTION_VIEW,
};
const WORDS: Readonly<Record<Layout, string>> = {
  role: 'role',
  'risk-band': 'risk band',
  unit: 'unit',
};

/** Who follows, and when: by role, by how high the risk was, by unit. */
export function AdoptionBy({ wanted }: { readonly wanted: boolean }) {
  const { filter, freshness, onFilter } = useDashboard();
  const view = useView(VIEWS[filter.by], filter, freshness, wanted);
  return (
    <div className={sections.stack}>
      <Choice
        label="By"
        narrow
        onChoose={(by) => onFilter({ by })}
        options={LAYOUTS.map((value) => ({ value, words: WORDS[value] }))}
        value={filter.by}
      />
      <ViewGate view={view}>{(found) => <By key={filter.by} view={found} />}</ViewGate>
    </div>
  );
}

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

function By({ view }: { readonly view: SelectedView }) {
  const { filter, names } = useDashboard();
  const { by, form } = filter;
  const sheet = useMemo(
    () => byPlace(VIEWS[by], view, [by], adoptionColumns(form), names),
    [view, by, form, names],
  );
  return (
    <ChartCard
      counted="displays"
      definition={DEFINITIONS.adoption}
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
      title={`Followed, by ${WORDS[by]}`}
      unit={UNIT_WORDS.answer}
    />
  );
}
