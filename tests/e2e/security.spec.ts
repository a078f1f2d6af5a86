import type { Bundle } from 'fhir/r4';
import { startStage } from '#src/cli/stage.ts';
import { serveFiles } from '#src/cli/static-files.ts';
import { EVIL, makeHostile, PAYLOAD } from '#tests/support/hostile-chart.ts';
import { launchAddress } from '#tests/support/launch-address.ts';
import { leaks, watchTraffic } from '#tests/support/traffic.ts';
import { responsesOf } from './fhir-reader.ts';
import { expect, expectSent, openPatient, signIn, test } from './stage.ts';

test.describe('a chart that attacks', () => {
  test.use({ movableClock: true });
  for (const patient of ['sepsis', 'nine']) {
    test(`${patient}: runs nothing, reaches nobody, and stands there as text`, async ({
      page,
      stage,
    }) => {
      makeHostile(stage, patient);
      const traffic = await watchTraffic(page);
      await page.goto(await launchAddress(stage, { patient }));
      const cards = page.getByRole('article');
      await expect(cards.first()).toBeVisible();
      // Everything that shows something of its own, on each card.
      for (const card of await cards.all()) {
        const heading = card.getByRole('heading', { level: 2 }).getByRole('button');
        if ((await heading.getAttribute('aria-expanded')) === 'false') await heading.click();
        for (const more of ['About this model', 'Override'])
          await card.getByRole('button', { name: more, exact: true }).click();
        const whole = card.getByText('The whole model card');
        if (await whole.isVisible()) await whole.click();
      }
      await expect(page.getByRole('main')).toContainText('<script>window.hacked=1</script>');
      await expect(page.getByRole('region', { name: 'Patient' })).toContainText(/<img src=/i);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');

      expect(await traffic.hacked()).toBe(false);
      const live = page.locator(
        'iframe, object, embed, img, [onerror], [onload], svg script, base',
      );
      expect(await live.count()).toBe(0);
      const addresses = await page
        .locator('a')
        .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
      expect(addresses.filter((one) => /javascript:|evil\.test/i.test(one))).toEqual([]);
      await traffic.settle();
      expect(leaks(traffic, stage)).toEqual([]);
      // Not even tried: the policy is the second wall, and the first one held.
      expect(traffic.violations).toEqual([]);
    });
  }

  test('an answer to it is filed as it was typed, and shown as text to the next reader', async ({
    page,
    stage,
  }) => {
    const traffic = await watchTraffic(page);
    await page.goto(await launchAddress(stage, { patient: 'sepsis' }));
    const card = page.getByRole('article', { name: /Start the sepsis bundle/ });
    await card.getByRole('button', { name: 'Override', exact: true }).click();
    await card.getByRole('textbox', { name: 'Comment' }).fill(PAYLOAD);
    await card.getByRole('button', { name: /I disagree clinically/ }).click();
    await expectSent(page, card);
    const [answer] = await responsesOf(stage, 'sepsis');
    expect(answer?.note?.[0]?.text).toBe(PAYLOAD);

    await page.goto(await launchAddress(stage, { patient: 'sepsis' }));
    const again = page.getByRole('article', { name: /Start the sepsis bundle/ });
    const heading = again.getByRole('heading', { level: 2 }).getByRole('button');
    if ((await heading.getAttribute('aria-expanded')) === 'false') await heading.click();
    await expect(again).toContainText('<img src=');
    expect(await traffic.hacked()).toBe(false);
    await traffic.settle();
    expect(leaks(traffic, stage)).toEqual([]);
    expect(traffic.violations).toEqual([]);
  });
});

