import { type Browser, chromium } from '@playwright/test';
import { startStage } from '#src/cli/stage.ts';
import { findBrowser } from '#tests/support/browser.ts';
import { buildAll } from '#tests/support/build-all.ts';
import { measureDrain } from './drain.ts';
import { measureDurable } from './durable.ts';
import { measurePayload } from './launch-payload.ts';
import { machine } from './machine.ts';
import { ARMING_MS } from './marks.ts';
import { type Result, report } from './report.ts';
import { measureRounds } from './request-rounds.ts';
import type { Section } from './section.ts';
import { startEmptyStage } from './stages.ts';
import { type Launches, oneRun, summary, THROTTLE } from './time-to-card.ts';

/**
 * Sizes, rounds and times of a clinician's launch, in one run, so that what is compared was measured
 * on the same machine in the same minutes.
 */
export async function benchLaunch(quick: boolean): Promise<Section<Result>> {
  const runs = quick ? 3 : 9;
  buildAll();
  const executablePath = findBrowser();
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: ['--no-sandbox', '--disable-gpu'],
  });
  const app = await startStage({ port: 0, seed: 1 });
  const empty = await startEmptyStage();
  const forgetful = await startStage({ port: 0, seed: 1, site: { deviceStorage: 'none' } });
  const stages = { browser, app, empty };
  try {
    const payload = await measurePayload(browser, app);
    const rounds = await measureRounds(browser, app);
    const throttled = await interleaved(stages, runs, THROTTLE);
    const free = await interleaved(stages, Math.min(runs, 5), 1);
    const durable = await measureDurable(
      browser,
      { persistent: app, forgetful },
      { runs, throttle: THROTTLE },
    );
    const drain = await measureDrain(browser, app, quick ? 200 : 1000);
    const result: Result = {
      machine: machine(browser.version()),
      payload,
      rounds,
      throttle: THROTTLE,
      armingMs: ARMING_MS,
      cold: timed(throttled, 'cold'),
      warm: timed(throttled, 'warm'),
      unthrottled: timed(free, 'cold'),
      durable,
      drain,
    };
    return { result, text: report(result) };
  } finally {
    await browser.close();
    await app.close();
    await empty.close();
    await forgetful.close();
  }
}

interface Stages {
  readonly browser: Browser;
  readonly app: Awaited<ReturnType<typeof startStage>>;
  readonly empty: Awaited<ReturnType<typeof startEmptyStage>>;
}

type Series = Readonly<Record<'app' | 'empty', Launches[]>>;

/** One and the other in turn: what else the machine does meets both. */
async function interleaved(
  { browser, app, empty }: Stages,
  runs: number,
  throttle: number,
): Promise<Series> {
  const series: Series = { app: [], empty: [] };
  // The first pair warms up servers and browser and is not counted.
  for (let run = 0; run <= runs; run++) {
    const one = await oneRun(browser, app, 'app', throttle);
    const other = await oneRun(browser, empty, 'empty', throttle);
    if (run === 0) continue;
    series.app.push(one);
    series.empty.push(other);
    process.stderr.write(
      `${throttle}× ${run}/${runs}: app ${Math.round(one.cold.usable)} ms, empty ${Math.round(other.cold.usable)} ms\n`,
    );
  }
  return series;
}

function timed(series: Series, which: keyof Launches) {
  return {
    app: summary(series.app.map((launches) => launches[which])),
    empty: summary(series.empty.map((launches) => launches[which])),
  };
}
