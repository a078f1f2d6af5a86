import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type FrameLocator, type Page } from '@playwright/test';
import type { Fault } from '#mocks/faults.ts';
import { launchAddress } from '#tests/support/launch-address.ts';
import { responseCode, responsesOf } from './fhir-reader.ts';
import { appFrame, expect, openPatient, type Stage, signIn, test, watchNoise } from './stage.ts';

// The EHR is on `localhost`, the app on `127.0.0.1`: two sites. What the browser keeps for such a frame
// is the browser's default here, which is nothing but a partitioned cookie
// (docs/decisions/2026-11-22-launch-without-storage.md).
const TITLE = /Start the sepsis bundle/;
const ONLY_HERE = 'Not sent yet – keep this open';
const LATER = { timeout: 60_000 };
const DOWN: Fault = {
  method: 'POST',
  path: '/fhir/Observation',
  effect: { kind: 'status', status: 503 },
};

async function signInToFrames(page: Page, stage: Stage): Promise<void> {
  await signIn(page, stage);
  await page.getByRole('button', { name: 'Sandbox tools' }).click();
  await page.getByRole('button', { name: 'Cross-site' }).click();
  await page.getByRole('button', { name: 'Close' }).click();
}

/** The app by itself, as another site than the EHR's. */
async function crossSite(stage: Stage, patient: string): Promise<string> {
  const address = new URL(await launchAddress(stage, { patient }));
  address.hostname = '127.0.0.1';
  return address.href;
}

async function frameApp(page: Page, title: string, src: string): Promise<void> {
  await page.evaluate(
    (attributes) => {
      document.body.append(Object.assign(document.createElement('iframe'), attributes));
    },
    { title, src },
  );
}

/** Sign-ins wait until all are let go, once; then `change` may have changed where they come back to. */
async function holdSignIns(page: Page, change: (backs: URL[]) => void = () => undefined) {
  const backs: URL[] = [];
  let letGo: () => void = () => undefined;
  const gone = new Promise<void>((resolve) => {
    letGo = () => {
      change(backs);
      resolve();
    };
  });
  await page.route('**/auth/authorize?*', async (route) => {
    const response = await route.fetch({ maxRedirects: 0 });
    const back = new URL(response.headers().location ?? '');
    backs.push(back);
    await gone;
    await route.fulfill({ status: 302, headers: { location: back.href } });
  });
  return { backs, letGo };
}

const acceptFirstIn = (app: FrameLocator | Page) =>
  app.getByRole('button', { name: 'Accept', exact: true }).first().click();

const acceptIn = (app: FrameLocator | Page) =>
  app
    .getByRole('article', { name: TITLE })
    .getByRole('button', { name: 'Accept', exact: true })
    .click();

const statusIn = (app: FrameLocator) =>
  app.getByRole('article', { name: TITLE }).getByRole('status');

const countOf = (stage: Stage, patient: string) => async () =>
  (await responsesOf(stage, patient)).length;

/** Before that, the page may be left without the answer: nothing was claimed yet. */
const expectSaved = (app: FrameLocator | Page) =>
  expect(app.getByText('Saved on this device')).toHaveCount(1);

async function expectOneOnEach(stage: Stage): Promise<void> {
  for (const patient of ['sepsis', 'already-treated']) {
    await expect.poll(countOf(stage, patient), LATER).toBe(1);
    const [answer] = await responsesOf(stage, patient);
    expect(answer?.subject?.reference).toBe(`Patient/${patient}`);
  }
}

const launchesHere = () =>
  Object.keys(sessionStorage).filter((key) => key.startsWith('clinician-feedback.launch.'));

/** What the frame of the app can reach of its browser's storage. */
const keptIn = (page: Page) =>
  page
    .frames()
    .find((frame) => frame.url().includes('127.0.0.1'))
    ?.evaluate(() => {
      try {
        return { cookie: document.cookie, tab: Object.keys(sessionStorage) };
      } catch (cause) {
        return { cookie: document.cookie, tab: (cause as Error).name };
      }
    });

