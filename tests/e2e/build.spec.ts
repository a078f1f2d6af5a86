import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { fileHandler } from '#src/cli/static-files.ts';
import { securityHeaders } from '#src/io/csp.ts';
import { appFrame, expect, openPatient, signIn, test } from './stage.ts';

// What `npm run build` makes is what a hospital deploys: nothing of the sandbox may be in it, and it
// must work from whatever path and under whatever policy the hospital's web server has.
const BUILT = fileURLToPath(new URL('../../dist/app', import.meta.url));

const files = (): string[] =>
  readdirSync(BUILT, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

const text = (path: string): string => readFileSync(path, 'utf8');
const withEnding = (...endings: string[]) =>
  files().filter((path) => endings.includes(extname(path)));

test.describe('what is built', () => {
  test('holds nothing of the sandbox', () => {
    expect(files().map((path) => path.slice(BUILT.length + 1))).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/mock|sandbox|worker|msw|\.map$/i)]),
    );
    for (const path of withEnding('.js', '.html', '.css', '.json')) {
      const content = text(path);
      // Loopback addresses with a port are servers; without one they are the pattern of a check.
      const local = content.match(/https?:\/\/(localhost|127\.0\.0\.1|\[::1\])[:/]\w*/g) ?? [];
      expect(local, path).toEqual([]);
      expect(content, path).not.toMatch(/mockServiceWorker|msw\/|setupWorker|@medplum/);
      // The connection check labels what it writes so; nothing else knows the label.
      if (!path.includes('connection-page')) expect(content, path).not.toMatch(/HTEST/);
      expect(content, path).not.toMatch(/Kowalska|Tarnbeck|Oswinvale|St Brannoc/);
      expect(content, path).not.toMatch(/\bsandbox-ehr\b|ehr\/launches|ehr\/sign-in/);
    }
    const config = JSON.parse(text(join(BUILT, 'config.json'))) as Record<string, unknown>;
    expect(config).toMatchObject({ issuers: [], frameAncestors: [], synthetic: false });
  });

  test('needs no inline script, no inline style, no code from text', () => {
    const pages = withEnding('.html');
    expect(pages.map((path) => path.slice(BUILT.length + 1)).sort()).toEqual([
      'connection/index.html',
      'dashboard/index.html',
      'export/index.html',
      'governance/index.html',
      'index.html',
      'launch.html',
    ]);
    for (const path of pages) {
      const html = text(path);
      expect(html.match(/<script(?![^>]*\ssrc=)[^>]*>/g), path).toBeNull();
      expect(html, path).not.toMatch(/<style|\sstyle=|\son[a-z]+=|javascript:|http-equiv/i);
    }
    for (const path of withEnding('.js')) expect(text(path), path).not.toMatch(/\bnew Function\b/);
  });

  test('names every file relative to the page, and every file is there', () => {
    for (const path of withEnding('.html')) {
      const named = [...text(path).matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1]);
      expect(named.length).toBeGreaterThan(2);
      for (const name of named) {
        expect(name, path).toMatch(/^\.\.?\//);
        const file = join(dirname(path), name?.replace(/\?.*/, '') ?? '');
        expect(existsSync(file), name).toBe(true);
      }
    }
    for (const path of withEnding('.js', '.css'))
      expect(text(path), path).not.toMatch(/["'`(]\/(assets|fhir|icon|config)\b/);
  });
});

