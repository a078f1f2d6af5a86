// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Ehr, freshPage, ISS, launchPage, site, startEhr } from './smart.ts';

// A page load makes its modules anew, as in smart-session.test.ts.
vi.setConfig({ testTimeout: 30_000 });

/** What a frame of another site has in a browser that blocks its storage: no tab storage, and this. */
class PartitionedCookies {
  readonly #kept = new Map<string, string>();
  readonly written: string[] = [];

  get cookie(): string {
    return [...this.#kept].map((pair) => pair.join('=')).join('; ');
  }

  set cookie(text: string) {
    this.written.push(text);
    const [pair = '', ...attributes] = text.split('; ');
    const [name = '', value = ''] = pair.split('=');
    const ours = ['SameSite=None', 'Secure', 'Partitioned'].every((one) =>
      attributes.includes(one),
    );
    if (!ours || pair.length > 4096) return;
    if (attributes.includes('Max-Age=0')) this.#kept.delete(name);
    else this.#kept.set(name, value);
  }
}

let ehr: Ehr;
let jar: PartitionedCookies;

beforeEach(() => {
  history.replaceState(null, '', '/');
  vi.spyOn(globalThis, 'sessionStorage', 'get').mockImplementation(() => {
    throw new DOMException('Access is denied for this document.', 'SecurityError');
  });
  jar = new PartitionedCookies();
  vi.spyOn(document, 'cookie', 'get').mockImplementation(() => jar.cookie);
  vi.spyOn(document, 'cookie', 'set').mockImplementation((text) => {
    jar.cookie = text;
  });
  ehr = startEhr();
});
afterEach(() => ehr.stop());

type Page = Awaited<ReturnType<typeof freshPage>>;

async function authorize(page: Page, launch: string): Promise<string> {
  const opened = launchPage(`iss=${encodeURIComponent(ISS)}&launch=${launch}`);
  return await page.authorize(site(), page.readLaunchUrl(opened), opened);
}

async function signIn(page: Page, launch = ehr.launch()): Promise<URL> {
  const target = await authorize(page, launch);
  const response = await ehr.sandbox.fetch(new Request(target, { redirect: 'manual' }));
  return new URL(response.headers.get('location') ?? '');
}

const finish = async (back: URL) => await (await freshPage()).completeLaunch(site(), back);

describe('a launch in a frame that is refused storage', () => {
  it('hands on what changes the code into a token, and nothing else', async () => {
    const launch = ehr.launch();
    const target = new URL(await authorize(await freshPage(), launch));
    const state = target.searchParams.get('state') ?? '';
    const kept = Object.fromEntries(
      jar.cookie.split('; ').map((pair) => {
        const [name = '', value = ''] = pair.split('=');
        return [name, JSON.parse(decodeURIComponent(value)) as unknown];
      }),
    );
    expect(kept).toEqual({
      [`clinician-feedback.launch.${state}`]: { iss: ISS, launch },
      [state]: {
        key: state,
        clientId: 'clinician-feedback',
        serverUrl: ISS,
        redirectUri: expect.stringMatching(/index\.html$/),
        tokenUri: expect.stringMatching(/\/auth\/token$/),
        codeVerifier: expect.stringMatching(/^[\w-]{43,128}$/),
        completeInTarget: true,
      },
    });
    for (const one of jar.written)
      expect(one).toMatch(/; Max-Age=(600|0); Path=\/; SameSite=None; Secure; Partitioned$/);
  });

  it('is finished by the next page; what was handed on is gone, the token in no cookie', async () => {
    const smart = await finish(await signIn(await freshPage()));
    expect(smart.session.patientId).toBe('p1');
    const { authorization = '' } = await smart.authorization();
    expect(jar.cookie).toBe('');
    expect(jar.written.join()).not.toContain(authorization.replace('Bearer ', ''));
    expect(jar.written.join()).not.toMatch(/access_token|refresh_token|id_token/);
  });

  it('puts no renewed token into a cookie either', async () => {
    ehr.stop();
    ehr = startEhr({ accessTokenSeconds: 5 });
    const smart = await finish(await signIn(await freshPage()));
    const before = jar.written.length;
    expect(await smart.authorization()).not.toEqual(await smart.authorization());
    expect(jar.written.slice(before)).toEqual([]);
    await smart.end();
    expect(jar.cookie).toBe('');
  });

  it('does not last: a reload needs a new launch, and is told so', async () => {
    const back = await signIn(await freshPage());
    await finish(back);
    await expect(finish(back)).rejects.toMatchObject({
      name: 'LaunchError',
      cure: expect.stringMatching(/keeps no sign-in over a reload/),
    });
  });

  it('knows in its page which launch to resume when the sign-in has ended', async () => {
    const launch = ehr.launch();
    const smart = await finish(await signIn(await freshPage(), launch));
    const { recallLaunch } = await import('#src/io/smart/launch-memory.ts');
    expect(recallLaunch(smart.session.launchId)).toMatchObject({ iss: ISS, launch });
  });

  it('two of one site, both under way: each has its own patient, and codes do not mix', async () => {
    const first = await signIn(await freshPage(), ehr.launch('p1'));
    const second = await signIn(await freshPage(), ehr.launch('p2', 'ben'));
    const other = await finish(second);
    const mixed = new URL(first);
    mixed.searchParams.set('code', second.searchParams.get('code') ?? '');
    expect([other.session.patientId, other.session.performer]).toEqual(['p2', 'Practitioner/ben']);
    await expect(finish(mixed)).rejects.toMatchObject({ name: 'LaunchError' });
    expect(jar.cookie).toBe('');
  });

  it('a way back that was refused leaves nothing behind', async () => {
    const back = await signIn(await freshPage());
    back.searchParams.delete('code');
    back.searchParams.set('error', 'access_denied');
    await expect(finish(back)).rejects.toMatchObject({ name: 'LaunchError' });
    expect(jar.cookie).toBe('');
  });
});

describe('a frame that is refused the cookie as well', () => {
  it('is told to open its own window before anything is asked of the EHR', async () => {
    vi.spyOn(document, 'cookie', 'set').mockImplementation(() => undefined);
    const launch = ehr.launch();
    await expect(authorize(await freshPage(), launch)).rejects.toMatchObject({
      name: 'LaunchError',
      ownWindowHelps: true,
      cure: expect.stringMatching(/window of its own/),
    });
    expect(ehr.sandbox.requests()).toEqual([]);
  });

  it('so is one whose launch does not fit into a cookie', async () => {
    const refusal = authorize(await freshPage(), 'x'.repeat(5_000));
    await expect(refusal).rejects.toMatchObject({ ownWindowHelps: true });
    expect(ehr.sandbox.requests()).toEqual([]);
  });
});