test.describe('framed by another site that gets no storage', () => {
  test('launches, answers, and leaves nothing behind', async ({ page, stage }) => {
    await signInToFrames(page, stage);
    const app = await openPatient(page, 'Hanna Kowalska');
    expect(await keptIn(page)).toEqual({ cookie: '', tab: 'SecurityError' });
    await expect(app.getByText('This panel keeps nothing')).toHaveCount(1);
    await acceptIn(app);
    await expect(statusIn(app)).toContainText('Sent');
    const answers = await responsesOf(stage, 'sepsis');
    expect(answers.map(responseCode)).toEqual(['accepted']);
    expect(await page.context().cookies()).toEqual([]);
  });

  test('hands on a verifier and no token, for ten minutes and this site only', async ({
    page,
    stage,
  }) => {
    const cookies = new Promise<unknown>((resolve) => {
      page.on('request', (request) => {
        if (request.url().includes('/auth/authorize')) void page.context().cookies().then(resolve);
      });
    });
    await signInToFrames(page, stage);
    await openPatient(page, 'Hanna Kowalska');
    const now = Date.now() / 1000;
    const handedOn = (await cookies) as {
      value: string;
      expires: number;
    }[];
    expect(handedOn).toHaveLength(2);
    for (const { value, expires, ...cookie } of handedOn) {
      expect(cookie).toMatchObject({ path: '/', secure: true, sameSite: 'None' });
      expect(cookie).toHaveProperty('partitionKey');
      expect(expires).toBeLessThanOrEqual(now + 600);
      const names = Object.keys(JSON.parse(decodeURIComponent(value)) as object);
      expect(names.join()).not.toMatch(/token(?!Uri)/i);
    }
    expect(await page.context().cookies()).toEqual([]);
  });

  test.describe('and a server that is down', () => {
    test.use({ expectedNoise: /status of 503/ });

    test('says that the answer is only here, asks before it is left, and sends it', async ({
      page,
      stage,
    }) => {
      await signInToFrames(page, stage);
      const app = await openPatient(page, 'Hanna Kowalska');
      stage.sandbox.faults.add(DOWN);
      await acceptIn(app);
      await expect(statusIn(app)).toContainText(ONLY_HERE);
      const asked = page.waitForEvent('dialog');
      await page.evaluate(() => void setTimeout(() => location.reload()));
      const dialog = await asked;
      expect(dialog.type()).toBe('beforeunload');
      await dialog.dismiss();
      stage.sandbox.faults.clear();
      await expect(statusIn(app)).toContainText('Sent', LATER);
      expect(await countOf(stage, 'sepsis')()).toBe(1);
    });
  });

  test.describe('and a sign-in that ends', () => {
    test.use({ expectedNoise: /status of 401/ });

    test('says that signing in loses what is not sent, asks, and comes back in the panel', async ({
      page,
      stage,
    }) => {
      await signInToFrames(page, stage);
      const app = await openPatient(page, 'Hanna Kowalska');
      // All of the chart is read, and the buttons take clicks: only what comes after is refused.
      const accept = app
        .getByRole('article', { name: TITLE })
        .getByRole('button', { name: 'Accept', exact: true });
      await expect(accept).toBeEnabled();
      stage.sandbox.faults.add({ effect: { kind: 'status', status: 401 } });
      await acceptIn(app);
      await expect(statusIn(app)).toContainText(ONLY_HERE);
      const card = app.getByRole('article', { name: TITLE });
      await expect(card.getByText('only while you are signed in')).toBeVisible();
      stage.sandbox.faults.clear();
      const asked = page.waitForEvent('dialog');
      // Not waited for: the click ends when the question is answered.
      const signingIn = card.getByRole('button', { name: 'Sign in' }).click();
      const dialog = await asked;
      expect(dialog.type()).toBe('beforeunload');
      await dialog.accept();
      await signingIn;
      await expect(card.getByRole('button', { name: 'Sign in' })).toHaveCount(0);
      await acceptIn(app);
      await expect(statusIn(app)).toContainText('Sent');
      expect(await countOf(stage, 'sepsis')()).toBe(1);
    });
  });

  test('a reload of the panel asks for a new launch, in words', async ({ page, stage }) => {
    await signInToFrames(page, stage);
    await openPatient(page, 'Hanna Kowalska');
    const frame = page.frames().find((one) => one.url().includes('state='));
    await frame?.evaluate(() => location.reload());
    const app = appFrame(page);
    await expect(app.getByRole('alert')).toContainText('keeps no sign-in over a reload');
    await page.getByRole('button', { name: 'Reload panel' }).click();
    await expect(app.getByRole('region', { name: 'Patient' })).toContainText('KOWALSKA');
  });

  test('two patients launched at once: each frame has its own', async ({ page, stage }) => {
    // Both are signed in before either comes back: what they handed on lies side by side.
    const { backs, letGo } = await holdSignIns(page);
    await signInToFrames(page, stage);
    await page.getByRole('button', { name: 'Open Hanna Kowalska', exact: true }).click();
    await expect.poll(() => backs.length).toBe(1);
    await page.getByRole('button', { name: 'Patient list' }).click();
    await page.getByRole('button', { name: 'Open Jinho Hwang', exact: true }).click();
    await expect.poll(() => backs.length).toBe(2);
    expect(await page.context().cookies()).toHaveLength(4);
    letGo();
    const app = appFrame(page);
    await expect(app.getByRole('region', { name: 'Patient' })).toContainText('HWANG');
    await acceptFirstIn(app);
    await page.getByRole('button', { name: /^Kowalska/i }).click();
    await expect(app.getByRole('region', { name: 'Patient' })).toContainText('KOWALSKA');
    await acceptIn(app);
    await expectOneOnEach(stage);
  });

  test.describe('and answers that were mixed up', () => {
    // A code that comes twice makes the server revoke what it gave for it.
    test.use({ expectedNoise: /status of 40[01]/ });

    test('a code of the other launch, and one that was used, open nothing', async ({
      page,
      stage,
    }) => {
      const { backs, letGo } = await holdSignIns(page, ([mine, other]) => {
        // The first frame comes back with the second frame's code.
        mine?.searchParams.set('code', other?.searchParams.get('code') ?? '');
      });
      await page.goto(stage.ehrUrl);
      await frameApp(page, 'mixed', await crossSite(stage, 'sepsis'));
      await expect.poll(() => backs.length).toBe(1);
      await frameApp(page, 'other', await crossSite(stage, 'already-treated'));
      await expect.poll(() => backs.length).toBe(2);
      letGo();
      const mixed = page.frameLocator('iframe[title="mixed"]');
      await expect(mixed.getByRole('alert')).toContainText('did not complete the sign-in');

      await frameApp(page, 'used', await crossSite(stage, 'sepsis'));
      const used = page.frameLocator('iframe[title="used"]');
      await expect(used.getByRole('region', { name: 'Patient' })).toContainText('KOWALSKA');
      await frameApp(page, 'again', backs.at(-1)?.href ?? '');
      const again = page.frameLocator('iframe[title="again"]');
      await expect(again.getByRole('alert')).toContainText('no launch to continue');
    });
  });

  test('that is refused the cookie too: says so, and opens in a window of its own', async ({
    page,
    stage,
  }) => {
    // No setting of this browser refuses a frame its partitioned cookie and leaves windows theirs.
    await page.addInitScript(() => {
      if (window !== window.top)
        Object.defineProperty(document, 'cookie', { get: () => '', set: () => undefined });
    });
    await page.goto(stage.ehrUrl);
    await frameApp(page, 'framed', await crossSite(stage, 'sepsis'));
    const frame = page.frameLocator('iframe[title="framed"]');
    await expect(frame.getByRole('alert')).toContainText('another site frames');
    const opened = page.context().waitForEvent('page');
    await frame.getByRole('link', { name: 'Open in a window of its own' }).click();
    const own = await opened;
    const noise = watchNoise(own);
    await expect(own.getByRole('region', { name: 'Patient' })).toContainText('KOWALSKA');
    await acceptIn(own);
    await expectSaved(own);
    await own.goto('about:blank');
    await expect.poll(countOf(stage, 'sepsis')).toBe(1);
    expect(noise).toEqual([]);
  });
});

