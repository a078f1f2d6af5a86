import fc from 'fast-check';
import { liveThrough } from './live-through.ts';
import { day, type Operation } from './operations.ts';
import { judge, recover, type Verdict } from './verdict.ts';
import { World, type WorldOptions } from './world.ts';

const FIRST = { user: 'ada', patient: 'p1', anyPatient: false };

/** One world from its first answer to its recovery. */
export async function runDay(
  options: WorldOptions,
  operations: readonly Operation[],
): Promise<Verdict> {
  const world = new World(options);
  for (const operation of operations) {
    if (world.living.length === 0) await world.open(FIRST);
    await liveThrough(world, operation);
  }
  await recover(world);
  const verdict = await judge(world);
  for (const tab of world.tabs) tab.kill();
  await world.settle();
  return verdict;
}

const COUNTS = [
  'decisions',
  'lost',
  'doubled',
  'wrongPatient',
  'wrongContent',
  'stuck',
  'surplus',
] as const;
export type Totals = Record<(typeof COUNTS)[number], number>;

export const mistakes = (totals: Totals): number =>
  totals.lost + totals.doubled + totals.wrongPatient + totals.wrongContent + totals.stuck;

export interface Runs extends Omit<WorldOptions, 'seed'> {
  readonly decisions: number;
  readonly seed: number;
  /** Steps of one day, at most. */
  readonly length?: number;
  readonly onDay?: (totals: Totals, verdict: Verdict, seed: number) => void;
}

/** Days until so many decisions were made; each can be repeated by its own seed. */
export async function runDays({ decisions, seed, length = 60, onDay, ...options }: Runs) {
  const totals: Totals = {
    decisions: 0,
    lost: 0,
    doubled: 0,
    wrongPatient: 0,
    wrongContent: 0,
    stuck: 0,
    surplus: 0,
  };
  for (let daySeed = seed; totals.decisions < decisions; daySeed++) {
    const [operations = []] = fc.sample(day(length), { numRuns: 1, seed: daySeed });
    const verdict = await runDay({ ...options, seed: daySeed + 1 }, operations);
    for (const name of COUNTS) totals[name] += verdict[name];
    onDay?.(totals, verdict, daySeed);
  }
  return totals;
}
