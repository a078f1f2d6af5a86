import { simulate } from '#src/domain/simulate/simulate.ts';
import type { Problem, ScenarioName } from '#src/domain/simulate/simulation.ts';
import type { TableRow } from '#src/domain/tables/schema.ts';
import { rowsOf, type WeeklyRows } from './rows.ts';

type Decision = TableRow<'decisions'>;

/** Rows of the model in trouble, before it began and after. */
export interface Played {
  readonly problem: Problem;
  readonly before: WeeklyRows;
  readonly after: WeeklyRows;
}

export function play(scenario: ScenarioName, seed: number): Played {
  const made = simulate({ scenario, seed, weeks: 24, perWeek: 350, start: '2026-01-05' });
  const [problem] = made.problems;
  if (!problem) throw new Error('nothing is wrong');
  const weeks = [...made.weeks()];
  const part = (wanted: (week: string) => boolean) => {
    const rows = rowsOf({ weeks: () => weeks.filter(({ week }) => wanted(week)) });
    const mine = <R extends { readonly model_id: string | null }>(all: readonly R[]) =>
      all.filter(({ model_id }) => model_id === problem.model_id);
    return {
      ...rows,
      scores: mine(rows.scores),
      recommendations: mine(rows.recommendations),
      exposures: mine(rows.exposures),
      decisions: mine(rows.decisions).filter(
        (row) => row.is_head === true && row.response !== 'deferred',
      ),
    };
  };
  return {
    problem,
    before: part((week) => week < problem.onset),
    after: part((week) => week >= problem.onset),
  };
}

/** A share with what is needed to judge it. */
export interface Share {
  readonly p: number;
  readonly n: number;
}

export function share<R>(rows: readonly R[], is: (row: R) => boolean): Share {
  return { n: rows.length, p: rows.filter(is).length / rows.length };
}

export const isFollowed = ({ response }: Decision): boolean =>
  response === 'accepted' || response === 'accepted-modified';

export const followed = (rows: readonly Decision[]): Share => share(rows, isFollowed);

export const odds = ({ p }: Share): number => p / (1 - p);

/** Standard error of a log odds ratio of independent rows. */
export const errorOfLogOdds = (...shares: readonly Share[]): number =>
  Math.sqrt(shares.reduce((sum, { p, n }) => sum + 1 / (n * p * (1 - p)), 0));
