import type { BrowserContext, Locator, Page } from '@playwright/test';
import type { Observation } from 'fhir/r4';
import { MortalBrowser } from '#tests/e2e/mortal-browser.ts';
import { validateAgainstR4AndProfiles } from '#tests/support/validation/validate.ts';
import { recommend } from './chart.ts';
import { type Fault, FaultProxy } from './fault-proxy.ts';
import { expect, expectOpen, type Real, test as real } from './real.ts';

// From the click to exactly one Observation on a server that we did not write, whatever happens to the
// request on its way. Each journey ends with a search at the server itself that counts.
const LATER = { timeout: 240_000 }; // What may have been stored is not repeated for two minutes.

const test = real.extend<{ faults: FaultProxy; proxyUrl: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads fixture names from a pattern.
  faults: async ({}, use) => {
    await use(
      new FaultProxy(
        (method, url, body) =>
          method === 'POST' &&
          url.endsWith('/Observation') &&
          body.includes('recommendation-response'),
      ),
    );
  },
  proxyUrl: async ({ faults }, use) => {
    await use(await faults.start());
    await faults.close();
  },
  // Chromium leaves this machine's own addresses out unless told not to.
  proxy: async ({ proxyUrl }, use) => use({ server: proxyUrl, bypass: '<-loopback>' }),
});

test.describe.configure({ timeout: 400_000 });

interface Asked {
  readonly real: Real;
  readonly name: string;
  readonly recommendation: string;
  readonly comment: string;
}

async function ask(real: Real): Promise<Asked> {
  const name = `Arrange an early visit ${crypto.randomUUID().slice(0, 8)}`;
  const recommendation = await recommend(real.server, real.chart, name);
  return { real, name, recommendation, comment: `Said once: ${name}` };
}

async function open(page: Page, { real, name }: Asked): Promise<Locator> {
  await page.goto(await real.launchUrl());
  await expectOpen(page, real.chart);
  return page.getByRole('article', { name });
}

async function override(card: Locator, { comment }: Asked): Promise<void> {
  await card.getByRole('button', { name: 'Override', exact: true }).click();
  const reasons = card.getByRole('group', { name: 'Reason for override' });
  await reasons.getByRole('textbox', { name: 'Comment' }).fill(comment);
  await reasons.getByRole('button', { name: 'Already arranged' }).click();
}

const stored = ({ real, recommendation }: Asked): Promise<Observation[]> =>
  real.server.feedback('recommendation-response', real.chart.patient, recommendation);

/** What was stored a second time, and marked for that, counts for nobody. */
const counts = ({ status }: Observation) => status !== 'entered-in-error';

/**
 * One that counts, by recommendation as by identifier, about the right patient, with the right words.
 * `surplus`: how many marked copies may lie beside it.
 */
async function expectExactlyOne(asked: Asked, faults: FaultProxy, surplus = 0): Promise<void> {
  await expect.poll(() => stored(asked).then((all) => all.filter(counts).length), LATER).toBe(1);
  await faults.whenIdle();
  const all = await stored(asked);
  const [answer, ...others] = all.filter(counts);
  expect(others).toEqual([]);
  expect(all.length - 1).toBe(surplus);
  const { system, value } = answer?.identifier?.[0] ?? {};
  const same = await asked.real.server.search(
    `Observation?${new URLSearchParams({ identifier: `${system}|${value}` })}`,
  );
  expect(same.map(({ id }) => id).toSorted()).toEqual(all.map(({ id }) => id).toSorted());
  expect(answer?.subject?.reference).toBe(asked.real.chart.patient);
  expect(answer?.performer?.[0]?.reference).toBe(asked.real.chart.practitioner);
  expect(answer?.valueCodeableConcept?.coding?.[0]?.code).toBe('overridden');
  expect(answer?.note?.map(({ text }) => text)).toEqual([asked.comment]);
  expect(validateAgainstR4AndProfiles(answer ?? {})).toEqual([]);
}

/** How many answers this device still keeps: an answer is erased when its server has shown it back. */
const waitingOn = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opened = indexedDB.open('clinician-feedback-outbox');
        opened.onerror = () => reject(opened.error);
        opened.onsuccess = () => {
          const counted = opened.result.transaction('items').objectStore('items').count();
          counted.onerror = () => reject(counted.error);
          counted.onsuccess = () => {
            opened.result.close();
            resolve(counted.result);
          };
        };
      }),
  );

// Chromium itself repeats a POST, once, when a kept connection closes without an answer: the app hears
// of the second such end only.
const FAULTS: readonly (readonly [string, Fault, number])[] = [
  ['cut before the server hears of it', { kind: 'cut' }, 2],
  ['stored, the answer dropped, and repeated by the browser', { kind: 'drop-answer' }, 1],
  ['stored, the answer dropped, and dropped again', { kind: 'drop-answer' }, 2],
  ['stored, but the answer never comes', { kind: 'hold-answer' }, 1],
  ['on its way for longer than the app waits', { kind: 'delay', ms: 22_000 }, 1],
  ['503', { kind: 'status', status: 503 }, 1],
  ['429 with Retry-After', { kind: 'status', status: 429, retryAfter: 2 }, 1],
  ['a login page in place of FHIR', { kind: 'page' }, 1],
];

const MOMENTS: readonly (readonly [string, Fault | undefined])[] = [
  ['right after the click', undefined],
  ['while the request is on its way', { kind: 'delay', ms: 8_000 }],
  ['between the commit and its acknowledgement', { kind: 'hold-answer' }],
];

for (const conditionalCreate of [true, false])
  test.describe(conditionalCreate ? 'with conditional create' : 'by search, then create', () => {
    test.use({ issuer: { conditionalCreate } });

    for (const [what, fault, count] of FAULTS)
      test(`${what}: exactly one`, async ({ page, real, faults }) => {
        const asked = await ask(real);
        const card = await open(page, asked);
        faults.plan(fault, count);
        await override(card, asked);
        await expect(card.getByRole('status')).toContainText('Sent', LATER);
        expect(faults.met).toBe(count);
        const repeated = fault.kind === 'drop-answer' && !conditionalCreate;
        await expectExactlyOne(asked, faults, repeated ? 1 : 0);
      });

    for (const [moment, fault] of MOMENTS)
      test(`kill -9 of the browser ${moment}: the answer arrives after the next launch, once`, async ({
        real,
        faults,
        launchOptions,
        proxyUrl,
      }) => {
        const browser = new MortalBrowser({
          ...launchOptions,
          proxy: { server: proxyUrl, bypass: '<-loopback>' },
        });
        const page = async (context: Promise<BrowserContext>) => await (await context).newPage();
        try {
          const asked = await ask(real);
          const card = await open(await page(browser.start()), asked);
          if (fault) faults.plan(fault);
          const met = faults.nextMet();
          await override(card, asked);
          await expect(card.getByRole('status')).toContainText('Saved on this device');
          if (fault) await met;
          await browser.kill();
          expect(await stored(asked)).toHaveLength(fault?.kind === 'hold-answer' ? 1 : 0);

          const again = await page(browser.start());
          await open(again, asked);
          await expect.poll(() => waitingOn(again), LATER).toBe(0);
          await expectExactlyOne(asked, faults);
        } finally {
          await browser.close();
        }
      });
  });
