import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  authorize,
  authorizeParameters,
  CLIENT,
  codeFor,
  codeForm,
  exchange,
  newLaunch,
  REDIRECT,
  SCOPE,
  tokensFor,
} from './client.ts';
import { HOSTS, type Running } from './harness.ts';

describe.each(HOSTS)('SMART launch, hosted as $name', ({ start }) => {
  let running: Running;
  beforeEach(async () => {
    running = await start();
  });
  afterEach(() => running.stop());

  it('is discovered', async () => {
    const response = await running.send('/fhir/.well-known/smart-configuration');
    const configuration = await response.json();
    expect(configuration).toMatchObject({
      authorization_endpoint: `${running.url}/auth/authorize`,
      token_endpoint: `${running.url}/auth/token`,
      code_challenge_methods_supported: ['S256'],
    });
    expect(configuration.capabilities).toEqual(
      expect.arrayContaining([
        'launch-ehr',
        'client-public',
        'context-ehr-encounter',
        'permission-v2',
      ]),
    );
  });

  it('hands the browser back with code and state', async () => {
    const launch = newLaunch(running);
    const target = await authorize(running, authorizeParameters(running, { launch }));
    expect(target.origin + target.pathname).toBe(REDIRECT);
    expect(target.searchParams.get('state')).toBe('state-1');
    expect(target.searchParams.get('code')).toMatch(/^[0-9a-f]{64}$/);
  });

  it('gives token and context', async () => {
    const launch = running.sandbox.launch({
      clientId: CLIENT,
      user: 'ben',
      patient: 'p2',
      encounter: 'enc-p2',
      needPatientBanner: false,
      intent: 'review',
      appContext: '{"recommendation":"risk-p2"}',
      fhirContext: [
        { reference: 'RiskAssessment/risk-p2' },
        { identifier: { system: 'urn:x', value: '1' }, type: 'RiskAssessment' },
      ],
    });
    const tokens = await tokensFor(running, { launch });
    expect(tokens).toMatchObject({
      token_type: 'Bearer',
      expires_in: 3600,
      scope: SCOPE,
      patient: 'p2',
      encounter: 'enc-p2',
      need_patient_banner: false,
      intent: 'review',
      appContext: '{"recommendation":"risk-p2"}',
      fhirContext: [
        { reference: 'RiskAssessment/risk-p2' },
        { identifier: { system: 'urn:x', value: '1' }, type: 'RiskAssessment' },
      ],
    });
    const style = await running.send(new URL(String(tokens.smart_style_url)).pathname);
    expect(await style.json()).toHaveProperty('color_highlight');
  });

  it('names the user in an id_token that its public key verifies', async () => {
    const { id_token = '' } = await tokensFor(running, { nonce: 'n-1' });
    const [header = '', payload = '', signature = ''] = id_token.split('.');
    const { keys } = await (await running.send('/auth/jwks')).json();
    const { kid } = JSON.parse(atob(header));
    const jwk = keys.find((key: { kid: string }) => key.kid === kid);
    const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
    const key = await crypto.subtle.importKey('jwk', jwk, algorithm, false, ['verify']);
    const bytes = Buffer.from(signature, 'base64url');
    const signed = new TextEncoder().encode(`${header}.${payload}`);
    expect(await crypto.subtle.verify(algorithm.name, key, bytes, signed)).toBe(true);
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({
      iss: `${running.url}/fhir`,
      aud: CLIENT,
      nonce: 'n-1',
      fhirUser: `${running.url}/fhir/Practitioner/ada`,
    });
  });

  it.each([
    ['an unknown client', { client_id: 'stranger' }],
    ['a redirect that is not registered', { redirect_uri: 'http://evil.test/' }],
    ['a redirect that merely begins like a registered one', { redirect_uri: `${REDIRECT}../x` }],
    ['no redirect', { redirect_uri: undefined }],
  ])('never redirects for %s', async (_name, changes) => {
    const parameters = authorizeParameters(running, { launch: newLaunch(running), ...changes });
    const response = await running.send(`/auth/authorize?${parameters}`);
    expect(response.status).toBe(400);
    expect(response.headers.get('location')).toBeNull();
  });

  it.each([
    ['another aud', { aud: 'http://elsewhere.test/fhir' }, 'invalid_request'],
    ['no aud', { aud: undefined }, 'invalid_request'],
    ['no PKCE', { code_challenge: undefined }, 'invalid_request'],
    ['plain PKCE', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['no PKCE method', { code_challenge_method: undefined }, 'invalid_request'],
    ['no state', { state: undefined }, 'invalid_request'],
    ['no scope', { scope: undefined }, 'invalid_scope'],
    ['an implicit flow', { response_type: 'token' }, 'unsupported_response_type'],
    ['an unknown launch', { launch: 'forged' }, 'invalid_request'],
  ])('refuses %s', async (_name, changes, error) => {
    const parameters = authorizeParameters(running, { launch: newLaunch(running), ...changes });
    const target = await authorize(running, parameters);
    expect(target.searchParams.get('error')).toBe(error);
    expect(target.searchParams.has('code')).toBe(false);
    expect(target.searchParams.get('state')).toBe(parameters.get('state'));
  });

  it.each([
    ['a wrong verifier', { code_verifier: 'w'.repeat(64) }],
    ['a verifier that is too short', { code_verifier: 'short' }],
    ['another redirect', { redirect_uri: `${REDIRECT}index.html` }],
    ['an unknown code', { code: 'forged' }],
  ])('gives no token for %s', async (_name, changes) => {
    const response = await exchange(running, codeForm(await codeFor(running), changes));
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: 'invalid_grant' });
  });

  it('gives no token to a client that is not known', async () => {
    const form = codeForm(await codeFor(running), { client_id: 'stranger' });
    expect((await exchange(running, form)).status).toBe(401);
  });

  it('grants only scopes that it understands', async () => {
    const scope = 'launch patient/Observation.rs patient/Observation.sr patient/*.read nonsense';
    const tokens = await tokensFor(running, { scope });
    expect(tokens.scope).toBe('launch patient/Observation.rs patient/*.read');
    expect(tokens).not.toHaveProperty('id_token');
    expect(tokens).not.toHaveProperty('refresh_token');
  });
});
