import { simulate } from '#src/domain/simulate/simulate.ts';
import { aggregatesOf } from './aggregate-run.ts';
import {
  judgeOne,
  mondayAfter,
  type Outcome,
  START,
  type Task,
  weeksBefore,
  withinOf,
} from './judge-one.ts';

/** Ten ordinary weeks or more, then twenty in which it can be found. */
const WEEKS = 36;
const HEALTHY_WEEKS = 52;

/** One simulated hospital, watched as it would be, until it is too late. Deterministic but for `ms`. */
export function runOne(task: Task): Outcome {
  const began = performance.now();
  const healthy = task.scenario === 'healthy';
  const simulation = simulate({ ...task, weeks: healthy ? HEALTHY_WEEKS : WEEKS, start: START });
  const [problem] = simulation.problems;
  const weeks = problem ? weeksBefore(problem.onset) + withinOf(task.scenario) : HEALTHY_WEEKS;
  const models = new Set(simulation.standing.models?.map(({ model_id }) => model_id)).size;
  const aggregates = aggregatesOf(simulation, mondayAfter(weeks));
  const outcome = judgeOne(task, { aggregates, problem, models, weeks });
  return { ...outcome, ms: performance.now() - began };
}