test.describe('the token', () => {
  // So short that it is renewed several times on the way.
  test.use({ stageOptions: { accessTokenSeconds: 12 } });

  test('goes to the FHIR server and nowhere else: not in an address, a log, or another store', async ({
    page,
    stage,
  }) => {
    const traffic = await watchTraffic(page);
    let pages = 0;
    await page.route('**/fhir/RiskAssessment?*', async (route) => {
      const response = await route.fetch();
      const bundle = (await response.json()) as Bundle;
      pages += 1;
      // A server that pages to somebody else: a token must not follow.
      bundle.link = [{ relation: 'next', url: `${EVIL}/fhir/RiskAssessment?page=2` }];
      await route.fulfill({ response, json: bundle });
    });
    await page.goto(await launchAddress(stage, { patient: 'sepsis' }));
    await expect(page.getByRole('region', { name: 'Patient' })).toContainText('KOWALSKA');
    await expect(page.getByText(/Some recommendations may be missing/)).toBeVisible();
    await page.getByRole('button', { name: 'Try again' }).first().click();
    await expect.poll(() => pages).toBeGreaterThan(1);
    await traffic.settle();

    expect(traffic.tokens.size).toBeGreaterThan(2);
    expect(leaks(traffic, stage)).toEqual([]);
    const said = [...traffic.printed, (await page.locator('body').textContent()) ?? ''].join('\n');
    const kept = await page.evaluate(async () => {
      const databases = await indexedDB.databases();
      const rows = await Promise.all(
        databases.map(
          ({ name = '' }) =>
            new Promise<string>((resolve, reject) => {
              const opening = indexedDB.open(name);
              opening.onerror = () => reject(opening.error);
              opening.onsuccess = () => {
                const stores = [...opening.result.objectStoreNames];
                if (stores.length === 0) return resolve('');
                const tx = opening.result.transaction(stores);
                const all = stores.map((store) => tx.objectStore(store).getAll());
                tx.oncomplete = () => resolve(JSON.stringify(all.map((one) => one.result)));
              };
            }),
        ),
      );
      return {
        cookies: document.cookie,
        local: Object.keys(localStorage),
        caches: await caches.keys(),
        workers: (await navigator.serviceWorker.getRegistrations()).length,
        elsewhere: rows.join(),
        tab: { ...sessionStorage } as Record<string, string>,
      };
    });
    const state = new URL(page.url()).searchParams.get('state') ?? '';
    for (const token of traffic.tokens) {
      expect(said).not.toContain(token);
      expect(kept.elsewhere).not.toContain(token);
      const places = Object.entries(kept.tab).filter(([, value]) => value.includes(token));
      expect(places.map(([key]) => key).filter((key) => key !== state)).toEqual([]);
    }
    expect(kept).toMatchObject({ cookies: '', local: ['debug'], caches: [], workers: 0 });
    // Nor who the patient is: addresses hold ids only.
    expect(traffic.sent.filter(({ url }) => /kowalska|hanna/i.test(url.href))).toEqual([]);
    expect(traffic.printed.join('\n')).not.toMatch(/kowalska|hanna/i);
    expect(page.url()).not.toMatch(/code=|launch=|iss=/);
  });
});

