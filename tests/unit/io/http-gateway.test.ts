import { describe, expect, it } from 'vitest';
import { FhirError } from '#src/io/gateway.ts';
import { HttpGateway } from '#src/io/http-gateway.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';

const BASE = 'https://ehr.example.org/fhir';
type Handler = (request: Request) => Response | Promise<Response>;

function gatewayOver(handler: Handler) {
  const requests: Request[] = [];
  const clock = new ManualClock();
  const gateway = new HttpGateway({
    baseUrl: `${BASE}/`,
    authorization: async () => ({ authorization: 'Bearer secret' }),
    clock,
    fetch: async (input, init) => {
      const request = new Request(input as string, init as RequestInit);
      requests.push(request);
      if (request.signal.aborted) throw request.signal.reason;
      return await new Promise<Response>((resolve, reject) => {
        request.signal.addEventListener('abort', () => reject(request.signal.reason));
        Promise.resolve(handler(request)).then(resolve, reject);
      });
    },
  });
  return { gateway, requests, clock };
}

const fhir = (body: unknown, init: ResponseInit = {}) =>
  new Response(JSON.stringify(body), {
    ...init,
    headers: { 'content-type': 'application/fhir+json', ...(init.headers as object) },
  });
const bundle = (ids: readonly string[], next?: string) => ({
  resourceType: 'Bundle',
  type: 'searchset',
  entry: ids.map((id) => ({ resource: { resourceType: 'Observation', id } })),
  ...(next && { link: [{ relation: 'next', url: next }] }),
});
const kindOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no error',
    (cause: unknown) => (cause instanceof FhirError ? cause.kind : `other: ${cause}`),
  );

describe('search', () => {
  it('follows next links to the end', async () => {
    const { gateway } = gatewayOver((request) =>
      fhir(request.url.includes('page=2') ? bundle(['c']) : bundle(['a', 'b'], `${BASE}?page=2`)),
    );
    const page = await gateway.search({ type: 'Observation', params: [['patient', 'Patient/p']] });
    expect(page.matches.map((one) => one.id)).toEqual(['a', 'b', 'c']);
    expect(page.truncated).toBe(false);
  });

  it('stops at the cap and says that it did', async () => {
    const { gateway, requests } = gatewayOver(() => fhir(bundle(['a', 'b'], `${BASE}?page=n`)));
    const page = await gateway.search({ type: 'Observation', params: [] }, { cap: 5 });
    expect(page).toMatchObject({ truncated: true });
    expect(requests).toHaveLength(3);
  });

  it.each([
    'https://evil.test/fhir?page=2',
    'https://ehr.example.org/other?page=2',
    'http://ehr.example.org/fhir?page=2',
    '//evil.test/fhir',
  ])('sends no token to a next link at %s', async (next) => {
    const { gateway, requests } = gatewayOver(() => fhir(bundle(['a'], next)));
    expect(await kindOf(gateway.search({ type: 'Observation', params: [] }))).toBe(
      'foreign-origin',
    );
    expect(requests).toHaveLength(1);
  });

  it('keeps identifiers out of the URL', async () => {
    const { gateway, requests } = gatewayOver(() => fhir(bundle([])));
    await gateway.search({ type: 'Observation', params: [['identifier', 'urn:ietf:rfc:3986|x']] });
    expect(requests[0]?.method).toBe('POST');
    expect(requests[0]?.url).toBe(`${BASE}/Observation/_search`);
    expect(await requests[0]?.text()).toBe('identifier=urn%3Aietf%3Arfc%3A3986%7Cx');
  });
});

