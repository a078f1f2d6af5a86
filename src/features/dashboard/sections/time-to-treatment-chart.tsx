import { byCell, type Counts } from '#src/domain/metrics/counts.ts';
import { DEFINITIONS, UNIT_WORDS } from '../definitions.ts';
import { TwoDotsCard } from '../two-dots-card.tsx';
import { ViewGate } from '../view-gate.tsx';

const VIEW = 'time-to-treatment';
const BY = ['model'] as const;

/** All hours of one group together: “followed treated 0.5” and its like. */
const all =
  (start: string) =>
  (counts: Counts): number =>
    [...byCell(counts)].reduce(
      (sum, [cell, by]) => (cell.startsWith(`${start} `) ? sum + by : sum),
      0,
    );

const COLUMNS = {
  parts: [
    ['Followed, treated', all('followed treated')],
    ['Followed, not treated', all('followed censored')],
    ['Not followed, treated', all('not followed treated')],
    ['Not followed, not treated', all('not followed censored')],
  ],
  total: 'Recommendations',
  figures: [
    ['Median if followed', 'median time to treatment, followed'],
    ['Median if not', 'median time to treatment, not followed'],
  ],
} as const;

/** From the recommendation to what was really done. */
export function TimeToTreatmentChart({ wanted }: { readonly wanted: boolean }) {
  return (
    <div>
      <ViewGate name={VIEW} wanted={wanted}>
        {(view) => (
          <TwoDotsCard
            by={BY}
            columns={COLUMNS}
            counted="recommendations"
            definition={DEFINITIONS.timeToTreatment}
            keys={['followed', 'not followed']}
            lists="median time to treatment, if followed"
            method="Product-limit median from fixed bins; no interval"
            name={VIEW}
            none="Absent: no action is configured or found that these models advise."
            scale="number"
            title="Time to treatment"
            unit={`${UNIT_WORDS.recommendation}; hours`}
            view={view}
            xLabel="Median, hours →"
          />
        )}
      </ViewGate>
    </div>
  );
}
