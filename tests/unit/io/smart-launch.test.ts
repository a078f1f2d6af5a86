// @vitest-environment jsdom
import { HttpResponse, http } from 'msw/http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { IssuerConfig } from '#src/domain/site-config.ts';
import { authorize, readLaunchUrl } from '#src/io/smart/launch.ts';
import { LaunchError } from '#src/io/smart/launch-error.ts';
import { legalPerformer } from '#src/io/smart/session.ts';
import { APP, type Ehr, ISS, issuer, launchPage, site, startEhr } from './smart.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
let ehr: Ehr;

beforeEach(() => {
  sessionStorage.clear();
  ehr = startEhr();
});
afterEach(() => ehr.stop());

/** Where the browser would be sent. */
async function start(query: string, changes: Partial<IssuerConfig> = {}): Promise<URL> {
  const page = launchPage(query);
  return new URL(await authorize(site(issuer(changes)), readLaunchUrl(page), page));
}
const encoded = (text: string) => encodeURIComponent(text);

describe('the launch URL', () => {
  it('gives server, launch and what it resumes, and nothing else', () => {
    const read = readLaunchUrl(
      launchPage(`iss=${encoded(ISS)}&launch=L1&resume=R1&clientId=evil&patientId=p9`),
    );
    expect(read).toEqual({ iss: ISS, launch: 'L1', resume: 'R1' });
  });

  it.each([
    ['no iss', 'launch=L1'],
    ['an empty iss', 'iss=&launch=L1'],
    ['two iss', `iss=${encoded(ISS)}&iss=https://evil.example.org/fhir`],
    ['two launch', `iss=${encoded(ISS)}&launch=a&launch=b`],
    ['fhirServiceUrl', `iss=${encoded(ISS)}&fhirServiceUrl=https://evil.example.org/fhir`],
    ['fhirServiceUrl alone', 'fhirServiceUrl=https://evil.example.org/fhir'],
  ])('is refused with %s', (_what, query) => {
    expect(() => readLaunchUrl(launchPage(query))).toThrow(LaunchError);
  });
});

describe('servers that are not configured', () => {
  it.each([
    'https://evil.example.org/fhir',
    `${ISS}/../evil`,
    `${ISS}.evil.example.org`,
    `${ISS}?x=1`,
    ISS.toUpperCase(),
    'javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    '//evil.example.org/fhir',
    '<script>alert(1)</script>',
  ])('%s: refused, nothing is requested, nothing is repeated but a host', async (iss) => {
    const refusal = start(`iss=${encoded(iss)}&launch=L1`);
    await expect(refusal).rejects.toThrow(LaunchError);
    await expect(refusal).rejects.toThrow(
      /^[^<]*not set up for the server (in this link|https?:\/\/[\w.:-]+)\.$/,
    );
    expect(ehr.sandbox.requests()).toEqual([]);
    expect(sessionStorage).toHaveLength(0);
  });

  it('one trailing slash makes no difference, on either side', async () => {
    expect((await start(`iss=${encoded(`${ISS}/`)}&launch=L1`)).searchParams.get('aud')).toBe(ISS);
    const configured = await start(`iss=${encoded(ISS)}&launch=L1`, { iss: `${ISS}/` });
    expect(configured.searchParams.get('aud')).toBe(`${ISS}/`);
  });
});

