import { rateRatio } from '#src/domain/statistics/two-proportions.ts';
import { cellOfGroups, groupsOf, inGroup } from './contrast.ts';
import type { Cells, Counts } from './counts.ts';
import type { JudgedScore } from './facts/judged-score.ts';
import { absent, estimate, type Figure, LEAST_ROWS } from './figure.ts';
import type { Metric } from './metric.ts';
import { SUBGROUPS } from './slices.ts';

const SHARES = [
  ['sensitivity', 'tp', 'events'],
  ['positive predictive value', 'tp', 'fired'],
] as const;

/**
 * Whether the model is right alike for every group of patients: ratio of sensitivity and of PPV against
 * the largest group. Numerators and denominators as in `accuracy`, by encounter; rows independent, so
 * the interval is that of the log ratio. Excluded: unlabelled and censored encounters, patients whose
 * group is not recorded. A ratio of 0.8 is a convention, not a limit of fairness.
 */
export const outcomeEquity: Metric<JudgedScore> = {
  name: 'outcome-equity',
  cluster: () => '',
  cells: ({ fired, label, censored, ...row }) =>
    fired === null || label === null || censored
      ? {}
      : Object.assign(
          {},
          ...SUBGROUPS.map((column) => groupCells(column, row[column], fired, label)),
        ),
  figures: (counts) =>
    SUBGROUPS.flatMap((column) => SHARES.flatMap((share) => parity(counts, column, share))),
};

function groupCells(column: string, value: string | null, fired: boolean, label: boolean): Cells {
  if (value === null) return {};
  return inGroup(`${column} ${value}`, {
    ...(label && { events: 1 }),
    ...(fired && { fired: 1 }),
    ...(fired && label && { tp: 1 }),
  });
}

function parity(
  counts: Counts,
  column: string,
  [what, above, below]: (typeof SHARES)[number],
): readonly Figure[] {
  const groups = groupsOf(counts, below).filter(([group]) => group.startsWith(`${column} `));
  const [reference, ...others] = groups;
  if (!reference) return [];
  return others.map(([group, n]) => {
    const name = `${what}, ${group} to ${reference[0].slice(column.length + 1)}`;
    if (Math.min(n, reference[1]) < LEAST_ROWS) return absent(name, 'below-floor', n);
    const [x1 = 0, x2 = 0] = cellOfGroups(counts, [group, reference[0]], above);
    return estimate(name, '1', n, rateRatio(x1, n, x2, reference[1]) ?? { value: undefined });
  });
}
