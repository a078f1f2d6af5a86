import type { Aggregates } from '#src/domain/aggregates/aggregates.ts';
import { DECIDED, FOLLOWED } from '#src/domain/metrics/adoption.ts';
import { type Counts, total } from '#src/domain/metrics/counts.ts';
import { RUN_ABOVE_BOUND } from '#src/domain/monitoring/settings.ts';
import { type Reading, readWeeks } from '#src/domain/monitoring/weeks.ts';
import type { Problem, ScenarioName } from '#src/domain/simulate/simulation.ts';

/**
 * A CUSUM that knows what will go wrong, where and how much, and watches that alone: nobody can have
 * one, and it says how much of the delay is in the data. One false alarm in two years, all for itself.
 */
const LIMIT = Math.log(104 / RUN_ABOVE_BOUND);

interface Known {
  /** Events, rows, and what the log-likelihood ratio of an event and of another row are, by week. */
  readonly counts: readonly { readonly x: number; readonly n: number }[];
  readonly before: number | undefined;
  readonly after: (p0: number) => number;
}

const byOdds = (p: number, ratio: number): number => (p * ratio) / (1 - p + p * ratio);

/** Weeks from onset to the oracle's alarm; null where the weeks end before. */
export function oracleDelay(
  scenario: ScenarioName,
  problem: Problem,
  aggregates: Aggregates,
  asOf: string,
): number | null {
  const reading = readWeeks(aggregates, asOf);
  const onset = reading.weeks.indexOf(problem.onset);
  const scores =
    scenario === 'alert-fatigue'
      ? fatigueScores(reading, problem, onset)
      : shareScores(knownOf(scenario, problem, reading), onset);
  let s = 0;
  for (const [t, score] of scores.entries()) {
    // Before the onset it has nothing to find, and an oracle raises no false alarm.
    s = t < onset ? 0 : Math.max(0, s + score);
    if (s >= LIMIT) return t - onset + 1;
  }
  return null;
}

function shareScores({ counts, before, after }: Known, onset: number): readonly number[] {
  const past = counts.slice(0, onset);
  const n = past.reduce((sum, week) => sum + week.n, 0);
  const p0 = before ?? past.reduce((sum, week) => sum + week.x, 0) / n;
  const p1 = after(p0);
  const event = Math.log(p1 / p0);
  const none = Math.log((1 - p1) / (1 - p0));
  return counts.map((week) => week.x * event + (week.n - week.x) * none);
}

function knownOf(scenario: ScenarioName, problem: Problem, reading: Reading): Known {
  const { model_id, drawn } = problem;
  const weekly = (
    view: Parameters<Reading['of']>[0],
    keep: Parameters<Reading['of']>[1],
    slice: readonly (string | null)[],
    above: readonly string[],
    below: readonly string[],
  ) => {
    const found = reading
      .of(view, keep)
      .find((one) => slice.every((value, i) => value === one.slice[i]));
    const count = (counts: Counts) => ({ x: total(counts, ...above), n: total(counts, ...below) });
    return (found?.weeks ?? []).map(count);
  };
  const adoption = (keep: Parameters<Reading['of']>[1], slice: readonly (string | null)[]) =>
    weekly('monitor-adoption', keep, slice, FOLLOWED, DECIDED);
  const labelled = (above: readonly string[], below: readonly string[]) =>
    weekly('monitor-labelled', ['model'], [model_id], above, below);
  const usual = undefined;
  switch (scenario) {
    case 'silent-death':
      return {
        counts: weekly('monitor-reach', ['model'], [model_id], ['displayed'], ['fired']),
        before: usual,
        after: (p) => p * (1 - 3 / (drawn.weeksToZero ?? 26)),
      };
    case 'low-value-alert':
      return {
        counts: labelled(['tp'], ['tp', 'fn']),
        before: 0.82,
        after: () => drawn.sensitivity ?? 0,
      };
    case 'under-triage':
      return {
        counts: labelled(['critical missed'], ['critical']),
        before: usual,
        after: () => drawn.missed ?? 0,
      };
    case 'site-shift':
      return {
        counts: weekly(
          'monitor-labelled',
          ['model', 'site'],
          [model_id, problem.site],
          ['tp', 'tn'],
          ['tp', 'tn', 'fp', 'fn'],
        ),
        before: drawn.trained,
        after: () => drawn.accuracy ?? 0,
      };
    case 'already-treated':
      return {
        counts: weekly(
          'monitor-reasons',
          ['model'],
          [model_id],
          [`reason ${problem.reason}`],
          ['overridden'],
        ),
        before: usual,
        // Of 100 alerts 40 are for the treated; of the other 60 about a third is overridden.
        after: () =>
          ((drawn.treated ?? 0) * (drawn.sameReason ?? 1)) / ((drawn.treated ?? 0) + 0.6 / 3),
      };
    case 'rubber-stamping':
      return {
        counts: weekly(
          'monitor-response-time',
          ['model'],
          [model_id],
          ['fast-followed'],
          ['timed'],
        ),
        before: usual,
        after: (p) => p + (0.9 * (drawn.hurried ?? 0)) / (drawn.clinicians ?? 1),
      };
    case 'response-inequity': {
      const group = `${problem.group?.dimension} ${problem.group?.value}\u001f`;
      return {
        counts: weekly(
          'monitor-equity',
          ['model'],
          [model_id],
          [`${group}followed`],
          [`${group}decided`],
        ),
        before: usual,
        after: (p) => p * (drawn.ratio ?? 1),
      };
    }
    case 'outlier-unit':
      return {
        counts: adoption(['model', 'unit'], [model_id, problem.unit]),
        before: usual,
        after: (p) => byOdds(p, drawn.oddsRatio ?? 1),
      };
    default:
      return {
        counts: adoption(['model'], [model_id]),
        before: usual,
        after: (p) => p - (drawn.pointsLost ?? 0),
      };
  }
}

/** Knows how the odds fall with exposure; the level is that of all answers with few exposures. */
function fatigueScores(
  reading: Reading,
  { model_id, drawn }: Problem,
  onset: number,
): readonly number[] {
  const weeks =
    reading.of('monitor-fatigue', ['model']).find(({ slice }) => slice[0] === model_id)?.weeks ??
    [];
  const half = drawn.exposuresToHalf ?? 200;
  const all = weeks.slice(onset).flatMap(cellsOf);
  const early = all.filter(({ seen }) => seen < half / 20);
  const p0 = early.reduce((sum, { y }) => sum + y, 0) / early.reduce((sum, { n }) => sum + n, 0);
  return weeks.map((week) =>
    cellsOf(week).reduce((sum, { seen, n, y }) => {
      const p1 = byOdds(p0, 0.5 ** (Math.min(seen, half) / half));
      return sum + y * Math.log(p1 / p0) + (n - y) * Math.log((1 - p1) / (1 - p0));
    }, 0),
  );
}

/** Answers by earlier exposures; steps are quarters of a doubling. */
const cellsOf = (counts: Counts) =>
  [...counts.values()].flatMap((cells) =>
    [...cells]
      .filter(([cell]) => cell.startsWith('n '))
      .map(([cell, n]) => ({
        seen: 2 ** ((Number(cell.split('@')[1]) + 0.5) / 4) - 1,
        n,
        y: cells.get(`y ${cell.slice(2)}`) ?? 0,
      })),
  );
