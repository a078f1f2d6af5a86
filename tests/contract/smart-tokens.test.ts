import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  CLIENT,
  codeFor,
  codeForm,
  exchange,
  expectOutcome,
  fhir,
  type Tokens,
  tokensFor,
} from './client.ts';
import { HOSTS, type Running } from './harness.ts';

describe.each(HOSTS)('tokens, hosted as $name', ({ start }) => {
  let running: Running;
  beforeEach(async () => {
    running = await start();
  });
  afterEach(() => running.stop());

  const read = (token: string) => fhir(running, token).get('Patient/p1');
  const refresh = (refresh_token = '', more: Record<string, string> = {}) =>
    exchange(running, { grant_type: 'refresh_token', refresh_token, client_id: CLIENT, ...more });
  const post = (path: string, form: Record<string, string>, token?: string) =>
    running.send(path, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      body: new URLSearchParams(form).toString(),
    });

  it('a code lives for a minute', async () => {
    const code = await codeFor(running);
    running.clock.advance(60_001);
    expect((await exchange(running, codeForm(code))).status).toBe(400);
  });

  it('a code works once, and a second use takes back what the first gave', async () => {
    const code = await codeFor(running);
    const tokens = (await (await exchange(running, codeForm(code))).json()) as Tokens;
    expect((await read(tokens.access_token)).status).toBe(200);
    expect((await exchange(running, codeForm(code))).status).toBe(400);
    expect((await read(tokens.access_token)).status).toBe(401);
    expect((await refresh(tokens.refresh_token)).status).toBe(400);
  });

  it('an access token expires, and says so', async () => {
    const { access_token, expires_in } = await tokensFor(running);
    running.clock.advance(expires_in * 1000 - 1);
    expect((await read(access_token)).status).toBe(200);
    running.clock.advance(1);
    const response = await read(access_token);
    expect(response.headers.get('www-authenticate')).toContain('error="invalid_token"');
    await expectOutcome(response, 401);
  });

  it('a refresh token is rotated; the old one is refused', async () => {
    const first = await tokensFor(running);
    const second = (await (await refresh(first.refresh_token)).json()) as Tokens;
    expect(second).toMatchObject({ patient: 'p1', scope: first.scope });
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect((await read(second.access_token)).status).toBe(200);
    const again = await refresh(first.refresh_token);
    expect([again.status, (await again.json()).error]).toEqual([400, 'invalid_grant']);
  });

  it('a refresh may leave client_id out, as fhirclient does', async () => {
    const { refresh_token = '' } = await tokensFor(running);
    const form = { grant_type: 'refresh_token', refresh_token };
    expect((await exchange(running, form)).status).toBe(200);
  });

  it('a refresh may narrow the scopes and never widen them', async () => {
    const first = await tokensFor(running);
    const wider = await refresh(first.refresh_token, { scope: 'user/*.cruds' });
    expect((await wider.json()).error).toBe('invalid_scope');
    const narrower = await refresh(first.refresh_token, { scope: 'patient/Patient.r' });
    const { access_token } = (await narrower.json()) as Tokens;
    expect((await read(access_token)).status).toBe(200);
    await expectOutcome(await fhir(running, access_token).get('Observation?patient=p1'), 403);
  });

  it('is introspected with its context', async () => {
    const { access_token } = await tokensFor(running);
    const response = await post('/auth/introspect', { token: access_token }, access_token);
    expect(await response.json()).toMatchObject({
      active: true,
      client_id: CLIENT,
      patient: 'p1',
      encounter: 'enc-p1',
      fhirUser: `${running.url}/fhir/Practitioner/ada`,
      exp: Math.floor(running.clock.now() / 1000) + 3600,
    });
    const unknown = await post('/auth/introspect', { token: 'forged' }, access_token);
    expect(await unknown.json()).toEqual({ active: false });
    expect((await post('/auth/introspect', { token: access_token })).status).toBe(401);
  });

  it('is revoked', async () => {
    const tokens = await tokensFor(running);
    const form = { token: tokens.access_token, client_id: CLIENT };
    expect((await post('/auth/revoke', form)).status).toBe(200);
    await expectOutcome(await read(tokens.access_token), 401);
    expect((await refresh(tokens.refresh_token)).status).toBe(200);
  });

  it('is revoked with its session by its refresh token', async () => {
    const tokens = await tokensFor(running);
    await post('/auth/revoke', { token: tokens.refresh_token ?? '', client_id: CLIENT });
    await expectOutcome(await read(tokens.access_token), 401);
    expect((await refresh(tokens.refresh_token)).status).toBe(400);
  });

  it('refuses a forged token', async () => {
    await expectOutcome(await read('forged'), 401);
  });
});

describe('a confidential client', () => {
  it('proves itself by HTTP Basic', async () => {
    const [host] = HOSTS;
    const client = {
      id: CLIENT,
      name: 'Confidential',
      launchUrl: 'http://app.test/launch.html',
      redirectUris: ['http://app.test/'],
      origins: [],
      secret: 's3cret',
    };
    const running = await host?.start({ clients: [client] });
    if (running === undefined) throw new Error('There is no host');
    const form = codeForm(await codeFor(running));
    expect((await exchange(running, form)).status).toBe(401);
    const response = await running.send('/auth/token', {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: `Basic ${btoa(`${CLIENT}:s3cret`)}`,
      },
      body: new URLSearchParams(form).toString(),
    });
    expect(response.status).toBe(200);
  });
});
