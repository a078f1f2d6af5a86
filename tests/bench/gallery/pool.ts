import { Worker } from 'node:worker_threads';
import type { Outcome, Task } from './judge-one.ts';

/** Rows live for a week each: with little room for the young, half of the time goes into collecting. */
const YOUNG_MB = 128;

/** Tasks on as many threads as there are processors, in any order. Fails with the first that fails. */
export async function runAll(
  tasks: readonly Task[],
  threads: number,
  done: (outcome: Outcome) => void,
): Promise<void> {
  const left = [...tasks];
  const work = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL('worker.ts', import.meta.url), {
        resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
      });
      const next = (): void => {
        const task = left.shift();
        if (task) worker.postMessage(task);
        else void worker.terminate().then(() => resolve());
      };
      worker.on('error', reject);
      worker.on('message', (outcome: Outcome) => {
        done(outcome);
        next();
      });
      next();
    });
  await Promise.all(Array.from({ length: Math.min(threads, tasks.length) }, work));
}
