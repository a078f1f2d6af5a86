import { wilson } from '#src/domain/statistics/wilson.ts';
import type { Outcome } from './judge-one.ts';

const WEEKS_PER_YEAR = 52;

/** One line of the table. Shares 0–1, delays in weeks. */
export interface Row {
  readonly scenario: string;
  readonly perWeek: number;
  readonly runs: number;
  readonly found: number;
  readonly attributed: number;
  /** 95 %, of the share that was found and attributed. */
  readonly low: number;
  readonly median: number | null;
  readonly p90: number | null;
  /** Median delay by that of the oracle. */
  readonly ratio: number | null;
  /** Signals of what is well, per model-year. */
  readonly falseAlarms: number;
  readonly modelYears: number;
  /** Other signals of the model in trouble, per run. */
  readonly beside: number;
}

export function rowOf(outcomes: readonly Outcome[]): Row {
  const runs = outcomes.length;
  const delays = outcomes.map(({ delay }) => delay ?? Infinity);
  const median = quantile(delays, 0.5);
  const oracle = quantile(
    outcomes.map((each) => each.oracle ?? Infinity),
    0.5,
  );
  const attributed = outcomes.filter((each) => each.attributed).length;
  const modelYears = sum(outcomes, ({ modelWeeks }) => modelWeeks) / WEEKS_PER_YEAR;
  return {
    scenario: outcomes[0]?.scenario ?? '',
    perWeek: outcomes[0]?.perWeek ?? 0,
    runs,
    found: delays.filter(Number.isFinite).length / runs,
    attributed: attributed / runs,
    low: wilson(attributed, runs)?.low ?? 0,
    median,
    p90: quantile(delays, 0.9),
    ratio: median !== null && oracle !== null ? median / oracle : null,
    falseAlarms: sum(outcomes, (each) => each.falseAlarms.length) / modelYears,
    modelYears,
    beside: sum(outcomes, (each) => each.beside.length) / runs,
  };
}

const sum = <T>(all: readonly T[], of: (one: T) => number): number =>
  all.reduce((total, one) => total + of(one), 0);

/** Not in time is later than everything; null where the quantile was not in time. */
function quantile(values: readonly number[], p: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const found = sorted[Math.ceil(p * sorted.length) - 1] ?? Infinity;
  return Number.isFinite(found) ? found : null;
}

const HEADER =
  'scenario            rows/wk runs  found  right  (from)  median  p90  × oracle  false/model-year  beside/run';

export const tableOf = (rows: readonly Row[]): string => [HEADER, ...rows.map(lineOf)].join('\n');

function lineOf(row: Row): string {
  const healthy = row.scenario === 'healthy';
  const percent = (share: number) => (healthy ? '–' : `${(100 * share).toFixed(1)}%`);
  const weeks = (value: number | null) => (value === null ? '–' : String(value));
  return [
    row.scenario.padEnd(19),
    String(row.perWeek).padStart(7),
    String(row.runs).padStart(5),
    percent(row.found).padStart(6),
    percent(row.attributed).padStart(6),
    percent(row.low).padStart(7),
    weeks(row.median).padStart(7),
    weeks(row.p90).padStart(4),
    (row.ratio?.toFixed(1) ?? '–').padStart(9),
    row.falseAlarms.toFixed(3).padStart(17),
    row.beside.toFixed(2).padStart(11),
  ].join(' ');
}