test('works below any path of a web server', async ({ page }) => {
  const base = 'https://apps.hospital.test/some/path/';
  const iss = 'https://ehr.hospital.test/fhir';
  const shipped = JSON.parse(text(join(BUILT, 'config.json'))) as object;
  const issuer = { iss, label: 'EHR', vendor: 'other', clientId: 'here', scopes: 'launch openid' };
  const serve = fileHandler({
    root: BUILT,
    headers: {},
    json: { '/config.json': { ...shipped, issuers: [issuer] } },
  });
  const failed: string[] = [];
  await page.route('https://apps.hospital.test/**', async (route) => {
    const { pathname } = new URL(route.request().url());
    const inside = pathname.startsWith('/some/path/');
    const response = inside ? await serve(pathname.slice('/some/path'.length)) : undefined;
    if (!response?.ok) failed.push(pathname);
    await route.fulfill({
      status: response?.status ?? 404,
      headers: Object.fromEntries(response?.headers ?? []),
      body: Buffer.from(response ? await response.arrayBuffer() : new ArrayBuffer(0)),
    });
  });
  await page.route(`${iss}/.well-known/smart-configuration`, (route) =>
    route.fulfill({
      headers: { 'access-control-allow-origin': '*' },
      json: {
        authorization_endpoint: 'https://ehr.hospital.test/authorize',
        token_endpoint: 'https://ehr.hospital.test/token',
        code_challenge_methods_supported: ['S256'],
      },
    }),
  );
  await page.route('https://ehr.hospital.test/authorize?*', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<title>Sign-in of the EHR</title>' }),
  );
  await page.goto(`${base}launch.html?iss=${encodeURIComponent(iss)}&launch=abc`);
  await expect(page).toHaveTitle('Sign-in of the EHR');
  const asked = new URL(page.url()).searchParams;
  expect(asked.get('redirect_uri')).toBe(`${base}index.html`);
  expect(asked.get('code_challenge_method')).toBe('S256');

  // Opened without a launch it says so, instead of staying white.
  await page.goto(base);
  await expect(page.getByRole('heading').first()).toBeVisible();
  expect(failed).toEqual([]);
});

test('sends its policy with every response, and never offends against it', async ({
  page,
  stage,
}) => {
  const violations = await watchViolations(page);
  const appOrigin = new URL(stage.appUrl).origin;
  const expected = securityHeaders(stage.config);
  const without: string[] = [];
  const policies: string[] = [];
  page.on('response', (response) => {
    const { origin, pathname } = new URL(response.url());
    const policy = response.headers()['content-security-policy'];
    const fromEhrPage =
      origin === new URL(stage.ehrUrl).origin && !/^\/(fhir|ehr|auth)/.test(pathname);
    if (!policy && (origin === appOrigin || fromEhrPage)) without.push(response.url());
    if (origin === appOrigin) policies.push(policy ?? '');
  });

  await signIn(page, stage);
  const app = await openPatient(page, 'Hanna Kowalska');
  await clickThrough(page);
  await expect(app.getByRole('article').first()).toBeVisible();

  expect(without).toEqual([]);
  expect(new Set(policies)).toEqual(new Set([expected['content-security-policy']]));
  expect(policies[0]).not.toMatch(/unsafe-|\*|data:|blob:/);
  expect(violations).toEqual([]);
  for (const path of ['launch.html', 'nowhere.js', 'config.json', 'assets/', 'dashboard']) {
    const response = await fetch(`${stage.appUrl}${path}`);
    for (const [name, value] of Object.entries(expected))
      expect(response.headers.get(name), `${name} of ${path}`).toBe(value);
  }
});

/** In every frame, also for what the browser does not print. */
async function watchViolations(page: Page): Promise<string[]> {
  const violations: string[] = [];
  await page.exposeFunction('noteViolation', (what: string) => void violations.push(what));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const { noteViolation } = window as unknown as { noteViolation(what: string): void };
      noteViolation(`${event.effectiveDirective} ${event.blockedURI} in ${event.documentURI}`);
    });
  });
  return violations;
}

/** Everything that loads or draws something of its own. */
async function clickThrough(page: Page): Promise<void> {
  const app = appFrame(page);
  const card = app.getByRole('article', { name: /Start the sepsis bundle/ });
  const press = (name: string | RegExp) =>
    card
      .getByRole('button', { name, exact: typeof name === 'string' })
      .first()
      .click();
  await press('About this model');
  await card.getByText('The whole model card').click();
  await press('Override');
  await press('More reasons');
  await press('Back');
  await press('Defer');
  await press('Back');
  await press('Accept with changes');
  await press('Back');
  await press('Accept');
  await press('Add a comment');
  await press('Undo');
  for (const closed of await app.getByRole('article').all())
    await closed.getByRole('heading', { level: 2 }).getByRole('button').click();
  await page.getByRole('button', { name: '320 px' }).click();
  await page.emulateMedia({ colorScheme: 'dark' });
}
