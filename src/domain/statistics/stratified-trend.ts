import { LEAST_CLUSTERS } from './cluster-interval.ts';
import { type Interval, LEVEL } from './interval.ts';
import { tQuantile, twoSidedT } from './student-t.ts';

/** Rows of one clinician in one period with about the same exposure. */
export interface TrendCell {
  /** Whose own level is taken out, and the cluster of the error. */
  readonly clinician: string;
  /** Whose common level is taken out: the calendar. */
  readonly period: string;
  /** Cumulative exposure, in any unit. */
  readonly x: number;
  readonly n: number;
  readonly y: number;
}

export interface Trend {
  /** Change of the log odds per unit of x. */
  readonly slope: number;
  readonly se: number;
  readonly interval: Interval;
  readonly p: number;
  readonly clinicians: number;
}

const MOST_ROUNDS = 2_000;
const expit = (x: number): number => 1 / (1 + Math.exp(-x));

/**
 * Trend of a proportion with x inside clinicians, apart from calendar time: logistic regression
 * logit P = clinician + period + βx, error clustered by clinician, t with clinicians − 1 degrees of
 * freedom. Clinicians and periods without variation say nothing about β and are left out. Undefined
 * below ten clinicians, and where exposure and calendar cannot be told apart (all began together).
 */
export function stratifiedTrend(all: readonly TrendCell[], level = LEVEL): Trend | undefined {
  const cells = informative(all);
  const by = {
    clinician: groups(cells, ({ clinician }) => clinician),
    period: groups(cells, ({ period }) => period),
  };
  const clinicians = by.clinician.length;
  if (clinicians < LEAST_CLUSTERS) return undefined;
  const linear = new Array<number>(cells.length).fill(0);
  let slope = 0;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const moved = [...by.clinician, ...by.period].map((group) => shift(cells, linear, group));
    const inside = residual(cells, linear, [...by.clinician, ...by.period]);
    const information = total(cells, (cell, i) => weight(cell, linear[i]) * (inside[i] ?? 0) ** 2);
    if (!(information > 1e-9 * total(cells, (cell, i) => weight(cell, linear[i]) * cell.x ** 2)))
      return undefined;
    const score = total(cells, (cell, i) => (inside[i] ?? 0) * excess(cell, linear[i]));
    const step = score / information;
    slope += step;
    // Along the residual direction the clinicians' and periods' own levels stay where they are.
    for (const [i, each] of inside.entries()) linear[i] = (linear[i] ?? 0) + step * each;
    if (Math.max(Math.abs(step), ...moved.map(Math.abs)) < 1e-12) {
      const se = clustered(cells, linear, inside, by.clinician) / information;
      const half = tQuantile((1 + level) / 2, clinicians - 1) * se;
      const interval = { low: slope - half, high: slope + half };
      return { slope, se, interval, p: twoSidedT(slope / se, clinicians - 1), clinicians };
    }
  }
  return undefined;
}

type Group = readonly number[];

const groups = (cells: readonly TrendCell[], key: (cell: TrendCell) => string): Group[] => [
  ...Map.groupBy(cells.keys(), (i) => {
    const cell = cells[i];
    return cell ? key(cell) : '';
  }).values(),
];

/** Cells of clinicians and periods that have both answers; leaving one out may strip another. */
function informative(all: readonly TrendCell[]): readonly TrendCell[] {
  let cells = all.filter(({ n }) => n > 0);
  for (;;) {
    const kept = [
      ({ clinician }: TrendCell) => clinician,
      ({ period }: TrendCell) => period,
    ].reduce(
      (left, key) =>
        [...Map.groupBy(left, key).values()]
          .filter((group) => {
            const [n, y] = [sum(group, (cell) => cell.n), sum(group, (cell) => cell.y)];
            return y > 0 && y < n;
          })
          .flat(),
      cells,
    );
    if (kept.length === cells.length) return kept;
    cells = kept;
  }
}

const sum = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((all, item) => all + of(item), 0);
const total = (cells: readonly TrendCell[], of: (cell: TrendCell, i: number) => number): number =>
  cells.reduce((all, cell, i) => all + of(cell, i), 0);

const excess = ({ n, y }: TrendCell, linear = 0): number => y - n * expit(linear);
const weight = ({ n }: TrendCell, linear = 0): number => n * expit(linear) * (1 - expit(linear));

/** One Newton step of a group's own level. */
function shift(cells: readonly TrendCell[], linear: number[], group: Group): number {
  let above = 0;
  let below = 0;
  for (const i of group) {
    const cell = cells[i];
    if (!cell) continue;
    above += excess(cell, linear[i]);
    below += weight(cell, linear[i]);
  }
  const step = Math.max(-2, Math.min(2, above / below));
  for (const i of group) linear[i] = (linear[i] ?? 0) + step;
  return step;
}

/** x less what levels of clinicians and periods explain of it, weighted: alternating projections. */
function residual(
  cells: readonly TrendCell[],
  linear: readonly number[],
  strata: readonly Group[],
): readonly number[] {
  const left = cells.map(({ x }) => x);
  const weights = cells.map((cell, i) => weight(cell, linear[i]));
  for (let round = 0; round < MOST_ROUNDS; round++) {
    let moved = 0;
    for (const group of strata) {
      const below = sum(group, (i) => weights[i] ?? 0);
      const mean = sum(group, (i) => (weights[i] ?? 0) * (left[i] ?? 0)) / below;
      for (const i of group) left[i] = (left[i] ?? 0) - mean;
      moved = Math.max(moved, Math.abs(mean));
    }
    if (moved < 1e-13 * Math.max(1, ...cells.map(({ x }) => Math.abs(x)))) break;
  }
  return left;
}

/** √ of the summed squares of the clinicians' own scores, with J/(J−1) for few of them. */
function clustered(
  cells: readonly TrendCell[],
  linear: readonly number[],
  inside: readonly number[],
  clinicians: readonly Group[],
): number {
  const scores = clinicians.map((group) =>
    sum(group, (i) => {
      const cell = cells[i];
      return cell ? (inside[i] ?? 0) * excess(cell, linear[i]) : 0;
    }),
  );
  const count = scores.length;
  return Math.sqrt((sum(scores, (each) => each * each) * count) / (count - 1));
}
