import { LAYOUTS, type Layout } from '#src/state/dashboard/filter.ts';
import { Select } from '#src/ui/select.tsx';
import { useDashboard } from '../dashboard-context.ts';
import { DEFINITIONS, UNIT_WORDS } from '../definitions.ts';
import sections from '../section.module.css';
import type { Place } from '../sheets/by-place.ts';
import { TwoDotsCard } from '../two-dots-card.tsx';
import { ViewGate } from '../view-gate.tsx';
import { ADOPTION_VIEW, adoptionColumns } from './adoption-columns.ts';

interface Along {
  readonly name: string;
  readonly by: readonly Place[];
  readonly words: string;
}

const ALONG: Readonly<Record<Layout, Along>> = {
  role: { name: 'adoption-by-role', by: ['role'], words: 'role' },
  'risk-band': { name: 'adoption-by-risk-band', by: ['risk-band'], words: 'risk band' },
  unit: { name: ADOPTION_VIEW, by: ['unit'], words: 'unit' },
};

/** Who follows, and when: by role, by how high the risk was, by unit. */
export function AdoptionBy({ wanted }: { readonly wanted: boolean }) {
  const { filter, onFilter } = useDashboard();
  const { name, by, words } = ALONG[filter.by];
  return (
    <div className={sections.stack}>
      <Select
        label="By"
        look="narrow"
        onChoose={(chosen) => onFilter({ by: chosen })}
        options={LAYOUTS.map((layout) => [layout, ALONG[layout].words])}
        value={filter.by}
      />
      <ViewGate name={name} wanted={wanted}>
        {(view) => (
          <TwoDotsCard
            by={by}
            columns={adoptionColumns(filter.form)}
            counted="displays"
            definition={DEFINITIONS.adoption}
            key={name}
            keys={['of decided', 'of displayed']}
            lists="followed of decided"
            name={name}
            scale="percent"
            title={`Followed, by ${words}`}
            unit={UNIT_WORDS.answer}
            view={view}
            xLabel="Followed, % →"
          />
        )}
      </ViewGate>
    </div>
  );
}
