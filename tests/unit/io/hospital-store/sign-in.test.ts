// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { listenInNode } from '#mocks/hosts/msw-node.ts';
import { createSandbox } from '#mocks/sandbox.ts';
import { minimal } from '#mocks/scenarios/minimal.ts';
import { defaultClient } from '#mocks/smart/client.ts';
import type { StoreConfig } from '#src/domain/site-config.ts';
import { APP, ISS, issuer, launchPage, site } from '../smart.ts';

const STORE = 'http://127.0.0.1:4998/fhir';
const config: StoreConfig = {
  baseUrl: `${STORE}/`,
  label: 'Research store',
  auth: 'smart',
  clientId: 'feedback-store',
  scopes: 'launch/patient openid fhirUser patient/Patient.rs',
  authorizationOrigins: [],
  patientIdentifierSystem: 'urn:example:mrn',
  canRetract: true,
  conditionalCreate: true,
};
const settings = site(issuer({ store: config, hospitalStore: false }));

// Each page loads its modules anew, and each server makes a key to sign with.
vi.setConfig({ testTimeout: 30_000 });
let servers: ReturnType<typeof start>;
beforeEach(() => {
  sessionStorage.clear();
  history.replaceState(null, '', '/index.html');
  servers = start();
});
afterEach(() => servers.stop());

function start(accessTokenSeconds = 3600) {
  const common = { appOrigins: [APP], scenario: minimal({ seed: 1, now: Date.now() }) };
  const ehr = createSandbox({ ...common, baseUrl: new URL(ISS).origin });
  const client = { ...defaultClient([APP]), id: 'feedback-store' };
  const store = createSandbox({
    ...common,
    baseUrl: new URL(STORE).origin,
    clients: [client],
    accessTokenSeconds,
  });
  const network = listenInNode(ehr, store);
  return { ehr, store, stop: () => network.close() };
}

/** The modules anew, as a page load has them. */
async function load() {
  vi.resetModules();
  const [launch, session, callback, signIn] = await Promise.all([
    import('#src/io/smart/launch.ts'),
    import('#src/io/smart/session.ts'),
    import('#src/io/hospital-store/callback.ts'),
    import('#src/io/hospital-store/sign-in.ts'),
  ]);
  return { ...launch, ...session, ...callback, ...signIn };
}

/** The page that a sign-in sends the browser back to. */
async function through(server: typeof servers.ehr, url: string, choice = ''): Promise<URL> {
  const response = await server.fetch(new Request(url + choice, { redirect: 'manual' }));
  const back = new URL(response.headers.get('location') ?? '');
  history.replaceState(null, '', back);
  return back;
}

const CHOICE = '&sandbox_user=ada&sandbox_patient=p1';

async function launchedInEhr(): Promise<URL> {
  const app = await load();
  const context = { clientId: 'clinician-feedback', user: 'ada', patient: 'p1' };
  const launch = servers.ehr.launch(context);
  const opened = launchPage(new URLSearchParams({ iss: ISS, launch }).toString());
  const url = await app.authorize(settings, app.readLaunchUrl(opened), opened);
  return await through(servers.ehr, url);
}

/** What one page load does, up to the store's session or the way to it. */
async function open(page: URL, now = Date.now()) {
  const app = await load();
  const { launched, fromStore } = app.pagesOf(page);
  const smart = await app.completeLaunch(settings, launched);
  const { launchId } = smart.session;
  const given = { store: config, issuer: issuer(), launchId, page: launched, fromStore, now };
  return { smart, given, signedIn: await app.signInToStore(given) };
}
const here = () => new URL(location.href);
const leaveFor = ({ signedIn }: Awaited<ReturnType<typeof open>>): string =>
  'leaveFor' in signedIn ? signedIn.leaveFor : '';
const sessionOf = ({ signedIn }: Awaited<ReturnType<typeof open>>) =>
  'session' in signedIn ? signedIn.session : undefined;

async function inBoth() {
  const first = await open(await launchedInEhr());
  return await open(await through(servers.store, leaveFor(first), CHOICE));
}

