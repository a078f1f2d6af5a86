import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { signedIn } from './client.ts';
import { APP, HOSTS, type Running } from './harness.ts';

const STRANGER = 'http://stranger.test';
const ALLOW = 'access-control-allow-origin';

describe.each(HOSTS)('CORS, hosted as $name', ({ start }) => {
  let running: Running;
  beforeEach(async () => {
    running = await start();
  });
  afterEach(() => running.stop());

  const from = (origin: string, path: string, method = 'GET') =>
    running.send(path, { method, headers: { origin } });

  it.each(['/fhir/.well-known/smart-configuration', '/auth/jwks'])(
    'anybody may read %s',
    async (path) => {
      expect((await from(STRANGER, path)).headers.get(ALLOW)).toBe('*');
    },
  );

  it.each(['/fhir/metadata', '/fhir/Patient'])(
    'only registered origins may read %s',
    async (path) => {
      const registered = await from(APP, path);
      expect(registered.headers.get(ALLOW)).toBe(APP);
      expect(registered.headers.get('vary')).toContain('Origin');
      expect((await from(STRANGER, path)).headers.get(ALLOW)).toBeNull();
    },
  );

  it('the token endpoint too', async () => {
    expect((await from(APP, '/auth/token', 'POST')).headers.get(ALLOW)).toBe(APP);
    expect((await from(STRANGER, '/auth/token', 'POST')).headers.get(ALLOW)).toBeNull();
  });

  it('a refusal can be read: 401 carries CORS', async () => {
    const response = await from(APP, '/fhir/Patient/p1');
    expect([response.status, response.headers.get(ALLOW)]).toEqual([401, APP]);
  });

  it('exposes what an app needs', async () => {
    const ehr = await signedIn(running);
    const exposed = (await ehr.get('Patient/p1', { origin: APP })).headers.get(
      'access-control-expose-headers',
    );
    for (const header of ['ETag', 'Location', 'Content-Location', 'Last-Modified', 'Retry-After']) {
      expect(exposed).toContain(header);
    }
  });

  it.each(['/fhir/Observation', '/auth/token'])('answers a preflight of %s', async (path) => {
    const preflight = (origin: string) =>
      running.send(path, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'authorization,content-type,if-none-exist',
        },
      });
    const registered = await preflight(APP);
    expect([registered.status, registered.headers.get(ALLOW)]).toEqual([204, APP]);
    expect(registered.headers.get('access-control-allow-headers')).toContain('If-None-Exist');
    expect(registered.headers.get('access-control-allow-methods')).toContain('PUT');
    const stranger = await preflight(STRANGER);
    expect(stranger.headers.get(ALLOW)).toBeNull();
    expect(stranger.headers.get('access-control-allow-methods')).toBeNull();
  });

  it('the EHR API is nobody else’s', async () => {
    expect((await from(APP, '/ehr/state')).headers.get(ALLOW)).toBeNull();
  });
});
