import { psi, psiByChance } from '#src/domain/statistics/psi.ts';
import type { ScoreRow } from '#src/domain/tables/scores.ts';
import { byCell, type Counts } from './counts.ts';
import { count, estimate, type Figure, LEAST_ROWS } from './figure.ts';
import type { Metric } from './metric.ts';
import { scoreBin } from './score-bins.ts';
import type { Sliceable } from './slices.ts';

export interface WeeklyScore extends Sliceable, Pick<ScoreRow, 'score' | 'score_scale'> {}

const SEPARATOR = ' @';
/** What is compared with what: the first weeks are the reference, the last ones are now. */
const REFERENCE_WEEKS = 8;
const RECENT_WEEKS = 4;

const INPUTS = ['unit', 'age_band', 'sex', 'race_ethnicity', 'language', 'payer'] as const;

/**
 * Whether what the model says, and whom it is asked about, has shifted: population stability index of
 * the last 4 weeks against the first 8, of the score and of what the tables hold of the inputs (unit
 * and patient group). Numerator and denominator: scores by fixed bin. What chance alone would give is
 * beside it; 0.1 and 0.25 are conventions. It says nothing about accuracy. Excluded: scores without a
 * week. Source: clinical-evidence §2 "Drift".
 */
export const drift: Metric<WeeklyScore> = {
  name: 'drift',
  cluster: () => '',
  cells: (row) => {
    const { week = null, score, score_scale } = row;
    if (week === null) return {};
    const cell = (what: string, bin: string) => `${week}${SEPARATOR}${what}${SEPARATOR}${bin}`;
    return Object.fromEntries([
      ...(score === null ? [] : [[cell('score', String(scoreBin(score, score_scale))), 1]]),
      ...INPUTS.map((column) => [cell(column, row[column] ?? 'not recorded'), 1]),
    ]);
  },
  figures: (counts) => {
    const weeks = [
      ...new Set([...byCell(counts).keys()].map((cell) => cell.split(SEPARATOR)[0] ?? '')),
    ];
    const reference = weeks.slice(0, REFERENCE_WEEKS);
    const recent = weeks.slice(REFERENCE_WEEKS).slice(-RECENT_WEEKS);
    return ['score', ...INPUTS].flatMap((what) => shift(counts, what, reference, recent));
  },
};

/** PSI of one column between two sets of weeks. */
function shift(
  counts: Counts,
  what: string,
  reference: readonly string[],
  recent: readonly string[],
): readonly Figure[] {
  const before = binsOf(counts, what, reference);
  const after = binsOf(counts, what, recent);
  const [n, m] = [sum(before), sum(after)];
  const bins = [...new Set([...before.keys(), ...after.keys()])];
  if (bins.length < 2 && what !== 'score') return [];
  const enough = Math.min(n, m) >= LEAST_ROWS;
  const at = (all: ReadonlyMap<string, number>) => bins.map((bin) => all.get(bin) ?? 0);
  const absence = n === 0 || m === 0 ? 'nothing-to-compare' : 'below-floor';
  const value = enough ? psi(at(after), at(before)) : undefined;
  const chance = enough ? psiByChance(bins.length, m, n) : undefined;
  return [
    count(`${what}: rows now`, m),
    estimate(`${what}: PSI`, '1', n, { value }, absence),
    estimate(`${what}: PSI by chance`, '1', n, { value: chance }, absence),
  ];
}

const sum = (all: ReadonlyMap<string, number>): number =>
  [...all.values()].reduce((total, each) => total + each, 0);

function binsOf(
  counts: Counts,
  what: string,
  weeks: readonly string[],
): ReadonlyMap<string, number> {
  const wanted = new Set(weeks);
  const bins = new Map<string, number>();
  for (const [cell, n] of byCell(counts)) {
    const [week = '', column, bin = ''] = cell.split(SEPARATOR);
    if (column === what && wanted.has(week)) bins.set(bin, (bins.get(bin) ?? 0) + n);
  }
  return bins;
}
