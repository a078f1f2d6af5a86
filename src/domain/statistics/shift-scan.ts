/** One week of a stream: an estimate and its sampling variance; `v` is Infinity where a week says nothing. */
export interface Measured {
  readonly y: number;
  readonly v: number;
}

/** Which shift of the level would matter, and what is known of the level before it. */
export interface ShiftQuestion {
  /** +1: a rise would matter; −1: a fall. */
  readonly direction: 1 | -1;
  /** The smallest shift that must be noticed, in units of y; more than 0. */
  readonly shift: number;
  /** Where the level is expected before anything happens. */
  readonly expected: number;
  /** Variance of levels around `expected`. 0: the level is that; Infinity: only its own past tells.
   * One for each week where it is estimated from what was known then. */
  readonly spread: number | readonly number[];
  /** Weeks of own past before the first week that can be judged; 0 where `spread` is finite. */
  readonly past: number;
  /** Index of the first week in which it can have begun; absent: any. */
  readonly earliest?: number;
}

/** Sum and number of squared differences of neighbouring weeks, in units of their sampling variance. */
export interface Noise {
  readonly sum: number;
  readonly count: number;
}

/** What the scan says at the end of one week. */
export interface ShiftState {
  /** Log-likelihood ratio of the best week of change; −Infinity while nothing can be judged. */
  readonly statistic: number;
  /** Index of that week: the estimated beginning. */
  readonly since: number;
  /** Mean since then, and its variance with overdispersion. */
  readonly now: Measured;
  /** Level before it. */
  readonly before: number;
  /** Overdispersion φ, at least 1. */
  readonly dispersion: number;
}

const NOTHING: ShiftState = {
  statistic: -Infinity,
  since: 0,
  now: { y: Number.NaN, v: Infinity },
  before: Number.NaN,
  dispersion: 1,
};

/**
 * Whether the level has shifted by `shift` since some week: for every week k of a possible change the
 * likelihood ratio of the mean since k against the level before it, whose own uncertainty is part of the
 * variance; the largest of them is the statistic. With normal weeks each ratio is a martingale while all
 * is well, so that E[weeks until statistic ≥ h] ≥ eʰ (Lorden 1971, Ann Math Stat 42:1897; Pollak 1987,
 * Ann Stat 15:749): a threshold needs no table and no simulation. A level that lies less than half of
 * `shift` away never raises the statistic, however many rows there are.
 *
 * @param noise for each week, what all streams of this kind have shown until then; it gives φ.
 * @returns one state for each week, from that week and earlier ones only.
 */
export function shiftScan(
  series: readonly Measured[],
  question: ShiftQuestion,
  noise: readonly Noise[] = noiseOf([series]),
): readonly ShiftState[] {
  const weight = prefix(series.map(({ v }) => 1 / v));
  const mass = prefix(series.map(({ y, v }) => (v === Infinity ? 0 : y / v)));
  const jumps = jumpsOf(series);
  const seen = prefix(series.map(({ v }) => (v === Infinity ? 0 : 1)));
  return series.map((_, t) => {
    let best = NOTHING;
    const spread =
      typeof question.spread === 'number' ? question.spread : (question.spread[t] ?? 0);
    for (let k = t; k >= (question.earliest ?? 0); k--) {
      if ((seen[k] ?? 0) < question.past) break;
      if (series[k]?.v === Infinity) continue;
      const dispersion = dispersionWithout(noise[t], jumps[k]);
      const inside = (weight[t + 1] ?? 0) - (weight[k] ?? 0);
      const now = ((mass[t + 1] ?? 0) - (mass[k] ?? 0)) / inside;
      const level = levelBefore(
        weight[k] ?? 0,
        mass[k] ?? 0,
        dispersion,
        question.expected,
        spread,
      );
      const v = dispersion / inside;
      const by = question.direction * (now - level.y);
      const { shift } = question;
      const statistic = (shift * by - (shift * shift) / 2) / (v + level.v);
      if (statistic > best.statistic)
        best = { statistic, since: k, now: { y: now, v }, before: level.y, dispersion };
    }
    return best;
  });
}

/** Own past and what is expected, each weighed by how well it is known. */
function levelBefore(
  weight: number,
  mass: number,
  dispersion: number,
  expected: number,
  spread: number,
): Measured {
  if (spread === 0) return { y: expected, v: 0 };
  const precision = weight / dispersion + 1 / spread;
  const prior = spread === Infinity ? 0 : expected / spread;
  return { y: (mass / dispersion + prior) / precision, v: 1 / precision };
}

/**
 * φ from neighbouring weeks, the pair at the supposed change left out, so that the change itself cannot
 * hide behind the noise that it makes. Few differences know φ badly: it grows by the variance of a t with
 * as many degrees of freedom (differences of neighbours are worth two thirds of independent ones).
 */
function dispersionWithout(all: Noise = { sum: 0, count: 0 }, own: number | undefined): number {
  const sum = all.sum - (own ?? 0);
  const df = ((all.count - (own === undefined ? 0 : 1)) * 2) / 3;
  if (df <= LEAST_DF) return Infinity;
  const mean = sum / ((df * 3) / 2);
  return Math.max(1, (mean * df) / (df - 2));
}
const LEAST_DF = 2;

/** Squared difference of each week from the last one that says something, where there is one. */
function jumpsOf(series: readonly Measured[]): readonly (number | undefined)[] {
  let last: Measured | undefined;
  return series.map((each) => {
    if (each.v === Infinity) return undefined;
    const jump = last && (each.y - last.y) ** 2 / (each.v + last.v);
    last = each;
    return jump;
  });
}

/** What streams that share their overdispersion have shown of it, until each week. */
export function noiseOf(streams: readonly (readonly Measured[])[]): readonly Noise[] {
  const weeks = Math.max(0, ...streams.map(({ length }) => length));
  const by = Array.from({ length: weeks }, () => ({ sum: 0, count: 0 }));
  for (const stream of streams)
    for (const [t, jump] of jumpsOf(stream).entries()) {
      const week = by[t];
      if (jump === undefined || !week) continue;
      week.sum += jump;
      week.count += 1;
    }
  let all: Noise = { sum: 0, count: 0 };
  return by.map(({ sum, count }) => {
    all = { sum: all.sum + sum, count: all.count + count };
    return all;
  });
}

/** Sums of everything before each index; one longer than what it sums. */
function prefix(values: readonly number[]): readonly number[] {
  let sum = 0;
  return [0, ...values.map((each) => (sum += each))];
}
