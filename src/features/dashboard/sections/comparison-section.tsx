import type { SelectedView } from '#src/state/dashboard/use-view.ts';
import { useDashboard } from '../dashboard-context.ts';
import { DEFINITIONS, UNIT_WORDS } from '../definitions.ts';
import sections from '../section.module.css';
import { Section } from '../section.tsx';
import type { Place } from '../sheets/by-place.ts';
import { TwoDotsCard } from '../two-dots-card.tsx';
import { ViewGate } from '../view-gate.tsx';
import { ADOPTION_VIEW, adoptionColumns } from './adoption-columns.ts';

export function ComparisonSection() {
  return (
    <Section
      asks="Does a version or a site stand apart?"
      id="comparison"
      title="Versions and sites"
    >
      {(wanted) => (
        <ViewGate name={ADOPTION_VIEW} wanted={wanted}>
          {(view) => (
            <div className={sections.pair}>
              <Comparison by={VERSION} title="Model versions" view={view} />
              <Comparison by={SITE} title="Sites" view={view} />
            </div>
          )}
        </ViewGate>
      )}
    </Section>
  );
}

const VERSION = ['model', 'version'] as const;
const SITE = ['site'] as const;

interface ComparisonProps {
  readonly title: string;
  readonly by: readonly Place[];
  readonly view: SelectedView;
}

function Comparison({ title, by, view }: ComparisonProps) {
  const { filter } = useDashboard();
  return (
    <TwoDotsCard
      by={by}
      columns={adoptionColumns(filter.form)}
      counted="displays"
      definition={DEFINITIONS.comparison}
      keys={['of decided', 'of displayed']}
      lists="followed of decided"
      name={ADOPTION_VIEW}
      scale="percent"
      title={title}
      unit={UNIT_WORDS.answer}
      view={view}
      xLabel="Followed, % →"
    />
  );
}
