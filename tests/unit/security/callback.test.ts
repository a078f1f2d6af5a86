// @vitest-environment jsdom
import { HttpResponse, http } from 'msw/http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listenInNode } from '#mocks/hosts/msw-node.ts';
import { createSandbox, type Sandbox } from '#mocks/sandbox.ts';
import { minimal } from '#mocks/scenarios/minimal.ts';
import { APP, freshPage, ISS, issuer, launchPage, site } from '#tests/unit/io/smart.ts';

// Two hospitals in one browser, both configured: what is said by one must never open the other.
const OTHER = 'http://127.0.0.1:4998/fhir';
const CONFIG = site(issuer(), issuer({ iss: OTHER, label: 'Other hospital' }));

let here: Sandbox;
let other: Sandbox;
let server: ReturnType<typeof listenInNode>;

const start = (iss: string) =>
  createSandbox({
    baseUrl: iss.replace('/fhir', ''),
    appOrigins: [APP],
    scenario: minimal({ seed: 1, now: Date.now() }),
  });

beforeEach(() => {
  sessionStorage.clear();
  history.replaceState(null, '', '/');
  here = start(ISS);
  other = start(OTHER);
  server = listenInNode(here, other);
});
afterEach(() => server.close());

type Page = Awaited<ReturnType<typeof freshPage>>;

/** Where the authorization server sends the browser back to, with a code that was not used yet. */
async function signIn(page: Page, sandbox: Sandbox, patient = 'p1', user = 'ada'): Promise<URL> {
  const launch = sandbox.launch({ clientId: 'clinician-feedback', user, patient });
  const iss = encodeURIComponent(sandbox.fhirBase);
  const opened = launchPage(`iss=${iss}&launch=${launch}`);
  const target = await page.authorize(CONFIG, page.readLaunchUrl(opened), opened);
  const response = await sandbox.fetch(new Request(target, { redirect: 'manual' }));
  return new URL(response.headers.get('location') ?? '');
}

const callback = (parameters: Record<string, string | null>): URL => {
  const url = new URL(`${APP}/index.html`);
  for (const [name, value] of Object.entries(parameters))
    if (value !== null) url.searchParams.set(name, value);
  history.replaceState(null, '', url);
  return url;
};
const parts = ({ searchParams }: URL) => ({
  code: searchParams.get('code'),
  state: searchParams.get('state'),
});
const exchanges = (sandbox: Sandbox) =>
  sandbox.requests().filter(({ path }) => path === '/auth/token').length;
