import type { Browser, CDPSession } from '@playwright/test';
import type { Stage } from '#tests/e2e/stage.ts';
import { launchAddress } from '#tests/support/launch-address.ts';
import { watchMarks } from './marks.ts';

/** So late that two rounds cannot be taken for one, nor one for two. */
const SLOW_MS = 250;

export interface Round {
  readonly requests: readonly string[];
  readonly preflights: number;
}

export interface Rounds {
  /** Rounds that were over before the first card was there, and those that complete its evidence. */
  readonly toFirstCard: number;
  readonly toEvidence: number;
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
  const context = await browser.newContext();
  const page = await context.newPage();
  const marks = await watchMarks(page);
  const asked = await watchRequests(await context.newCDPSession(page));
  stage.sandbox.faults.add({ effect: { kind: 'delay', ms: SLOW_MS }, path: '/fhir*' });
  await page.goto(await launchAddress(stage, { patient: 'sepsis' }));
  const shown = await marks.wait('shown');
  const usable = await marks.wait('usable');
  stage.sandbox.faults.clear();
  await context.close();

  const fhir = [...asked.values()]
    .filter(({ url }) => url.startsWith(`${stage.fhirUrl}/`) && !url.includes('/.well-known/'))
    .filter(({ start }) => start < usable)
    .sort((a, b) => a.start - b.start);
  const rounds = intoRounds(fhir.filter(({ preflight }) => !preflight));
  const before = (moment: number) =>
    rounds.filter((round) => Math.min(...round.map(({ start }) => start)) < moment).length;
  const over = (moment: number) =>
    rounds.filter((round) => round.some(({ end }) => end < moment)).length;
  return {
    toFirstCard: over(shown),
    toEvidence: before(marks.get('evidence') ?? usable),
    rounds: rounds.map((round) => ({
      requests: round.map(({ label }) => label),
      preflights: fhir.filter(
        ({ preflight, url }) => preflight && round.some((one) => one.url === url),
      ).length,
    })),
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
