import type { Browser, CDPSession } from '@playwright/test';
import type { Stage } from '#tests/e2e/stage.ts';
import { launchAddress } from '#tests/support/launch-address.ts';
import { ARMING_MS, watchMarks } from './marks.ts';

/** So late that two rounds cannot be taken for one, nor one for two. */
const SLOW_MS = 1500;

export interface Round {
  readonly requests: readonly string[];
  readonly preflights: number;
  /** From its first request to its last answer, on this machine, no delay, not throttled. */
  readonly ms: number;
}

export interface Rounds {
  /** Rounds that were over before the first card was there, and before nothing moved any more. */
  readonly toFirstCard: number;
  readonly toComplete: number;
  readonly rounds: readonly Round[];
}

interface Asked {
  readonly url: string;
  readonly label: string;
  readonly preflight: boolean;
  readonly start: number;
  end: number;
}

/**
 * A request that starts after the answer to another had come counts to a later round. That is an
 * upper bound: it may not have needed that answer.
 */
export async function measureRounds(browser: Browser, stage: Stage): Promise<Rounds> {
  const slow = await launchOnce(browser, stage, SLOW_MS);
  const plain = await launchOnce(browser, stage, 0);
  const rounds = intoRounds(slow.asked.filter(({ preflight }) => !preflight));
  const quick = plain.asked.filter(({ preflight }) => !preflight);
  let first = 0;
  return {
    toFirstCard: rounds.filter((round) => round.some(({ end }) => end < slow.shown)).length,
    toComplete: rounds.length,
    rounds: rounds.map((round) => {
      const same = quick.slice(first, first + round.length);
      first += round.length;
      return {
        requests: round.map(({ label }) => label),
        preflights: slow.asked.filter(
          ({ preflight, url }) => preflight && round.some((one) => one.url === url),
        ).length,
        ms: span(same),
      };
    }),
  };
}

const span = (all: readonly Asked[]): number =>
  Math.round(Math.max(...all.map(({ end }) => end)) - Math.min(...all.map(({ start }) => start)));

/** The FHIR requests of one launch until its card is complete, in the order of their start. */
async function launchOnce(browser: Browser, stage: Stage, delayMs: number) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const marks = await watchMarks(page);
  const asked = await watchRequests(await context.newCDPSession(page));
  if (delayMs > 0)
    stage.sandbox.faults.add({ effect: { kind: 'delay', ms: delayMs }, path: '/fhir*' });
  await page.goto(await launchAddress(stage, { patient: 'sepsis' }));
  const shown = await marks.wait('shown');
  const complete = (await marks.wait('usable')) - ARMING_MS;
  stage.sandbox.faults.clear();
  await context.close();
  return {
    shown,
    asked: [...asked.values()]
      .filter(({ url }) => url.startsWith(`${stage.fhirUrl}/`) && !url.includes('/.well-known/'))
      .filter(({ start }) => start < complete)
      .sort((a, b) => a.start - b.start),
  };
}

function intoRounds(requests: readonly Asked[]): Asked[][] {
  const rounds: Asked[][] = [];
  for (const request of requests) {
    const current = rounds.at(-1);
    const answered = current?.some(({ end }) => end <= request.start) ?? true;
    if (current && !answered) current.push(request);
    else rounds.push([request]);
  }
  return rounds;
}

async function watchRequests(cdp: CDPSession): Promise<ReadonlyMap<string, Asked>> {
  const asked = new Map<string, Asked>();
  const starts = new Map<string, { wall: number; monotonic: number }>();
  await cdp.send('Network.enable');
  cdp.on('Network.requestWillBeSent', (event) => {
    const { requestId, request, timestamp, wallTime, type } = event;
    const { method, url } = request;
    starts.set(requestId, { wall: wallTime * 1000, monotonic: timestamp });
    asked.set(requestId, {
      url,
      label: `${method} ${shortened(url)}`,
      preflight: type === 'Preflight' || method === 'OPTIONS',
      start: wallTime * 1000,
      end: Number.POSITIVE_INFINITY,
    });
  });
  const ended = ({ requestId, timestamp }: { requestId: string; timestamp: number }) => {
    const start = starts.get(requestId);
    const one = asked.get(requestId);
    if (start && one) one.end = start.wall + (timestamp - start.monotonic) * 1000;
  };
  cdp.on('Network.loadingFinished', ended);
  cdp.on('Network.loadingFailed', ended);
  return asked;
}

function shortened(url: string): string {
  const { pathname, searchParams } = new URL(url);
  const names = [...searchParams].map(([name, value]) =>
    value.length > 24 ? `${name}=${value.slice(0, 21)}…` : `${name}=${value}`,
  );
  return `${pathname.replace(/^\/fhir\//, '')}${names.length > 0 ? `?${names.join('&')}` : ''}`;
}
