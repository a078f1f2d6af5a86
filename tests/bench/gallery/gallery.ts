import { availableParallelism } from 'node:os';
import { SCENARIOS, type ScenarioName } from '#src/domain/simulate/simulation.ts';
import { machine } from '../machine.ts';
import type { Section } from '../section.ts';
import type { Task } from './judge-one.ts';
import { keptOutcomes } from './kept.ts';
import { runAll } from './pool.ts';
import { SEEDS, type SeedKind } from './seeds.ts';
import { type Row, rowOf, tableOf } from './summary.ts';

export interface GalleryOptions {
  readonly seeds: number;
  readonly kind: SeedKind;
  readonly scenarios: readonly ScenarioName[];
}

/** `hospital` shows a dashboard and is not judged. */
export const GALLERY = SCENARIOS.filter((name) => name !== 'hospital');
const PER_WEEK = [1_000, 100] as const;
const QUICK_SEEDS = 5;
const TOLD_EVERY = 10;

/** The section of `npm run bench`: every failure, how often and how soon it was found, and false alarms. */
export async function benchGallery(
  quick: boolean,
  { seeds, kind, scenarios }: GalleryOptions,
): Promise<Section<readonly Row[]>> {
  const count = quick ? QUICK_SEEDS : Math.min(seeds, SEEDS[kind].most);
  // What has a target first: a bench that is stopped has that at least.
  const tasks = PER_WEEK.flatMap((perWeek) =>
    Array.from({ length: count }, (_, i) => SEEDS[kind].first + i).flatMap((seed) =>
      scenarios.map((scenario): Task => ({ scenario, seed, perWeek })),
    ),
  );
  const kept = keptOutcomes();
  const open = tasks.filter((task) => !kept.get(task));
  const tell = (words: string) => process.stderr.write(`${words}\n`);
  tell(`gallery: ${tasks.length} runs, ${tasks.length - open.length} of them known (${kept.file})`);
  let done = 0;
  const began = performance.now();
  await runAll(open, availableParallelism(), (outcome) => {
    kept.add(outcome);
    done++;
    if (done % TOLD_EVERY !== 0) return;
    const left = ((performance.now() - began) / done) * (open.length - done);
    tell(`gallery: ${done} of ${open.length}, about ${Math.ceil(left / 60_000)} min left`);
  });
  const rows = PER_WEEK.flatMap((perWeek) =>
    scenarios.map((scenario) =>
      rowOf(
        tasks
          .filter((task) => task.perWeek === perWeek && task.scenario === scenario)
          .flatMap((task) => kept.get(task) ?? []),
      ),
    ),
  );
  const { cpu, cores, memoryGb, node, at } = machine('–');
  const text = [
    `The gallery of failures, ${kind} seeds ${SEEDS[kind].first} to ${SEEDS[kind].first + count - 1}; delays in weeks`,
    tableOf(rows),
    `${cpu}, ${cores} cores, ${memoryGb} GB, Node ${node}, ${at.slice(0, 10)}`,
    '',
  ].join('\n');
  return { result: rows, text };
}