describe('the store’s own sign-in, after that of the EHR', () => {
  it('asks as another client, with a state of its own and PKCE; the launch is in no address', async () => {
    const first = await open(await launchedInEhr());
    const asked = new URL(leaveFor(first));
    const { launchId } = first.smart.session;
    expect(asked.origin).toBe(new URL(STORE).origin);
    expect(asked.searchParams.get('client_id')).toBe('feedback-store');
    expect(asked.searchParams.get('aud')).toBe(STORE);
    expect(asked.searchParams.get('code_challenge_method')).toBe('S256');
    expect(asked.searchParams.get('state')).toMatch(/^[0-9a-f-]{36}$/);
    expect(asked.href).not.toContain(launchId);
    expect(asked.searchParams.has('launch')).toBe(false);
  });

  it('leaves two sessions, each with its own token, and the launch in the address', async () => {
    const both = await inBoth();
    const own = sessionOf(both);
    expect(own?.session).toMatchObject({
      issuer: STORE,
      patientId: 'p1',
      fhirUser: `${STORE}/Practitioner/ada`,
    });
    expect(both.smart.session.issuer).toBe(ISS);
    expect(await own?.authorization()).not.toEqual(await both.smart.authorization());
    expect(location.search).toBe(`?state=${both.smart.session.launchId}`);
  });

  it('is taken up again after a reload, without a request', async () => {
    const both = await inBoth();
    const before = servers.store.requests().length;
    const again = await open(here());
    expect(sessionOf(again)?.session).toEqual(sessionOf(both)?.session);
    expect(servers.store.requests()).toHaveLength(before);
  });

  it('is asked for anew where it was forgotten, or has ended', async () => {
    const both = await inBoth();
    expect(leaveFor(await open(here(), Date.now() + 2 * 3_600_000))).toContain(STORE.slice(0, 21));
    sessionOf(both)?.forget();
    expect(leaveFor(await open(here()))).toContain('response_type=code');
  });

  it('declined: a stop with the way back; the code or error stays in no address', async () => {
    const first = await open(await launchedInEhr());
    const back = new URL(`${APP}/index.html?error=access_denied&error_description=evil`);
    back.searchParams.set('state', new URL(leaveFor(first)).searchParams.get('state') ?? '');
    history.replaceState(null, '', back);
    await expect(open(back)).rejects.toMatchObject({
      name: 'StoreStop',
      kind: 'sign-in',
      message: expect.stringMatching(/^Research store did not complete/),
    });
    expect(location.search).toBe(`?state=${first.smart.session.launchId}`);
    // The launch is still there: trying again begins the store's sign-in anew.
    expect(leaveFor(await open(here()))).toContain('response_type=code');
  });

  it('a state of another launch in this browser brings that launch, not this one', async () => {
    const one = await open(await launchedInEhr());
    const other = await open(await launchedInEhr());
    const back = await through(servers.store, leaveFor(one), CHOICE);
    const opened = await open(back);
    expect(opened.smart.session.launchId).toBe(one.smart.session.launchId);
    expect(opened.smart.session.launchId).not.toBe(other.smart.session.launchId);
  });

  it('a state that this tab never gave is no way back', async () => {
    await launchedInEhr();
    const forged = new URL(`${APP}/index.html?code=c&state=${crypto.randomUUID()}`);
    await expect(open(forged)).rejects.toMatchObject({ name: 'LaunchError' });
  });

  it('a store that does not describe its sign-in: a stop, and trying again may help', async () => {
    const page = await launchedInEhr();
    servers.store.faults.add({ path: '/fhir/*', effect: { kind: 'offline' } });
    await expect(open(page)).rejects.toMatchObject({ name: 'StoreStop', kind: 'sign-in' });
  });

  it('in a frame that keeps nothing it is said before the launch is used up', async () => {
    const app = await load();
    const blocked = vi.spyOn(window, 'sessionStorage', 'get').mockImplementation(() => {
      throw new DOMException('Blocked', 'SecurityError');
    });
    const opened = launchPage(new URLSearchParams({ iss: ISS, launch: 'l' }).toString());
    const refused = app.authorize(settings, app.readLaunchUrl(opened), opened);
    await expect(refused).rejects.toMatchObject({ name: 'LaunchError', ownWindowHelps: true });
    blocked.mockRestore();
    expect(servers.ehr.requests()).toEqual([]);
  });
});
