import type { Browser } from '@playwright/test';
import type { Stage } from '#tests/e2e/stage.ts';
import { firstAccept } from './first-accept.ts';

/** How far a server is away in the comparison. */
export const SERVER_MS = 300;
const CREATE = { method: 'POST', path: '/fhir/Observation' } as const;

export interface Durable {
  readonly runs: number;
  readonly throttle: number;
  /** From the click until the card says `Saved on this device`, ms. */
  readonly saved: Percentiles;
  /** The same click on a device that keeps nothing, until the card says `Sent`. */
  readonly awaited: Percentiles;
}

export interface Percentiles {
  readonly p50: number;
  readonly p95: number;
}

interface Stages {
  readonly persistent: Stage;
  /** The same, but with `deviceStorage: none`: an answer is only safe once the server has it. */
  readonly forgetful: Stage;
}

export async function measureDurable(
  browser: Browser,
  { persistent, forgetful }: Stages,
  { runs, throttle }: { runs: number; throttle: number },
): Promise<Durable> {
  const saved: number[] = [];
  const awaited: number[] = [];
  // In turn: what else the machine does meets both. The first pair warms up and is not counted.
  for (let run = 0; run <= runs; run++) {
    const one = await clickUntil(browser, persistent, 'Saved on this device', throttle);
    const other = await clickUntil(browser, forgetful, 'Sent', throttle);
    process.stderr.write(
      `durable ${run}/${runs}: ${Math.round(one)} ms, ${Math.round(other)} ms\n`,
    );
    if (run === 0) continue;
    saved.push(one);
    awaited.push(other);
  }
  return {
    runs,
    throttle,
    saved: percentiles(saved),
    awaited: percentiles(awaited),
  };
}

/** Timed inside the page, from the event to the frame in which the words are there. */
async function clickUntil(browser: Browser, stage: Stage, words: string, throttle: number) {
  // The answers of the run before: each click is the first on its card.
  stage.sandbox.reset();
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const button = await firstAccept(page, stage);
    stage.sandbox.faults.add({ ...CREATE, effect: { kind: 'delay', ms: SERVER_MS } });
    const cdp = await context.newCDPSession(page);
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: throttle });
    const timed = page.evaluate(
      (wanted) =>
        new Promise<number>((resolve) => {
          let clicked = 0;
          addEventListener('click', () => (clicked = performance.now()), { capture: true });
          new MutationObserver(() => {
            const there = [...document.querySelectorAll('[role="status"]')].some(
              (status) => status.textContent === wanted,
            );
            if (there && clicked > 0) resolve(performance.now() - clicked);
          }).observe(document, { subtree: true, childList: true, characterData: true });
        }),
      words,
    );
    await button.click();
    return await timed;
  } finally {
    await context.close();
  }
}

function percentiles(values: readonly number[]): Percentiles {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) =>
    Math.round(sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN);
  return { p50: at(0.5), p95: at(0.95) };
}

export function durableLines(result: Durable): string[] {
  const { saved, awaited, runs, throttle } = result;
  const ratio = (one: number, other: number) => (one / other).toFixed(2);
  return [
    `Click → durable (CPU throttled ${throttle}×, ${runs} runs each, interleaved)`,
    `  saved on this device        p50 ${saved.p50} ms, p95 ${saved.p95} ms`,
    `  stored ${SERVER_MS} ms away instead  p50 ${awaited.p50} ms, p95 ${awaited.p95} ms (written and read back)`,
    `  ratio ${ratio(saved.p50, awaited.p50)} p50 / ${ratio(saved.p95, awaited.p95)} p95`,
  ];
}
