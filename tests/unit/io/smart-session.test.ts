// @vitest-environment jsdom
import { HttpResponse, http } from 'msw/http';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { APP, type Ehr, freshPage, ISS, launchPage, site, startEhr } from './smart.ts';

const TOKEN_URL = `${new URL(ISS).origin}/auth/token`;
let ehr: Ehr;

// Each page loads its modules anew, and each EHR makes a key to sign with: slow on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

beforeEach(() => {
  sessionStorage.clear();
  history.replaceState(null, '', '/');
});
afterEach(() => ehr.stop());

type Page = Awaited<ReturnType<typeof freshPage>>;

/** From the EHR's link to the page that the authorization server sends the browser back to. */
async function signIn(page: Page, launch = ehr.launch()): Promise<URL> {
  const opened = launchPage(`iss=${encodeURIComponent(ISS)}&launch=${launch}`);
  const target = await page.authorize(site(), page.readLaunchUrl(opened), opened);
  const response = await ehr.sandbox.fetch(new Request(target, { redirect: 'manual' }));
  return new URL(response.headers.get('location') ?? '');
}

async function launched(options: Parameters<typeof startEhr>[0] = {}) {
  ehr = startEhr(options);
  const page = await freshPage();
  const back = await signIn(page);
  history.replaceState(null, '', back);
  const smart = await page.completeLaunch(site(), back);
  return { page, back, smart };
}

describe('a finished launch', () => {
  it('has the facts of the token, and no token among them', async () => {
    const { smart, back } = await launched();
    expect(smart.session).toMatchObject({
      launchId: back.searchParams.get('state'),
      issuer: ISS,
      issuerLabel: 'Sandbox',
      patientId: 'p1',
      encounterId: 'enc-p1',
      performer: 'Practitioner/ada',
      fhirUser: `${ISS}/Practitioner/ada`,
      needPatientBanner: true,
      fhirContext: [],
    });
    expect(JSON.stringify(smart.session)).not.toMatch(/ey[\w-]+\.ey/);
    expect(await smart.authorization()).toEqual({
      authorization: expect.stringMatching(/^Bearer ./),
    });
  });

  it('leaves no code in the address bar, and keeps the state that a reload needs', async () => {
    const { back } = await launched();
    expect(back.searchParams.has('code')).toBe(true);
    expect(location.search).toBe(`?state=${back.searchParams.get('state')}`);
  });

  it('exchanges its code once, however often it is asked', async () => {
    const { page, back } = await launched();
    await page.completeLaunch(site(), back);
    const exchanges = ehr.sandbox.requests().filter(({ path }) => path === '/auth/token');
    expect(exchanges).toHaveLength(1);
  });

  it('survives a reload of its page', async () => {
    const { smart } = await launched();
    const again = await freshPage();
    const reloaded = await again.completeLaunch(site(), new URL(location.href));
    expect(reloaded.session).toEqual(smart.session);
  });

  it('knows the clinician by an address that is not below the FHIR base, as Epic gives it', async () => {
    const { smart } = await launched({ vendor: 'epic' });
    expect(smart.session.fhirUser).not.toContain(`${ISS}/`);
    expect(smart.session.performer).toBe('Practitioner/ada');
  });

  it('shows its own banner unless the EHR says "false", as a word or as a value', async () => {
    ehr = startEhr({ vendor: 'epic' });
    const page = await freshPage();
    const launch = ehr.sandbox.launch({
      clientId: 'clinician-feedback',
      user: 'ada',
      patient: 'p1',
      needPatientBanner: false,
    });
    const smart = await page.completeLaunch(site(), await signIn(page, launch));
    expect(smart.session.needPatientBanner).toBe(false);
  });
});

describe('a launch that cannot be finished', () => {
  it.each([
    ['no state', '?code=c'],
    ['a state that this tab never made', '?code=c&state=11111111-1111-4111-8111-111111111111'],
  ])('%s', async (_what, query) => {
    ehr = startEhr();
    const page = await freshPage();
    await expect(
      page.completeLaunch(site(), new URL(`${APP}/index.html${query}`)),
    ).rejects.toBeInstanceOf(page.LaunchError);
    expect(ehr.sandbox.requests()).toEqual([]);
  });

  it('the user declined: said without the server’s words, which stay out of the address', async () => {
    ehr = startEhr();
    const page = await freshPage();
    const back = await signIn(page);
    const refused = new URL(`${APP}/index.html?error=access_denied&error_description=%3Cb%3Eevil`);
    refused.searchParams.set('state', back.searchParams.get('state') ?? '');
    history.replaceState(null, '', refused);
    const failure = page.completeLaunch(site(), refused);
    await expect(failure).rejects.toMatchObject({ cure: expect.stringMatching(/declined/) });
    await expect(failure).rejects.not.toThrow(/evil/);
    expect(location.search).not.toMatch(/error|evil/);
  });

  it('a code that was used already', async () => {
    const { back } = await launched();
    sessionStorage.removeItem(back.searchParams.get('state') ?? '');
    const page = await freshPage();
    await expect(page.completeLaunch(site(), back)).rejects.toBeInstanceOf(page.LaunchError);
  });

  it('a server that was taken out of the configuration meanwhile', async () => {
    ehr = startEhr();
    const page = await freshPage();
    const back = await signIn(page);
    await expect(page.completeLaunch({ ...site(), issuers: [] }, back)).rejects.toBeInstanceOf(
      page.LaunchError,
    );
  });
});