test('framed by another site whose storage is allowed: kept on the device', async ({
  stage,
  launchOptions,
}) => {
  const profile = mkdtempSync(join(tmpdir(), 'profile-'));
  mkdirSync(join(profile, 'Default'));
  const preferences = { profile: { cookie_controls_mode: 0, block_third_party_cookies: false } };
  writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify(preferences));
  const context = await chromium.launchPersistentContext(profile, launchOptions);
  try {
    const page = await context.newPage();
    const noise = watchNoise(page);
    await signInToFrames(page, stage);
    const app = await openPatient(page, 'Hanna Kowalska');
    await expect(app.getByText('This panel keeps nothing')).toHaveCount(0);
    await acceptIn(app);
    await expect(statusIn(app)).toContainText('Saved on this device');
    expect(await context.cookies()).toEqual([]);
    await page.goto('about:blank');
    await expect.poll(countOf(stage, 'sepsis')).toBe(1);
    expect(noise).toEqual([]);
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
});

test.describe('sessionStorage that two launches share', () => {
  test('two frames of one tab: each answer on its own patient', async ({ page, stage }) => {
    await signIn(page, stage);
    await openPatient(page, 'Hanna Kowalska');
    await page.getByRole('button', { name: 'Patient list' }).click();
    const app = await openPatient(page, 'Jinho Hwang');
    const launches = await app.locator('body').evaluate(launchesHere);
    expect(launches).toHaveLength(2);
    await acceptFirstIn(app);
    await expectSaved(app);
    await page.getByRole('button', { name: /^Kowalska/i }).click();
    await acceptIn(app);
    await expectSaved(app);
    await page.goto('about:blank');
    await expectOneOnEach(stage);
  });

  test('a window that another opened begins with its copy: each answer on its own patient', async ({
    page,
    stage,
  }) => {
    await page.goto(await launchAddress(stage, { patient: 'sepsis' }));
    await expect(page.getByRole('region', { name: 'Patient' })).toContainText('KOWALSKA');
    const second = page.waitForEvent('popup');
    const address = await launchAddress(stage, { patient: 'already-treated' });
    await page.evaluate((url) => void window.open(url), address);
    const popup = await second;
    const noise = watchNoise(popup);
    await expect(popup.getByRole('region', { name: 'Patient' })).toContainText('HWANG');
    expect(await popup.evaluate(launchesHere)).toHaveLength(2);
    await acceptFirstIn(popup);
    await expectSaved(popup);
    await acceptIn(page);
    await expectSaved(page);
    await popup.goto('about:blank');
    await page.goto('about:blank');
    await expectOneOnEach(stage);
    expect(noise).toEqual([]);
  });
});
