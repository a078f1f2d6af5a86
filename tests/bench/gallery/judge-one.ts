import type { Aggregates } from '#src/domain/aggregates/aggregates.ts';
import { monitor } from '#src/domain/monitoring/monitor.ts';
import type { Signal } from '#src/domain/monitoring/signal.ts';
import type { Problem, ScenarioName } from '#src/domain/simulate/simulation.ts';
import { oracleDelay } from './oracle.ts';

const WEEK_MS = 7 * 86_400_000;
/** Monday of every simulated first week. */
export const START = '2026-01-05';
/** In which a failure must be found, counted from its onset; use has fallen by 80 % after 21 of 26. */
const WITHIN: Partial<Readonly<Record<ScenarioName, number>>> = { 'silent-death': 20 };
const WITHIN_WEEKS = 12;
export const withinOf = (scenario: ScenarioName): number => WITHIN[scenario] ?? WITHIN_WEEKS;

/** Monday after so many weeks, and how many there are before a Monday. */
export const mondayAfter = (weeks: number): string =>
  new Date(Date.parse(START) + weeks * WEEK_MS).toISOString().slice(0, 10);
export const weeksBefore = (monday: string): number =>
  Math.round((Date.parse(monday) - Date.parse(START)) / WEEK_MS);

export interface Task {
  readonly scenario: ScenarioName;
  readonly seed: number;
  readonly perWeek: number;
}

export interface Outcome extends Task {
  /** Weeks from onset to the end of the week that raised it; null: not in time. All signals that must. */
  readonly delay: number | null;
  /** The signals that were raised first name what is true. */
  readonly attributed: boolean;
  readonly oracle: number | null;
  /** Names of signals beside: of the model with the trouble, after its onset; of anything that is well. */
  readonly beside: readonly string[];
  readonly falseAlarms: readonly string[];
  /** Model-weeks in which false alarms could be raised. */
  readonly modelWeeks: number;
  readonly ms: number;
}

/** What a simulated hospital has, and what only the simulator knows of it. */
export interface Watched {
  readonly aggregates: Aggregates;
  readonly problem: Problem | undefined;
  readonly models: number;
  readonly weeks: number;
}

export function judgeOne(
  task: Task,
  { aggregates, problem, models, weeks }: Watched,
): Omit<Outcome, 'ms'> {
  // A week is read a day after its end.
  const asOf = mondayAfter(weeks + 1 / 7);
  const signals = monitor(aggregates, { asOf });
  const concerned = signals.filter((signal) => problem && concerns(signal, problem));
  return {
    ...task,
    ...(problem
      ? judged(signals, problem, withinOf(task.scenario))
      : { delay: null, attributed: false }),
    oracle: problem ? oracleDelay(task.scenario, problem, aggregates, asOf) : null,
    beside: concerned.filter(({ name }) => !problem?.signals.includes(name)).map(inWords),
    falseAlarms: signals.filter((signal) => !concerned.includes(signal)).map(inWords),
    modelWeeks: (models - (problem ? 1 : 0)) * weeks,
  };
}

const inWords = ({ name, ...place }: Signal): string =>
  [
    name,
    place.model_id,
    place.model_version,
    place.site,
    place.unit,
    place.group?.value,
    place.reason,
    place.raisedAt,
  ]
    .filter((part) => part !== null && part !== undefined)
    .join(' ');

/** Of the same model and not before it began. */
const concerns = (signal: Signal, { model_id, onset }: Problem): boolean =>
  signal.model_id === model_id && signal.raisedAt >= onset;

function judged(signals: readonly Signal[], problem: Problem, within: number) {
  const firsts = problem.signals.map((name) => {
    const same = signals.filter((one) => one.name === name && one.model_id === problem.model_id);
    const [first] = same.toSorted(
      (a, b) =>
        Date.parse(a.raisedAt) - Date.parse(b.raisedAt) ||
        b.statistic - b.limit - (a.statistic - a.limit),
    );
    return first;
  });
  const delays = firsts.map((first) =>
    first ? (Date.parse(first.raisedAt) - Date.parse(problem.onset)) / WEEK_MS + 1 : Infinity,
  );
  const worst = Math.max(...delays);
  const inTime = worst <= within && Math.min(...delays) >= 1;
  return {
    delay: inTime ? worst : null,
    attributed: inTime && firsts.every((first) => first !== undefined && names(first, problem)),
  };
}

const names = (signal: Signal, problem: Problem): boolean =>
  (problem.model_version === null || signal.model_version === problem.model_version) &&
  (problem.site === null || signal.site === problem.site) &&
  (problem.unit === null || signal.unit === problem.unit) &&
  (problem.reason === null || signal.reason === problem.reason) &&
  (problem.group === null ||
    (signal.group?.dimension === problem.group.dimension &&
      signal.group.value === problem.group.value));