const tokens = () => JSON.stringify({ ...sessionStorage }).match(/"access_token/g) ?? [];

describe('two issuers in one browser', () => {
  it('a response of A under the state of B opens nothing, and A is never asked', async () => {
    const page = await freshPage();
    const fromHere = parts(await signIn(page, here));
    const fromOther = parts(await signIn(page, other));
    const mixed = callback({ code: fromHere.code, state: fromOther.state });
    await expect(page.completeLaunch(CONFIG, mixed)).rejects.toBeInstanceOf(page.LaunchError);
    expect([exchanges(here), exchanges(other)]).toEqual([0, 1]);
    expect(tokens()).toEqual([]);
  });

  it('neither does an `iss` in the response choose another server than the launch did', async () => {
    const page = await freshPage();
    const { code, state } = parts(await signIn(page, here));
    const smart = await page.completeLaunch(CONFIG, callback({ code, state, iss: OTHER }));
    expect(smart.session.issuer).toBe(ISS);
    expect([exchanges(here), exchanges(other)]).toEqual([1, 0]);
  });

  it('each launch keeps its own: finishing one leaves the other as it was', async () => {
    const first = await freshPage();
    const fromHere = await signIn(first, here, 'p1');
    const fromOther = await signIn(first, other, 'p2');
    const one = await first.completeLaunch(CONFIG, fromHere);
    const second = await freshPage();
    const two = await second.completeLaunch(CONFIG, fromOther);
    expect([one.session.issuer, one.session.patientId]).toEqual([ISS, 'p1']);
    expect([two.session.issuer, two.session.patientId]).toEqual([OTHER, 'p2']);
    const [mine, theirs] = [await one.authorization(), await two.authorization()];
    expect(mine.authorization).not.toBe(theirs.authorization);
  });
});

describe('a code that is not the one that was asked for', () => {
  it('of another user, slipped under a pending state: PKCE refuses it', async () => {
    const attacker = await freshPage();
    const stolen = parts(await signIn(attacker, here, 'p2', 'ada'));
    sessionStorage.clear();
    const victim = await freshPage();
    const pending = parts(await signIn(victim, here));
    const forged = callback({ code: stolen.code, state: pending.state });
    await expect(victim.completeLaunch(CONFIG, forged)).rejects.toBeInstanceOf(victim.LaunchError);
    expect(tokens()).toEqual([]);
  });

  it('after the launch was finished: never exchanged, the session stays whose it was', async () => {
    const page = await freshPage();
    const back = await signIn(page, here);
    await page.completeLaunch(CONFIG, back);
    const again = await freshPage();
    const forged = callback({ code: 'of-somebody-else', state: back.searchParams.get('state') });
    const smart = await again.completeLaunch(CONFIG, forged);
    expect(smart.session.patientId).toBe('p1');
    expect(exchanges(here)).toBe(1);
    expect(location.href).not.toContain('of-somebody-else');
  });

  it('without any code: no session, and no request', async () => {
    const page = await freshPage();
    const { state } = parts(await signIn(page, here));
    const smart = await page.completeLaunch(CONFIG, callback({ state }));
    expect(smart.session.patientId).toBeUndefined();
    await expect(smart.authorization()).rejects.toMatchObject({ kind: 'auth' });
    expect(exchanges(here)).toBe(0);
  });

  it.each([
    'x&grant_type=client_credentials',
    'x&redirect_uri=https://evil.test/&client_id=evil',
    'a+b/c==',
    'x#y?z',
    '%26grant_type%3Dpassword',
    '<script>alert(1)</script>',
    'x'.repeat(100_000),
  ])('%.40s: sent as it is, and adds no field to the request', async (code) => {
    const page = await freshPage();
    const { state } = parts(await signIn(page, here));
    const bodies: URLSearchParams[] = [];
    server.use(
      http.post(`${here.baseUrl}/auth/token`, async ({ request }) => {
        bodies.push(new URLSearchParams(await request.text()));
        return HttpResponse.json({ error: 'invalid_grant' }, { status: 400 });
      }),
    );
    const forged = callback({ code, state });
    const refusal = page.completeLaunch(CONFIG, forged);
    await expect(refusal).rejects.toBeInstanceOf(page.LaunchError);
    await expect(refusal).rejects.not.toThrow(/evil|script|invalid_grant/);
    expect(bodies).toHaveLength(1);
    const [body] = bodies;
    expect(body?.getAll('code')).toEqual([code]);
    expect(body?.getAll('grant_type')).toEqual(['authorization_code']);
    expect(body?.getAll('redirect_uri')).toEqual([`${APP}/index.html`]);
    expect(body?.getAll('client_id')).toEqual(['clinician-feedback']);
    expect(location.search).toBe(`?state=${state}`);
  });

  it.each(['__proto__', 'constructor', 'clinician-feedback.launch.x', '', '../x', '<b>'])(
    'state %j is no launch of this tab',
    async (state) => {
      const page = await freshPage();
      await signIn(page, here);
      const forged = callback({ code: 'c', state });
      await expect(page.completeLaunch(CONFIG, forged)).rejects.toBeInstanceOf(page.LaunchError);
      expect(exchanges(here)).toBe(0);
    },
  );
});

describe('a locked session', () => {
  const launched = async () => {
    const page = await freshPage();
    const back = await signIn(page, here);
    const smart = await page.completeLaunch(CONFIG, back);
    const url = callback({ state: back.searchParams.get('state') });
    return { smart, url };
  };

  it('is not opened by a reload, while what was on its way may still be sent', async () => {
    const { smart, url } = await launched();
    smart.forget();
    expect(tokens()).toEqual([]);
    expect(await smart.authorization()).toHaveProperty('authorization');
    const reloaded = await freshPage();
    await expect(reloaded.completeLaunch(CONFIG, url)).rejects.toBeInstanceOf(reloaded.LaunchError);
  });

  it('does not come back to the store with a token that is renewed meanwhile', async () => {
    server.close();
    here = createSandbox({
      baseUrl: ISS.replace('/fhir', ''),
      appOrigins: [APP],
      scenario: minimal({ seed: 1, now: Date.now() }),
      accessTokenSeconds: 5,
    });
    server = listenInNode(here, other);
    const { smart } = await launched();
    smart.forget();
    const before = exchanges(here);
    await smart.authorization();
    expect(exchanges(here)).toBe(before + 1);
    expect(tokens()).toEqual([]);
  });

  it('sends nothing more once it has ended', async () => {
    const { smart } = await launched();
    await smart.end();
    await expect(smart.authorization()).rejects.toMatchObject({ kind: 'auth' });
  });
});
