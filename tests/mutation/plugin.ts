import { BroadcastChannel } from 'node:worker_threads';
import { createVitest, type Vitest } from 'vitest/node';
import { CHANNEL, type Order, READY, type Report } from './protocol.ts';

interface Options {
  readonly testFilter?: readonly string[];
  readonly hitLimit?: number;
  readonly disableBail?: boolean;
  readonly activeMutant?: { readonly id: string };
}

// What Stryker's API calls TestStatus.
const SUCCESS = 0;
const FAILED = 1;

// Mutants between two runs of all tests without any.
const CONTROL_EVERY = 500;

/**
 * Stryker's own runner starts vitest anew for each mutant: seconds each, hours for a layer. Our pure
 * layers need no fresh process. This one loads all tests once and switches mutants under them.
 */
class ResidentTestRunner {
  #vitest: Vitest | undefined;
  #channel: BroadcastChannel | undefined;
  #seq = 0;
  #judged = 0;

  /** Nothing to reload: with `ignoreStatic` each mutant is switched on while its tests run. */
  capabilities() {
    return { reloadEnvironment: true };
  }

  async init(): Promise<void> {
    const channel = new BroadcastChannel(CHANNEL);
    this.#channel = channel;
    const ready = new Promise<void>((resolve) => {
      channel.onmessage = ({ data }) => data === READY && resolve();
    });
    this.#vitest = await createVitest('test', {
      config: 'tests/mutation/vitest.config.ts',
      watch: false,
      reporters: [{}],
    });
    const started = this.#vitest.start();
    const ended = started.then(() => {
      throw new Error('The tests could not be collected: run them with vitest first.');
    });
    await Promise.race([ready, ended]);
    // Ends with this process, and its end is nobody's concern from here on.
    ended.catch(() => undefined);
  }

  async dryRun() {
    const { outcomes, coverage } = await this.#order({ stopAtFirst: false });
    const tests = outcomes.map(({ failure, ...told }) =>
      failure === undefined
        ? { ...told, status: SUCCESS }
        : { ...told, status: FAILED, failureMessage: failure },
    );
    return { status: 'complete', tests, mutantCoverage: coverage };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit, disableBail = false }: Options) {
    this.#judged += 1;
    const harmed = this.#judged % CONTROL_EVERY === 0 ? await this.#harmed() : [];
    // Counted under "errors" in the report: from here on the score would mean nothing.
    if (harmed.length > 0)
      return { status: 'error', errorMessage: `No mutant is on, and yet: ${harmed.join('; ')}` };
    const { outcomes, endless } = await this.#order({
      mutant: activeMutant?.id,
      tests: testFilter,
      hitLimit,
      stopAtFirst: !disableBail,
    });
    if (endless) return { status: 'timeout', reason: 'It never ends.' };
    const failed = outcomes.filter((one) => one.failure !== undefined);
    const nrOfTests = outcomes.length;
    return failed.length === 0
      ? { status: 'survived', nrOfTests }
      : {
          status: 'killed',
          killedBy: failed.map((one) => one.id),
          failureMessage: failed[0]?.failure ?? '',
          nrOfTests,
        };
  }

  /** Tests that fail with no mutant on: then one of them left something behind in memory. */
  async #harmed(): Promise<readonly string[]> {
    const { outcomes } = await this.#order({ stopAtFirst: false });
    return outcomes.filter((one) => one.failure !== undefined).map((one) => one.id);
  }

  #order(order: Omit<Order, 'seq'>): Promise<Report> {
    const channel = this.#channel;
    if (!channel) throw new Error('init comes first.');
    const seq = ++this.#seq;
    return new Promise((resolve) => {
      channel.onmessage = ({ data }) => {
        if ((data as Report).seq === seq && 'outcomes' in (data as Report)) resolve(data as Report);
      };
      channel.postMessage({ seq, ...order });
    });
  }

  async dispose(): Promise<void> {
    this.#channel?.close();
    // Its worker waits for orders and would be waited for.
    setTimeout(() => process.exit(0), 500).unref();
  }
}

export const strykerPlugins = [
  { kind: 'TestRunner', name: 'resident', injectableClass: ResidentTestRunner },
];