describe('two launches in one browser session', () => {
  it('each keep their own patient', async () => {
    ehr = startEhr();
    const first = await freshPage();
    const firstBack = await signIn(first, ehr.launch('p1'));
    const second = await freshPage();
    const secondBack = await signIn(second, ehr.launch('p2', 'ben'));
    const b = await second.completeLaunch(site(), secondBack);
    const a = await first.completeLaunch(site(), firstBack);
    expect([a.session.patientId, a.session.performer]).toEqual(['p1', 'Practitioner/ada']);
    expect([b.session.patientId, b.session.performer]).toEqual(['p2', 'Practitioner/ben']);
    await b.end();
    expect(await a.authorization()).toHaveProperty('authorization');
    await expect(b.authorization()).rejects.toMatchObject({ kind: 'auth' });
  });
});

describe('a token that ends', () => {
  // So short that each request renews it.
  const SHORT = { accessTokenSeconds: 5 };

  it('is renewed before the request', async () => {
    const { smart } = await launched(SHORT);
    const first = await smart.authorization();
    expect(await smart.authorization()).not.toEqual(first);
  });

  it('renewed for another patient authorises nothing any more', async () => {
    const { smart } = await launched(SHORT);
    ehr.server.use(
      http.post(TOKEN_URL, () =>
        HttpResponse.json({
          access_token: 'renewed',
          token_type: 'Bearer',
          expires_in: 3600,
          patient: 'p2',
        }),
      ),
    );
    await expect(smart.authorization()).rejects.toMatchObject({ kind: 'wrong-patient' });
    await expect(smart.authorization()).rejects.toMatchObject({ kind: 'wrong-patient' });
    expect(smart.currentPatientId()).toBe('p2');
    expect(smart.session.patientId).toBe('p1');
  });

  it('renewed without saying for whom stays with its patient', async () => {
    const { smart } = await launched(SHORT);
    ehr.server.use(
      http.post(TOKEN_URL, () =>
        HttpResponse.json({ access_token: 'renewed', token_type: 'Bearer', expires_in: 3600 }),
      ),
    );
    expect(await smart.authorization()).toEqual({ authorization: 'Bearer renewed' });
    expect(smart.currentPatientId()).toBe('p1');
  });

  it('refused: the sign-in has ended, in words of ours', async () => {
    const { smart } = await launched(SHORT);
    ehr.server.use(
      http.post(TOKEN_URL, () => HttpResponse.json({ error: 'invalid_grant' }, { status: 400 })),
    );
    await expect(smart.authorization()).rejects.toMatchObject({
      kind: 'auth',
      message: expect.not.stringMatching(/invalid_grant/),
    });
  });

  it('without a refresh token is over when it says, and is sent to nobody after that', async () => {
    const { smart } = await launched({ vendor: 'epic' });
    await smart.authorization();
    const later = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 3_241_000);
    await expect(smart.authorization()).rejects.toMatchObject({ kind: 'auth' });
    later.mockRestore();
  });

  it('a dead network is no end: the refresh token is kept and works afterwards', async () => {
    const { smart } = await launched(SHORT);
    ehr.server.use(http.post(TOKEN_URL, () => HttpResponse.error()));
    await expect(smart.authorization()).rejects.toMatchObject({ kind: 'offline' });
    ehr.server.resetHandlers();
    expect(await smart.authorization()).toHaveProperty('authorization');
  });

  it('is renewed now where somebody asks for it, and says where it cannot be', async () => {
    const { smart } = await launched();
    const before = await smart.authorization();
    expect(await smart.renew()).toBe(true);
    expect(await smart.authorization()).not.toEqual(before);
    ehr.server.use(
      http.post(TOKEN_URL, () => HttpResponse.json({ error: 'invalid_grant' }, { status: 400 })),
    );
    await expect(smart.renew()).rejects.toMatchObject({ kind: 'auth' });
  });

  it('cannot be renewed without a refresh token', async () => {
    const { smart } = await launched({ vendor: 'epic' });
    expect(await smart.renew()).toBe(false);
  });
});
