import { BroadcastChannel } from 'node:worker_threads';
import { type RunnerTask, type RunnerTestCase, type RunnerTestFile, TestRunner } from 'vitest';
import {
  CHANNEL,
  type Order,
  READY,
  type Report,
  type StrykerGlobal,
  type TestOutcome,
} from './protocol.ts';

const NAMESPACE = '__stryker__';

/** Collects the tests as vitest does, runs none of them by itself, and then runs what it is told to. */
export class ResidentRunner extends TestRunner {
  async runTask(): Promise<void> {
    // Each order runs tests by itself.
  }

  override async onAfterRunFiles(files: RunnerTestFile[]): Promise<void> {
    const tests = new Map<string, RunnerTestCase>();
    for (const test of files.flatMap(casesOf)) tests.set(idOf(test, tests), test);
    const channel = new BroadcastChannel(CHANNEL);
    await new Promise<void>(() => {
      channel.onmessage = async ({ data }) => channel.postMessage(await run(tests, data as Order));
      channel.postMessage(READY);
    });
  }
}

const casesOf = (task: RunnerTask): RunnerTestCase[] =>
  task.type === 'test' ? [task] : task.tasks.flatMap(casesOf);

function idOf(test: RunnerTestCase, taken: ReadonlyMap<string, unknown>): string {
  const { fullTestName: name } = test;
  let id = name;
  for (let copy = 2; taken.has(id); copy += 1) id = `${name} (${copy})`;
  return id;
}

function strykerGlobal(): StrykerGlobal {
  const holder = globalThis as unknown as Record<string, StrykerGlobal | undefined>;
  holder[NAMESPACE] ??= {};
  return holder[NAMESPACE];
}

const lasted = new Map<string, number>();
/** Most mutants die of a quick test; the slow ones are for those that live. */
const quickestFirst = (a: string, b: string): number => (lasted.get(a) ?? 0) - (lasted.get(b) ?? 0);

async function run(tests: ReadonlyMap<string, RunnerTestCase>, order: Order): Promise<Report> {
  const stryker = strykerGlobal();
  stryker.activeMutant = order.mutant;
  stryker.hitLimit = order.hitLimit;
  stryker.hitCount = order.hitLimit === undefined ? undefined : 0;
  const outcomes: TestOutcome[] = [];
  for (const id of (order.tests ?? [...tests.keys()]).toSorted(quickestFirst)) {
    const test = tests.get(id);
    if (!test || test.mode === 'skip') continue;
    stryker.currentTestId = order.mutant === undefined ? id : undefined;
    const outcome = await runOne(id, test);
    outcomes.push(outcome);
    if (order.mutant === undefined) lasted.set(id, outcome.timeSpentMs);
    if (outcome.failure !== undefined && order.stopAtFirst) break;
  }
  stryker.currentTestId = undefined;
  stryker.activeMutant = undefined;
  const { hitCount = 0, hitLimit = Number.POSITIVE_INFINITY } = stryker;
  return {
    seq: order.seq,
    outcomes,
    endless: hitCount > hitLimit,
    ...(order.mutant === undefined && { coverage: stryker.mutantCoverage }),
  };
}

async function runOne(id: string, test: RunnerTestCase): Promise<TestOutcome> {
  const started = performance.now();
  const told = { id, name: id };
  try {
    await TestRunner.getTestFn(test)();
    return { ...told, timeSpentMs: performance.now() - started };
  } catch (cause) {
    const failure = cause instanceof Error ? cause.message : String(cause);
    return { ...told, timeSpentMs: performance.now() - started, failure: failure || 'failed' };
  }
}

// biome-ignore lint/style/noDefaultExport: vitest takes a runner by its default export.
export default ResidentRunner;
