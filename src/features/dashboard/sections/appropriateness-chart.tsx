import { DEFINITIONS } from '../definitions.ts';
import { cells } from '../sheets/over-time.ts';
import { TwoDotsCard } from '../two-dots-card.tsx';
import { ViewGate } from '../view-gate.tsx';

const VIEW = 'appropriateness';
const BY = ['model'] as const;

const COLUMNS = {
  parts: [
    ['Appropriate', cells('appropriate')],
    ['Inappropriate', cells('inappropriate')],
  ],
  total: 'Judged',
  figures: [
    ['As judged', 'appropriate of judged'],
    ['Weighted to all overrides', 'appropriate, weighted to all overrides'],
  ],
} as const;

/** Whether overrides were right, where somebody reviewed a sample of them. */
export function AppropriatenessChart({ wanted }: { readonly wanted: boolean }) {
  return (
    <div>
      <ViewGate name={VIEW} wanted={wanted}>
        {(view) => (
          <TwoDotsCard
            by={BY}
            columns={COLUMNS}
            counted="judged overrides"
            definition={DEFINITIONS.appropriateness}
            keys={['as judged', 'weighted to all overrides']}
            lists="judged appropriate"
            method="95 % interval: Wilson; weighted: stratified, for a finite population"
            name={VIEW}
            none="Absent: no reviews. Nobody has judged a sample of the overrides of this period."
            scale="percent"
            title="Appropriate overrides, by review"
            unit="reviewed override"
            view={view}
            xLabel="Appropriate, % of overrides →"
          />
        )}
      </ViewGate>
    </div>
  );
}
