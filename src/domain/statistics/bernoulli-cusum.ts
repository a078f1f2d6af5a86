/**
 * A Bernoulli CUSUM whose scores are whole numbers. The log-likelihood ratio of each row is rounded
 * to a common step, so the statistic is an integer, adds up exactly on every machine, and its run
 * lengths follow from a finite Markov chain without approximation (after Reynolds and Stoumbos 1999,
 * J Qual Technol 31:87, who choose p₁ so that the ratio of both scores is a whole number).
 */
export interface CusumDesign {
  /** Share of events while all is well. */
  readonly p0: number;
  /** Share of events that must be noticed; above or below p₀. */
  readonly p1: number;
  /** Score of a row with the event, and of one without: one is positive, the other negative. */
  readonly event: number;
  readonly none: number;
}

/** How far the ratio of the scores may be from that of the likelihoods. */
const ROUNDING = 0.01;
const MOST_STEPS = 50;

/**
 * Scores for p₀ → p₁: ln(p₁/p₀) and ln((1−p₁)/(1−p₀)) (Steiner et al. 2000), in the coarsest common step
 * that keeps their ratio: the fewer the states, the sooner run lengths are solved.
 */
export function cusumDesign(p0: number, p1: number): CusumDesign {
  const event = Math.log(p1 / p0);
  const none = Math.log((1 - p1) / (1 - p0));
  const ratio = Math.max(Math.abs(event / none), Math.abs(none / event));
  let steps = 1;
  while (Math.abs(Math.round(steps * ratio) / (steps * ratio) - 1) > ROUNDING && steps < MOST_STEPS)
    steps++;
  const whole = (score: number, other: number): number =>
    Math.sign(score) * (Math.abs(score) > Math.abs(other) ? Math.round(steps * ratio) : steps);
  return { p0, p1, event: whole(event, none), none: whole(none, event) };
}

/** S after one more row: max(0, S + score). An alarm is S ≥ h. */
export const cusumStep = (s: number, event: boolean, design: CusumDesign): number =>
  Math.max(0, s + (event ? design.event : design.none));

/**
 * Mean number of rows until S ≥ h from S = 0, where the share of events is `p` (Brook and Evans
 * 1972, Biometrika 59:539). Exact for this design.
 */
export function cusumArl(design: CusumDesign, h: number, p: number): number {
  return solve(design, h, p)[0] ?? 1;
}

/** Smallest threshold with at least `arl0` rows between false alarms. */
export function cusumThreshold(design: CusumDesign, arl0: number): number {
  const enough = (h: number): boolean => cusumArl(design, h, design.p0) >= arl0;
  let high = 1;
  while (!enough(high)) high *= 2;
  let low = Math.floor(high / 2);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (enough(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/**
 * Run lengths from every state 0…h−1: L = 1 + Σ P(next) L(next), a banded system. Elimination goes
 * downwards only: every row has its weight on the diagonal, so no exchange is needed.
 */
function solve(design: CusumDesign, h: number, p: number): readonly number[] {
  const rows = Array.from({ length: h }, (_, s) => {
    const row = new Map([[s, 1]]);
    for (const [score, chance] of [
      [design.event, p],
      [design.none, 1 - p],
    ] as const) {
      const next = Math.max(0, s + score);
      if (next < h) row.set(next, (row.get(next) ?? 0) - chance);
    }
    return row;
  });
  const right = new Array<number>(h).fill(1);
  const reach = Math.max(Math.abs(design.event), Math.abs(design.none));
  for (let k = 0; k < h; k++) eliminate(rows, right, k, reach);
  for (let k = h - 1; k >= 0; k--) {
    const row = rows[k] ?? new Map<number, number>();
    let sum = right[k] ?? 0;
    for (const [j, value] of row) if (j > k) sum -= value * (right[j] ?? 0);
    right[k] = sum / (row.get(k) ?? 1);
  }
  return right;
}

function eliminate(
  rows: readonly Map<number, number>[],
  right: number[],
  k: number,
  reach: number,
): void {
  const pivot = rows[k] ?? new Map<number, number>();
  const diagonal = pivot.get(k) ?? 1;
  for (let i = k + 1; i <= Math.min(rows.length - 1, k + reach); i++) {
    const row = rows[i];
    const below = row?.get(k);
    if (!row || below === undefined) continue;
    const factor = below / diagonal;
    row.delete(k);
    for (const [j, value] of pivot) if (j > k) row.set(j, (row.get(j) ?? 0) - factor * value);
    right[i] = (right[i] ?? 0) - factor * (right[k] ?? 0);
  }
}
