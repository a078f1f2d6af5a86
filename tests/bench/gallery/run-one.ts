import { simulate } from '#src/domain/simulate/simulate.ts';
import { aggregatesOf } from './aggregate-run.ts';
import { judgeOne, type Outcome, START, type Task } from './judge-one.ts';

/** Ten ordinary weeks or more, then twenty in which it can be found. */
const WEEKS = 40;
const HEALTHY_WEEKS = 52;

/** One simulated hospital, watched as it would be. Deterministic but for `ms`. */
export function runOne(task: Task): Outcome {
  const began = performance.now();
  const weeks = task.scenario === 'healthy' ? HEALTHY_WEEKS : WEEKS;
  const simulation = simulate({ ...task, weeks, start: START });
  const models = new Set(simulation.standing.models?.map(({ model_id }) => model_id)).size;
  const aggregates = aggregatesOf(simulation);
  const outcome = judgeOne(task, { aggregates, problem: simulation.problems[0], models, weeks });
  return { ...outcome, ms: performance.now() - began };
}