describe('the authorization request', () => {
  it('is what SMART App Launch 2.2 asks of a public client', async () => {
    const url = await start(`iss=${encoded(ISS)}&launch=L1`);
    expect(url.origin + url.pathname).toBe(`${new URL(ISS).origin}/auth/authorize`);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      response_type: 'code',
      client_id: 'clinician-feedback',
      scope: issuer().scopes,
      redirect_uri: `${APP}/index.html`,
      aud: ISS,
      state: expect.stringMatching(UUID),
      launch: 'L1',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    });
  });

  it('takes nothing else from the URL', async () => {
    const plain = await start(`iss=${encoded(ISS)}&launch=L1`);
    const hostile = await start(
      `iss=${encoded(ISS)}&launch=L1&clientId=evil&client_id=evil&patientId=evil-patient&encounterId=evil-encounter` +
        '&redirectUri=https://evil.example.org/&redirect_uri=https://evil.example.org/' +
        '&scope=user/*.cruds&state=fixed&code_challenge=fixed&pkceMode=disabled&aud=https://evil.example.org',
    );
    const fixed = ({ searchParams }: URL) =>
      ['client_id', 'scope', 'redirect_uri', 'aud', 'launch'].map((name) =>
        searchParams.getAll(name),
      );
    expect(fixed(hostile)).toEqual(fixed(plain));
    expect(hostile.searchParams.get('state')).toMatch(UUID);
    expect(hostile.searchParams.get('code_challenge')).not.toBe('fixed');
    expect(JSON.stringify({ ...sessionStorage })).not.toMatch(/evil/);
  });

  it('has a new state each time, and keeps each launch under its own', async () => {
    const states = [
      await start(`iss=${encoded(ISS)}&launch=a`),
      await start(`iss=${encoded(ISS)}&launch=b`),
    ].map((url) => url.searchParams.get('state') ?? '');
    expect(new Set(states).size).toBe(2);
    for (const state of states) expect(sessionStorage.getItem(state)).not.toBeNull();
    // fhirclient's well-known key would let two launches of one browser meet.
    expect(sessionStorage.getItem('SMART_KEY')).toBeNull();
  });

  it('standalone: asks the server for a patient instead', async () => {
    const url = await start(`iss=${encoded(ISS)}`, {
      scopes: 'openid launch fhirUser launch/encounter',
    });
    expect(url.searchParams.get('scope')).toBe('openid launch/patient fhirUser launch/encounter');
    expect(url.searchParams.has('launch')).toBe(false);
  });

  it('goes back to the configured address where there is one', async () => {
    const redirectUri = `${APP}/index.html`;
    const url = await start(`iss=${encoded(ISS)}&launch=L1`, { redirectUri });
    expect(url.searchParams.get('redirect_uri')).toBe(redirectUri);
  });

  it('sends the configured headers with discovery', async () => {
    let seen: string | null = null;
    ehr.server.use(
      http.get(`${ISS}/.well-known/smart-configuration`, ({ request }) => {
        seen = request.headers.get('epic-client-id');
        return HttpResponse.json({
          authorization_endpoint: 'https://auth.example.org/authorize',
          token_endpoint: 'https://auth.example.org/token',
          code_challenge_methods_supported: ['S256'],
        });
      }),
    );
    const discoveryHeaders = { 'Epic-Client-ID': 'abc' };
    const { origin } = await start(`iss=${encoded(ISS)}&launch=L1`, { discoveryHeaders });
    expect([seen, origin]).toEqual(['abc', 'https://auth.example.org']);
  });
});

describe('PKCE', () => {
  const discovery = (methods: readonly string[] | undefined, authorize = true) =>
    ehr.server.use(
      http.get(`${ISS}/.well-known/smart-configuration`, () =>
        HttpResponse.json({
          ...(authorize && { authorization_endpoint: 'https://auth.example.org/authorize' }),
          token_endpoint: 'https://auth.example.org/token',
          ...(methods && { code_challenge_methods_supported: methods }),
        }),
      ),
    );

  it.each([[undefined], [[]], [['plain']]])(
    'required, and the server offers %j: refused in words',
    async (methods) => {
      discovery(methods);
      await expect(start(`iss=${encoded(ISS)}&launch=L1`)).rejects.toThrow(LaunchError);
    },
  );

  it.each([
    [['S256'], true],
    [undefined, false],
  ])('if supported, and the server offers %j: challenge %s', async (methods, challenged) => {
    discovery(methods);
    const url = await start(`iss=${encoded(ISS)}&launch=L1`, { pkce: 'ifSupported' });
    expect(url.searchParams.has('code_challenge')).toBe(challenged);
  });

  it.each(['required', 'ifSupported'] as const)(
    'a server without sign-in is not entered (%s)',
    async (pkce) => {
      discovery(['S256'], false);
      ehr.server.use(
        http.get(`${ISS}/metadata`, () =>
          HttpResponse.json({ resourceType: 'CapabilityStatement', rest: [{ mode: 'server' }] }),
        ),
      );
      await expect(start(`iss=${encoded(ISS)}&launch=L1`, { pkce })).rejects.toThrow(LaunchError);
    },
  );
});

describe('who may give an answer (fhirUser)', () => {
  it.each([
    ['Practitioner/ada', 'Practitioner/ada'],
    ['PractitionerRole/r-1.2', 'PractitionerRole/r-1.2'],
    ['https://ehr.example.org/fhir/Practitioner/ada', 'Practitioner/ada'],
    ['https://other.example.org/any/R4/PractitionerRole/r1', 'PractitionerRole/r1'],
    ['Person/1', undefined],
    ['https://ehr.example.org/fhir/Patient/p1', undefined],
    ['RelatedPerson/1', undefined],
    ['Practitioner/', undefined],
    ['Practitioner/a b', undefined],
    ['Practitioner/ada/_history/2', undefined],
    ['NotAPractitioner/1', undefined],
    [`Practitioner/${'a'.repeat(65)}`, undefined],
    ['<script>Practitioner/1</script>', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%s → %s', (fhirUser, performer) => {
    expect(legalPerformer(fhirUser)).toBe(performer);
  });
});
