import { type Browser, expect, type Page } from '@playwright/test';
import type { Stage } from '#tests/e2e/stage.ts';
import { launchAddress } from '#tests/support/launch-address.ts';
import { countWaiting, fillOutbox } from './fill-outbox.ts';
import { firstAccept } from './first-accept.ts';
import { listen, replay } from './replay.ts';

export interface Drain {
  readonly waiting: number;
  /** Answers a second, read back and erased, while that many waited. */
  readonly perSecond: number;
  /** A page that makes the same requests for as many answers, one after the other, and nothing else. */
  readonly floor: number;
  /** The same with what keeps an answer: a strict transaction before and one after. */
  readonly keptFloor: number;
  /** CPU of this process, in which the server runs, for each answer of the floor, ms. */
  readonly serverMs: number;
  /** For one answer, in order. */
  readonly requests: readonly string[];
}

/** Enough for one whole conversation. */
const TO_LISTEN_TO = 40;

/**
 * So many answers of one user in one database; the app finds them and brings them to the server. One
 * half of the floor is measured before and one after: what else the machine does meets both.
 */
export async function measureDrain(
  browser: Browser,
  stage: Stage,
  waiting: number,
): Promise<Drain> {
  const { conversation } = await drain(browser, stage, TO_LISTEN_TO);
  const count = Math.ceil(waiting / 2);
  const cpu = process.cpuUsage();
  const again = (keep: boolean) =>
    fresh(browser, stage, (page) => replay(page, stage, { conversation, count, keep }));
  const floors = [await again(false)];
  const { user, system } = process.cpuUsage(cpu);
  const keptFloors = [await again(true)];
  const { perSecond } = await drain(browser, stage, waiting);
  floors.push(await again(false));
  keptFloors.push(await again(true));
  return {
    waiting,
    perSecond,
    floor: mean(floors),
    keptFloor: mean(keptFloors),
    serverMs: (user + system) / 1000 / count,
    requests: conversation.requests.map(
      ({ method, path }) => `${method} ${path.replace(/[0-9a-f-]{36}/, '…')}`,
    ),
  };
}

/** Rates over the same number of answers each. */
const mean = (rates: readonly number[]): number =>
  rates.length / rates.reduce((sum, rate) => sum + 1 / rate, 0);

/** An empty server and an empty browser: what comes later finds no more than what came first. */
async function fresh<T>(browser: Browser, stage: Stage, work: (page: Page) => Promise<T>) {
  stage.sandbox.reset();
  const context = await browser.newContext();
  try {
    return await work(await context.newPage());
  } finally {
    await context.close();
  }
}

const drain = (browser: Browser, stage: Stage, count: number) =>
  fresh(browser, stage, async (page) => {
    const accept = await firstAccept(page, stage);
    stage.sandbox.faults.add({
      method: 'POST',
      path: '/fhir/Observation',
      effect: { kind: 'status', status: 503 },
    });
    await accept.click();
    await expect(page.getByText('Saved on this device').first()).toBeVisible();
    const owner = { issuer: stage.fhirUrl, user: `Practitioner/${await firstClinician(stage)}` };
    await fillOutbox(page, owner, count);
    await page.goto('about:blank');
    stage.sandbox.faults.clear();
    const heard = listen(page, stage);
    await page.goto(await launchAddress(stage, { patient: 'sepsis' }));
    await page.getByRole('article').first().waitFor();
    const perSecond = await rateOf(page, count);
    return { perSecond, conversation: heard() };
  });

/** From the first that is gone to the last, so that the launch is not counted. */
async function rateOf(page: Page, count: number): Promise<number> {
  let [from, left] = [performance.now(), count];
  const deadline = from + 900_000;
  for (let before = count; performance.now() < deadline; ) {
    const now = await countWaiting(page);
    if (before >= count && now < count) [from, left] = [performance.now(), now];
    if (now === 0) return left / ((performance.now() - from) / 1000);
    before = now;
    await page.waitForTimeout(250);
  }
  throw new Error(`${await countWaiting(page)} of ${count} answers still wait.`);
}

async function firstClinician(stage: Stage): Promise<string> {
  const state = (await (await fetch(`${stage.ehrUrl}ehr/state`)).json()) as {
    clinicians: { practitionerId: string }[];
  };
  return state.clinicians[0]?.practitionerId ?? '';
}

export function drainLines(drain: Drain): string[] {
  const { waiting, perSecond, floor, keptFloor, serverMs, requests } = drain;
  const rate = (value: number) => value.toFixed(1).padStart(6);
  const times = (value: number) => (perSecond / value).toFixed(2);
  return [
    `${waiting} answers wait; for each: ${requests.join(', ')}`,
    `  the app: sent, read back, erased   ${rate(perSecond)} a second`,
    `  the same requests and nothing else ${rate(floor)} a second: the app reaches ${times(floor)} of it`,
    `  with two strict transactions each  ${rate(keptFloor)} a second: the app reaches ${times(keptFloor)} of it`,
    `  the server itself needs ${serverMs.toFixed(1)} ms of CPU for each: no client gets beyond ${(1000 / serverMs).toFixed(0)} a second`,
  ];
}
