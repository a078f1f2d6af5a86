import type { FrameLocator, Locator, Page } from '@playwright/test';
import type { Fault } from '#mocks/faults.ts';
import { component, expectValid, plainSearch, responseCode, responsesOf } from './fhir-reader.ts';
import { MortalBrowser } from './mortal-browser.ts';
import { expect, openPatient, type Stage, signIn, test, watchNoise } from './stage.ts';

// From the click to exactly one Observation on the server, whatever happens in between. Each journey
// ends with a plain FHIR search that counts.
const TITLE = /Start the sepsis bundle/;
const PATIENT = 'Hanna Kowalska';
const LATER = { timeout: 60_000 };
const CREATE = { method: 'POST', path: '/fhir/Observation' } as const;
const NETWORK = /net::ERR|status of (401|422|429|503)/;

test.describe.configure({ timeout: 180_000 });

const cardIn = (app: FrameLocator): Locator => app.getByRole('article', { name: TITLE });
const statusOf = (app: FrameLocator): Locator => cardIn(app).getByRole('status');

async function open(page: Page, stage: Stage, clinician?: RegExp): Promise<FrameLocator> {
  await signIn(page, stage, clinician);
  return await openPatient(page, PATIENT);
}

/** However often it was tried before. Needs `movableClock`. */
async function expectSentInTheEnd(page: Page, app: FrameLocator): Promise<void> {
  await expect(async () => {
    await page.clock.fastForward(20_000);
    await expect(statusOf(app)).toContainText('Sent', { timeout: 2_000 });
  }).toPass(LATER);
}

async function override(app: FrameLocator, comment: string): Promise<void> {
  await cardIn(app).getByRole('button', { name: 'Override', exact: true }).click();
  await cardIn(app).getByRole('textbox', { name: 'Comment' }).fill(comment);
  await cardIn(app)
    .getByRole('group', { name: 'Reason for override' })
    .getByRole('button', { name: /I disagree clinically/ })
    .click();
}

/** Long enough for what is under way; what waits for its time is the caller's to let pass. */
const SETTLED_MS = 1_000;

/** Exactly one, now and when everything that was under way has come to its end. */
async function expectExactlyOne(stage: Stage, comment: string, page?: Page): Promise<void> {
  const arrived = async () => {
    await page?.clock.fastForward(20_000);
    expect(await responsesOf(stage, 'sepsis')).toHaveLength(1);
  };
  await expect(arrived).toPass(LATER);
  // Every repeat that is planned comes now, if there is one.
  await page?.clock.fastForward(5 * 60_000);
  await new Promise((resolve) => setTimeout(resolve, page ? SETTLED_MS : 3 * SETTLED_MS));
  const [answer, ...others] = await responsesOf(stage, 'sepsis');
  expect(others).toEqual([]);
  expect(responseCode(answer)).toBe('overridden');
  expect(answer?.note?.map(({ text }) => text)).toEqual([comment]);
  expect(answer?.subject?.reference).toBe('Patient/sepsis');
  expectValid(answer);
}

test.describe('kill -9 of the browser', () => {
  const moments: readonly (readonly [string, Fault | undefined])[] = [
    ['right after the click', undefined],
    ['while the request is under way', { ...CREATE, effect: { kind: 'delay', ms: 4_000 } }],
  ];
  for (const [moment, fault] of moments)
    test(`${moment}: the answer arrives after the next sign-in, once`, async ({
      stage,
      launchOptions,
    }) => {
      const browser = new MortalBrowser(launchOptions);
      try {
        const page = await (await browser.start()).newPage();
        const app = await open(page, stage);
        if (fault) stage.sandbox.faults.add({ ...fault, count: 1 });
        const sent = page.waitForRequest(
          (request) => request.method() === 'POST' && /\/fhir\/Observation$/.test(request.url()),
          LATER,
        );
        await override(app, 'Given before the power went');
        await expect(statusOf(app)).toContainText('Saved on this device');
        if (fault) await sent;
        else sent.catch(() => undefined);
        await browser.kill();
        if (!fault) expect(await responsesOf(stage, 'sepsis')).toEqual([]);

        const again = await (await browser.start()).newPage();
        await again.clock.install();
        await open(again, stage);
        await expectExactlyOne(stage, 'Given before the power went', again);
      } finally {
        await browser.close();
      }
    });
});