describe('create', () => {
  it.each([
    [
      'representation',
      fhir({ resourceType: 'Observation', id: '7' }, { status: 201 }),
      'Observation/7',
    ],
    [
      'empty 201 with Location',
      new Response(null, {
        status: 201,
        headers: { location: `${BASE}/Observation/8/_history/1` },
      }),
      'Observation/8',
    ],
    ['empty 201 with nothing', new Response(null, { status: 201 }), undefined],
    ['another resource', fhir({ resourceType: 'Patient', id: '9' }, { status: 201 }), undefined],
  ])('%s', async (_name, response, reference) => {
    const { gateway } = gatewayOver(() => response);
    const created = await gateway.create({
      resourceType: 'Observation',
      status: 'final',
      code: {},
    });
    expect(created.reference).toBe(reference);
    expect(created.existed).toBe(false);
  });

  it('sends If-None-Exist, and tells an existing one from a new one', async () => {
    const { gateway, requests } = gatewayOver(() => fhir({ resourceType: 'Observation', id: '7' }));
    const created = await gateway.create(
      { resourceType: 'Observation', status: 'final', code: {} },
      { ifNoneExist: 'identifier=x' },
    );
    expect(created.existed).toBe(true);
    expect(requests[0]?.headers.get('if-none-exist')).toBe('identifier=x');
    expect(requests[0]?.headers.get('authorization')).toBe('Bearer secret');
  });
});

describe('errors', () => {
  it.each([
    [400, 'invalid'],
    [401, 'auth'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [409, 'conflict'],
    [410, 'not-found'],
    [412, 'conflict'],
    [413, 'invalid'],
    [422, 'invalid'],
    [429, 'busy'],
    [500, 'server'],
    [502, 'server'],
    [503, 'busy'],
    [504, 'server'],
  ])('HTTP %i is %s', async (status, kind) => {
    const { gateway } = gatewayOver(() => new Response(null, { status }));
    expect(await kindOf(gateway.read('Patient', 'p'))).toBe(kind);
  });

  it('reads Retry-After in seconds and as a date, and the OperationOutcome', async () => {
    const outcome = {
      resourceType: 'OperationOutcome',
      issue: [{ severity: 'error', code: 'throttled', diagnostics: 'slow down' }],
    };
    for (const [header, ms] of [
      ['7', 7000],
      ['Sun, 22 Nov 2026 15:00:30 GMT', 30_000],
    ] as const) {
      const { gateway } = gatewayOver(() =>
        fhir(outcome, { status: 429, headers: { 'retry-after': header } }),
      );
      const error = await gateway.read('Patient', 'p').catch((cause: unknown) => cause);
      expect(error).toMatchObject({ kind: 'busy', retryAfterMs: ms, outcome });
    }
  });

  it.each([
    [
      'a login page',
      new Response('<html>', { headers: { 'content-type': 'text/html' } }),
      'not-fhir',
    ],
    [
      'broken JSON',
      new Response('{"a":', { headers: { 'content-type': 'application/json' } }),
      'not-fhir',
    ],
    ['an empty 200', new Response(null, { status: 200 }), 'not-fhir'],
  ])('%s is not FHIR', async (_name, response, kind) => {
    const { gateway } = gatewayOver(() => response);
    expect(await kindOf(gateway.read('Patient', 'p'))).toBe(kind);
  });

  it('tells offline, timed out and cancelled apart', async () => {
    const offline = gatewayOver(() => {
      throw new TypeError('Failed to fetch');
    });
    expect(await kindOf(offline.gateway.read('Patient', 'p'))).toBe('offline');

    const silent = gatewayOver(() => new Promise<Response>(() => undefined));
    const timedOut = kindOf(silent.gateway.read('Patient', 'p'));
    await Promise.resolve();
    silent.clock.advance(20_000);
    expect(await timedOut).toBe('timeout');

    const abort = new AbortController();
    const cancelled = kindOf(silent.gateway.read('Patient', 'p', { signal: abort.signal }));
    abort.abort();
    expect(await cancelled).toBe('aborted');
  });

  it('carries neither token nor patient data in the message', async () => {
    const { gateway } = gatewayOver(() =>
      fhir(
        {
          resourceType: 'OperationOutcome',
          issue: [{ severity: 'error', code: 'invalid', diagnostics: 'Rivera' }],
        },
        { status: 422 },
      ),
    );
    const error = (await gateway
      .read('Patient', 'p')
      .catch((cause: unknown) => cause)) as FhirError;
    expect(`${error.message} ${error.stack}`).not.toMatch(/secret|Rivera/);
  });
});
