import { regroup } from '#src/domain/aggregates/aggregates.ts';
import { calibrationBins } from '#src/domain/metrics/calibration-of-scores.ts';
import { EMPTY } from '#src/domain/metrics/counts.ts';
import { estimate, independentShare } from '#src/domain/metrics/figure.ts';
import type { SelectedView } from '#src/state/dashboard/use-view.ts';
import type { Sheet } from './sheet.ts';

/** About as many points as an eye can hold against a line. */
const POINTS = 10;

/** Fixed bins put together until each point stands for a tenth of the scores. */
export function calibrationSheet({ by, counts }: SelectedView): Sheet {
  const whole = regroup(counts, by, []);
  const bins = calibrationBins([...whole.values()][0]?.counts ?? EMPTY);
  const n = bins.reduce((sum, bin) => sum + bin.n, 0);
  const groups: { n: number; events: number; expected: number }[] = [];
  let before = 0;
  for (const bin of bins) {
    const at = Math.min(POINTS - 1, Math.floor((POINTS * before) / Math.max(1, n)));
    const group = groups[at] ?? { n: 0, events: 0, expected: 0 };
    group.n += bin.n;
    group.events += bin.events;
    group.expected += bin.n * bin.predicted;
    groups[at] = group;
    before += bin.n;
  }
  const rows = groups.filter(Boolean).map((group) => {
    const predicted = group.expected / group.n;
    return {
      key: predicted.toFixed(6),
      label: `${(100 * predicted).toFixed(1)} %`,
      parts: [group.events, group.n - group.events],
      total: group.n,
      figures: [
        { ...estimate('predicted', '1', group.n, { value: predicted }), kind: 'share' as const },
        independentShare('observed', group.events, group.n),
      ],
    };
  });
  return {
    rowsAre: 'Predicted, on average',
    parts: ['Events', 'No event'],
    total: 'Labelled scores',
    figures: ['Predicted', 'Observed'],
    rows,
  };
}