test.describe('a network that comes and goes', () => {
  test.use({ expectedNoise: NETWORK, movableClock: true });

  test('offline: saved on this device, and sent when there is a network again', async ({
    page,
    stage,
  }) => {
    const fetched = page.waitForResponse(/waiting-dialog/);
    const app = await open(page, stage);
    await fetched; // Fetched before it is needed: without a network it could not be.
    await page.context().setOffline(true);
    await override(app, 'Said without a network');
    await expect(statusOf(app)).toContainText('Saved on this device');
    await page.clock.fastForward(10_000);
    await expect(cardIn(app).getByText(/could not be reached/)).toBeVisible(LATER);
    expect(await responsesOf(stage, 'sepsis')).toEqual([]);
    await app.getByRole('button', { name: '1 answer waits' }).click();
    const list = app.getByRole('dialog', { name: 'Answers that wait' });
    await expect(list.getByText('No connection.')).toBeVisible();
    await page.context().setOffline(false);
    await list.getByRole('button', { name: 'Try again' }).click();
    await expect(list.getByText('All your answers have reached the server.')).toBeVisible(LATER);
    await expectExactlyOne(stage, 'Said without a network', page);
  });
});

test.describe('a server in trouble', () => {
  test.use({ expectedNoise: NETWORK, movableClock: true });

  const faults: readonly Fault[] = [
    { ...CREATE, effect: { kind: 'status', status: 503 }, count: 2 },
    { ...CREATE, effect: { kind: 'status', status: 429, retryAfter: 2 }, count: 1 },
    { ...CREATE, effect: { kind: 'commit-then-drop' }, count: 1 },
    { ...CREATE, effect: { kind: 'empty-201' }, count: 1 },
  ];
  for (const fault of faults)
    test(`${'status' in fault.effect ? fault.effect.status : fault.effect.kind}: exactly one`, async ({
      page,
      stage,
    }) => {
      const app = await open(page, stage);
      stage.sandbox.faults.add(fault);
      await override(app, 'Said once');
      await expect(statusOf(app)).toContainText('Saved on this device');
      await expectSentInTheEnd(page, app);
      await expectExactlyOne(stage, 'Said once', page);
    });
});

test('a reload in the undo window loses nothing and doubles nothing', async ({ page, stage }) => {
  const app = await open(page, stage);
  await override(app, 'Said just before the reload');
  await expect(statusOf(app)).toContainText('Saved on this device');
  await page.reload();
  await expectExactlyOne(stage, 'Said just before the reload');
});

test('two clinicians at once, and one who amends on a stale screen: every answer stands', async ({
  page,
  stage,
  browser,
}) => {
  const other = await browser.newPage();
  const colleague = await browser.newPage();
  const noise = [watchNoise(other), watchNoise(colleague)];
  const pages = [page, other, colleague];
  for (const one of pages) await one.clock.install();
  const pass = async (ms: number) => {
    for (const one of pages) await one.clock.fastForward(ms);
  };
  const here = await open(page, stage, /Hospitalist/);
  const there = await open(colleague, stage, /Intensivist/);
  await cardIn(here).getByRole('button', { name: 'Accept', exact: true }).click();
  await override(there, 'I see it differently');
  const count = () => responsesOf(stage, 'sepsis').then((all) => all.length);
  for (const app of [here, there])
    await expect(statusOf(app)).toContainText('Saved on this device');
  await pass(10_000);
  await expect.poll(count, LATER).toBe(2);

  // The same clinician at two machines, both of which show the first answer; neither knows of the other.
  const elsewhere = await open(other, stage, /Hospitalist/);
  // Answered cards stay closed until somebody asks for them.
  await cardIn(elsewhere).getByRole('button', { name: TITLE }).click();
  for (const app of [here, elsewhere])
    await cardIn(app).getByRole('button', { name: 'Change answer' }).click();
  await override(here, 'Changed here');
  await override(elsewhere, 'Changed there');
  for (const app of [here, elsewhere])
    await expect(statusOf(app)).toContainText('Saved on this device');
  await pass(10_000);
  await expect.poll(count, LATER).toBe(4);

  const answers = await responsesOf(stage, 'sepsis');
  expect(answers.map((answer) => answer.meta?.versionId)).toEqual(['1', '1', '1', '1']);
  expect(answers.map((answer) => answer.note?.[0]?.text ?? '').sort()).toEqual([
    '',
    'Changed here',
    'Changed there',
    'I see it differently',
  ]);
  // Each panel looks again by itself once a minute.
  await pass(60_000);
  for (const app of [here, elsewhere])
    await expect(cardIn(app).getByText('2 answers stand side by side')).toBeVisible(LATER);
  for (const answer of answers) expectValid(answer);
  expect(noise.flat()).toEqual([]);
  await other.close();
  await colleague.close();
});

