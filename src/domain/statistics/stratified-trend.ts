import { LEAST_CLUSTERS } from './cluster-interval.ts';
import { type Interval, LEVEL } from './interval.ts';
import { tQuantile, twoSidedT } from './student-t.ts';
import { type Strata, twoWayResiduals } from './two-way.ts';

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

const MOST_STEPS = 100;
const expit = (x: number): number => 1 / (1 + Math.exp(-x));

/**
 * Trend of a proportion with x inside clinicians, apart from calendar time: logistic regression
 * logit P = clinician + period + βx, error clustered by clinician, t with clinicians − 1 degrees of
 * freedom. Clinicians and periods without variation say nothing about β and are left out. Undefined
 * below ten clinicians, and where exposure and calendar cannot be told apart (all began together).
 */
export function stratifiedTrend(all: readonly TrendCell[], level = LEVEL): Trend | undefined {
  const cells = informative(all);
  const strata = {
    clinician: numbered(cells.map(({ clinician }) => clinician)),
    period: numbered(cells.map(({ period }) => period)),
  };
  const clinicians = Math.max(-1, ...strata.clinician) + 1;
  if (clinicians < LEAST_CLUSTERS) return undefined;
  let linear = cells.map(({ n, y }) => Math.log((y + 0.5) / (n - y + 0.5)));
  let slope = Number.NaN;
  for (let i = 0; i < MOST_STEPS; i++) {
    const step = newton(cells, strata, linear);
    if (!step) return undefined;
    const moved = Math.abs(step.slope - slope);
    ({ slope, linear } = step);
    if (moved < 1e-12 * Math.max(1, Math.abs(slope)))
      return trend(slope, clusteredError(cells, strata, linear), clinicians, level);
  }
  return undefined;
}

function trend(slope: number, se: number, clinicians: number, level: number): Trend {
  const half = tQuantile((1 + level) / 2, clinicians - 1) * se;
  const interval = { low: slope - half, high: slope + half };
  return { slope, se, interval, p: twoSidedT(slope / se, clinicians - 1), clinicians };
}

const numbered = (names: readonly string[]): readonly number[] => {
  const known = new Map([...new Set(names)].map((name, i) => [name, i]));
  return names.map((name) => known.get(name) ?? 0);
};

const excess = ({ n, y }: TrendCell, linear = 0): number => y - n * expit(linear);
/** Never quite zero: a cell that is certain still belongs to its clinician. */
const weight = ({ n }: TrendCell, linear = 0): number =>
  Math.max(n * expit(linear) * (1 - expit(linear)), 1e-12);

/** One reweighted least-squares fit of clinicians, periods and x to the working response. */
function newton(cells: readonly TrendCell[], strata: Strata, linear: readonly number[]) {
  const weights = cells.map((cell, i) => weight(cell, linear[i]));
  const residuals = twoWayResiduals(strata, weights);
  const x = cells.map((cell) => cell.x);
  const inside = residuals(x);
  const of = (a: readonly number[], b: readonly number[]): number =>
    weights.reduce((sum, w, i) => sum + w * (a[i] ?? 0) * (b[i] ?? 0), 0);
  const information = of(inside, inside);
  // All that x tells, clinicians and periods tell as well: nobody can say which it is.
  if (!(information > 1e-9 * of(x, x))) return undefined;
  const working = cells.map(
    (cell, i) => (linear[i] ?? 0) + excess(cell, linear[i]) / (weights[i] ?? 1),
  );
  const left = residuals(working);
  const slope = of(inside, left) / information;
  const next = working.map((z, i) => z - ((left[i] ?? 0) - slope * (inside[i] ?? 0)));
  return { slope, linear: next };
}

/** Sandwich error of the slope: each clinician's score is one draw, with J/(J−1) for few of them. */
function clusteredError(
  cells: readonly TrendCell[],
  strata: Strata,
  linear: readonly number[],
): number {
  const weights = cells.map((cell, i) => weight(cell, linear[i]));
  const inside = twoWayResiduals(strata, weights)(cells.map(({ x }) => x));
  const scores = new Map<string, number>();
  for (const [i, cell] of cells.entries()) {
    const score = (inside[i] ?? 0) * excess(cell, linear[i]);
    scores.set(cell.clinician, (scores.get(cell.clinician) ?? 0) + score);
  }
  const information = inside.reduce((sum, each, i) => sum + (weights[i] ?? 0) * each * each, 0);
  const squares = [...scores.values()].reduce((sum, each) => sum + each * each, 0);
  return Math.sqrt((squares * scores.size) / (scores.size - 1)) / information;
}

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