test.describe('frames', () => {
  test('a page that the site did not name cannot frame the app; one that it named can', async ({
    browser,
  }) => {
    let address = '';
    const parent = async () =>
      new Response(`<!doctype html><title>parent</title><iframe src="${address}"></iframe>`, {
        headers: { 'content-type': 'text/html' },
      });
    const servers = [await serveFiles(parent, 0), await serveFiles(parent, 0)];
    const [named, stranger] = servers.map(({ port }) => `http://localhost:${port}`);
    const stage = await startStage({ port: 0, seed: 1, site: { frameAncestors: [named ?? ''] } });
    for (const origin of [stranger, named]) {
      address = await launchAddress(stage, { patient: 'sepsis' });
      const page = await browser.newPage();
      const traffic = await watchTraffic(page);
      await page.goto(origin ?? '');
      if (origin === named) {
        const app = page.frameLocator('iframe');
        await expect(app.getByRole('region', { name: 'Patient' })).toBeVisible();
      } else {
        await expect.poll(() => traffic.printed.join()).toContain('frame-ancestors');
        expect(page.frames().at(-1)?.url()).toMatch(/^chrome-error:/);
        await traffic.settle();
        const paths = traffic.sent.map(({ url }) => url.pathname);
        expect(
          paths.filter((path) => !['/', '/favicon.ico', '/launch.html'].includes(path)),
        ).toEqual([]);
      }
      await page.close();
    }
    await Promise.all([stage, ...servers].map((one) => one.close()));
  });

  test('messages from other windows are heard by nobody', async ({ page, stage }) => {
    await signIn(page, stage);
    const app = await openPatient(page, 'Hanna Kowalska');
    await expect(app.getByRole('article').first()).toBeVisible();
    const traffic = await watchTraffic(page);
    const frame = page.frames().find((one) => one.url().startsWith(stage.appUrl));
    // But for the age of what is shown, which goes on by itself.
    const shown = async () => [
      frame?.url(),
      (await app.getByRole('article').allTextContents()).map((text) =>
        text.replace(/\d+ min ago/g, ''),
      ),
    ];
    const before = await shown();
    await page.evaluate((evil) => {
      const { contentWindow } = document.querySelector('iframe') ?? {};
      const messages: unknown[] = [
        { type: 'completeAuth', url: `${evil}/index.html` },
        { type: 'relocate', url: `${evil}/` },
        { messageType: 'scratchpad.create', payload: { resource: {} } },
        { action: 'accept' },
        'close',
        null,
        JSON.parse('{"__proto__":{"polluted":1}}'),
      ];
      for (const message of messages) contentWindow?.postMessage(message, '*');
    }, EVIL);
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 500)));
    expect(await shown()).toEqual(before);
    await traffic.settle();
    expect(traffic.sent.filter(({ url }) => url.origin === EVIL)).toEqual([]);
    expect(await responsesOf(stage, 'sepsis')).toEqual([]);
  });
});

test.describe('a panel that nobody uses', () => {
  test.use({
    stageOptions: { site: { lockAfterMinutes: 0.1 } },
    expectedNoise: /status of 40[01]/,
  });

  test('locks: the card is gone, the answer is filed, the draft waits for a sign-in', async ({
    page,
    stage,
  }) => {
    await page.goto(await launchAddress(stage, { patient: 'sepsis' }));
    const card = page.getByRole('article', { name: /Start the sepsis bundle/ });
    await card.getByRole('button', { name: 'Override', exact: true }).click();
    await card.getByRole('textbox', { name: 'Comment' }).fill('Half a thought');
    const other = page.getByRole('article', { name: /Check potassium/ });
    await other.getByRole('button', { name: /Check potassium/ }).click();
    await other.getByRole('button', { name: 'Accept', exact: true }).click();

    // Sooner than the ten seconds in which the answer could be taken back: it is sent all the same.
    await expect(page.getByRole('heading', { name: 'Locked' })).toBeVisible({ timeout: 20_000 });
    await expect(page.getByRole('article')).toHaveCount(0);
    expect(await page.content()).not.toMatch(/kowalska|potassium|sepsis/i);
    await expect.poll(async () => (await responsesOf(stage, 'sepsis')).length).toBe(1);
    await page.keyboard.press('Escape');
    await page.mouse.move(5, 5);
    await expect(page.getByRole('heading', { name: 'Locked' })).toBeVisible();

    await page.getByRole('button', { name: 'Sign in again' }).click();
    await expect(card.getByRole('textbox', { name: 'Comment' })).toHaveValue('Half a thought');
    await expect(other).toContainText('Accepted');
  });

  test('is not opened by a reload or by the way back', async ({ page, stage }) => {
    await page.goto(await launchAddress(stage, { patient: 'sepsis' }));
    await expect(page.getByRole('article').first()).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Locked' })).toBeVisible({ timeout: 20_000 });
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.url().startsWith(stage.fhirUrl)) asked.push(request.url());
    });
    await page.reload();
    await expect(page.getByRole('alert')).toContainText('Open the app again');
    await page.goto('about:blank');
    await page.goBack();
    await expect(page.getByRole('alert')).toContainText('Open the app again');
    expect(asked).toEqual([]);
  });
});