test.describe('a device that keeps nothing', () => {
  test.use({ expectedNoise: NETWORK, movableClock: true });

  for (const how of ['deleted', 'refused'] as const)
    test(`IndexedDB ${how}: never called saved, and sent all the same`, async ({ page, stage }) => {
      await page.addInitScript((way) => {
        if (way === 'deleted')
          Object.defineProperty(window, 'indexedDB', { value: undefined, configurable: true });
        else
          IDBFactory.prototype.open = () => {
            throw new DOMException('denied', 'SecurityError');
          };
      }, how);
      await noteClaims(page);
      const app = await open(page, stage);
      stage.sandbox.faults.add({ ...CREATE, effect: { kind: 'status', status: 503 } });
      await override(app, 'Said to a forgetful device');
      await expect(statusOf(app)).toContainText('Not sent yet – keep this open');
      stage.sandbox.faults.clear();
      await expectSentInTheEnd(page, app);
      await expectExactlyOne(stage, 'Said to a forgetful device', page);
      expect(await claims(page)).toEqual([]);
    });

  test('storage full: the form stays and says so', async ({ page, stage }) => {
    await page.addInitScript(() => {
      const put = IDBObjectStore.prototype.put;
      IDBObjectStore.prototype.put = function (value: unknown, key?: IDBValidKey) {
        if (this.name === 'items') throw new DOMException('full', 'QuotaExceededError');
        return put.call(this, value, key);
      };
    });
    const app = await open(page, stage);
    await override(app, 'Words that must not be lost');
    await expect(cardIn(app).getByText(/storage of this device is full/)).toBeVisible();
    await expect(cardIn(app).getByRole('textbox', { name: 'Comment' })).toHaveValue(
      'Words that must not be lost',
    );
    expect(await responsesOf(stage, 'sepsis')).toEqual([]);
  });
});

test.describe('what the server refuses', () => {
  test.use({ expectedNoise: NETWORK, movableClock: true });
  const REFUSED = { ...CREATE, effect: { kind: 'status', status: 422 } } as const;

  async function openList(page: Page, app: FrameLocator): Promise<Locator> {
    await expect(statusOf(app)).toContainText('Saved on this device');
    await page.clock.fastForward(10_000);
    await expect(app.getByText('1 answer could not be delivered')).toBeVisible(LATER);
    await app.getByRole('button', { name: 'Show it' }).click();
    return app.getByRole('dialog', { name: 'Answers that wait' });
  }

  test('is edited and sent again: exactly one, with the new words', async ({ page, stage }) => {
    const app = await open(page, stage);
    stage.sandbox.faults.add({ ...REFUSED, count: 1 });
    await override(app, 'Words that it does not like');
    const list = await openList(page, app);
    await expect(list.getByText('Refused.')).toBeVisible();
    await list.getByRole('button', { name: 'Edit and send again' }).click();
    await list.getByRole('textbox', { name: 'Comment' }).fill('Other words');
    await list.getByRole('button', { name: 'Send again' }).click();
    await expectExactlyOne(stage, 'Other words', page);
  });

  test('is discarded with a reason, and the hospital learns that it was', async ({
    page,
    stage,
  }) => {
    const app = await open(page, stage);
    stage.sandbox.faults.add({ ...REFUSED, count: 1 });
    await override(app, 'Said in vain');
    const list = await openList(page, app);
    const download = page.waitForEvent('download');
    await list.getByRole('button', { name: 'Save a file for the help desk' }).click();
    const file = await streamText(await (await download).createReadStream());
    expect(file).toContain('http-422');
    for (const secret of ['vain', 'Kowalska', 'Patient/', 'Practitioner/'])
      expect(file).not.toContain(secret);

    await list.getByRole('button', { name: 'Discard', exact: true }).click();
    await list.getByRole('radio', { name: 'It is documented elsewhere' }).check();
    await list.getByRole('button', { name: 'Continue' }).click();
    await page.waitForTimeout(600); // Buttons that just appeared take no click.
    await list.getByRole('button', { name: 'Discard for good' }).click();
    await expect(list.getByText('All your answers have reached the server.')).toBeVisible();
    const reports = async () => await undeliveredReports(stage);
    await expect.poll(() => reports().then((all) => all.length), LATER).toBe(1);
    const [report] = await reports();
    expect(component(report, 'discarded-documented-elsewhere')?.valueInteger).toBe(1);
    expect(component(report, 'undelivered-count')?.valueInteger).toBe(0);
    expectValid(report);
    expect(await responsesOf(stage, 'sepsis')).toEqual([]);
  });
});

/** Notes, from the first moment on, whether anything was ever called saved. */
async function noteClaims(page: Page): Promise<void> {
  await page.addInitScript(() => {
    new MutationObserver(() => {
      if (document.body?.textContent?.includes('Saved on this device'))
        document.documentElement.dataset.claimed = 'yes';
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });
}

async function claims(page: Page): Promise<string[]> {
  const all = await Promise.all(
    page.frames().map((frame) => frame.evaluate(() => document.documentElement.dataset.claimed)),
  );
  return all.filter((one) => one !== undefined);
}

async function undeliveredReports(stage: Stage) {
  const code = encodeURIComponent(
    'https://clinician-feedback.example.org/fhir/CodeSystem/feedback-item|undelivered-report',
  );
  const bundle = await plainSearch(stage, `Observation?code=${code}`);
  return (bundle.entry ?? []).flatMap(({ resource }) =>
    resource?.resourceType === 'Observation' ? [resource] : [],
  );
}

async function streamText(stream: NodeJS.ReadableStream): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}
