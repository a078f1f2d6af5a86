import { type Browser, chromium } from '@playwright/test';
import { findBrowser } from '#tests/support/browser.ts';
import { buildAll } from '#tests/support/build-all.ts';
import { type BenchHistory, benchHistory } from './dashboard/history.ts';
import { type Opening, openOnce } from './dashboard/open.ts';
import { type DashboardStage, startDashboard } from './dashboard/stage.ts';
import { machine, median, quartiles } from './machine.ts';
import type { Section } from './section.ts';

const FEW = 1_000;
const MANY = 1_000_000;
/** For a look in a minute: not the size that is promised. */
const QUICK_MANY = 20_000;
const MOST_TIMES = 1.5;
const MOST_MORE_KB = 300;

interface Measured {
  readonly history: BenchHistory;
  readonly ms: number;
  readonly quartiles: readonly [number, number];
  readonly kb: number;
  readonly fhirKb: number;
  readonly requests: number;
}

interface Result {
  readonly machine: ReturnType<typeof machine>;
  readonly runs: number;
  readonly few: Measured;
  readonly many: Measured;
  readonly ratio: number;
  readonly moreKb: number;
}

/** Whether opening the dashboard costs more where there is more history. */
export async function benchDashboard(quick: boolean): Promise<Section<Result>> {
  const runs = quick ? 3 : 9;
  buildAll();
  const now = Date.now();
  const few = await startDashboard(await benchHistory(FEW, now));
  const many = await startDashboard(await benchHistory(quick ? QUICK_MANY : MANY, now));
  const executablePath = findBrowser();
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    const [a, b] = await interleaved(browser, few, many, runs);
    const result: Result = {
      machine: machine(browser.version()),
      runs,
      few: summary(few, a),
      many: summary(many, b),
      ratio: median(b.map(({ ms }) => ms)) / median(a.map(({ ms }) => ms)),
      moreKb: (median(b.map(({ bytes }) => bytes)) - median(a.map(({ bytes }) => bytes))) / 1_000,
    };
    return { result, text: report(result) };
  } finally {
    await browser.close();
    await few.close();
    await many.close();
  }
}

/** One after the other, so that both meet the same weather; the first of each is to warm up. */
async function interleaved(
  browser: Browser,
  few: DashboardStage,
  many: DashboardStage,
  runs: number,
): Promise<readonly [Opening[], Opening[]]> {
  const [a, b]: [Opening[], Opening[]] = [[], []];
  for (let run = 0; run <= runs; run += 1) {
    const [one, other] = [await openOnce(browser, few), await openOnce(browser, many)];
    if (run === 0) continue;
    a.push(one);
    b.push(other);
  }
  return [a, b];
}

function summary({ history }: DashboardStage, all: readonly Opening[]): Measured {
  const times = all.map(({ ms }) => Math.round(ms));
  const [low, high] = quartiles(times);
  return {
    history,
    ms: Math.round(median(times)),
    quartiles: [Math.round(low), Math.round(high)],
    kb: median(all.map(({ bytes }) => bytes)) / 1_000,
    fhirKb: median(all.map(({ fhirBytes }) => fhirBytes)) / 1_000,
    requests: median(all.map(({ requests }) => requests)),
  };
}

function report({ machine: box, runs, few, many, ratio, moreKb }: Result): string {
  const within = (ok: boolean) => (ok ? 'within' : 'OVER');
  return [
    `${box.cpu}, ${box.cores} cores, ${box.memoryGb} GB, Node ${box.node}, Chromium ${box.chromium}, ${box.at}`,
    '',
    `Opening the dashboard: end of the sign-in → signals and first chart; ${runs} runs each, interleaved, medians`,
    line(few),
    line(many),
    `  ratio ${ratio.toFixed(2)} (${within(ratio <= MOST_TIMES)} ${MOST_TIMES}), ${moreKb.toFixed(0)} kB more (${within(moreKb <= MOST_MORE_KB)} ${MOST_MORE_KB} kB)`,
    '',
  ].join('\n');
}

function line({ history, ms, quartiles: [low, high], kb, fhirKb, requests }: Measured): string {
  const { decisions, bytes, seconds } = history;
  const size = `${decisions.toLocaleString('en').padStart(9)} answers on disk (${Math.round(bytes / 1e6)} MB, made in ${seconds} s)`;
  return `  ${size}: ${ms} ms (quartiles ${low}–${high}), ${kb.toFixed(0)} kB in ${requests} requests, ${fhirKb.toFixed(0)} kB of it FHIR`;
}
