import { describe, expect, it } from 'vitest';
import { SYSTEM } from '#src/fhir/codes.ts';
import {
  ALL_SCOPES,
  type CheckStage,
  result,
  stagePerTest,
  wrong,
} from '#tests/support/connection.ts';
import {
  answer,
  cors,
  path,
  reheaded,
  rewriting,
  type Tamper,
  when,
} from '#tests/support/tamper.ts';

const { start, observations } = stagePerTest();

// Each check in front of a server that does it right, and of one that does not: a check that cannot
// fail proves nothing. The sandbox is on http and our canonical base is an example: known and meant.
const ALWAYS = [
  'fail config.canonical',
  'fail discovery.endpoints',
  'fail transport.https',
  'skipped transport.http',
  'skipped transport.clock',
  'skipped token.refresh',
  'skipped search.paging',
];

describe('a server that does everything right', () => {
  it('passes, by reading alone', async () => {
    const { run, running } = await start();
    expect(wrong(await run())).toEqual(ALWAYS);
    expect(
      running.sandbox
        .requests()
        .filter(({ method, path: where }) => method !== 'GET' && !/_search|^\/auth/.test(where)),
    ).toEqual([]);
  });

  it('passes with a test answer, proves three settings, and leaves nothing that counts', async () => {
    const { run } = await start();
    const report = await run({ write: true });
    expect(wrong(report)).toEqual(ALWAYS);
    expect(report.advice.map(({ setting, value }) => [setting, value])).toEqual([
      ['readBack', true],
      ['conditionalCreate', true],
      ['canRetract', true],
    ]);
    expect(report.stays).toEqual([]);
    expect(report.about.depth).toBe('written');
    expect(observations().map(({ status }) => status)).toEqual([
      'entered-in-error',
      'entered-in-error',
    ]);
  });

  it('was given a test answer that says of itself that it is one, and answers no recommendation', async () => {
    const { run } = await start();
    await run({ write: true });
    const [written] = observations();
    const labels = written?.meta?.security?.map(({ code }) => code);
    expect(labels).toEqual(expect.arrayContaining(['HTEST', 'CLINAST', 'NOPAT']));
    expect(written?.focus?.[0]?.reference).toBe('Patient/p1');
    expect(written?.note?.[0]?.text).toMatch(/a test, not an answer/);
  });

  it('without a token: what anybody may ask', async () => {
    const { run } = await start();
    const report = await run({}, { signedIn: undefined });
    expect(report.about.depth).toBe('open');
    expect(result(report, 'search').status).toBe('skipped');
    expect(report.results.some(({ group }) => group === 'token')).toBe(false);
    expect(result(report, 'discovery.pkce').status).toBe('pass');
  });

  it('tells each result as soon as it is known, and all of them', async () => {
    const { run } = await start();
    const told: string[] = [];
    const report = await run({ onResult: ({ id }) => void told.push(id) });
    expect(told).toEqual(report.results.map(({ id }) => id));
    expect(new Set(told).size).toBe(told.length);
  });
});

describe('what a check of the sign-in and the network finds', () => {
  const cases: readonly (readonly [string, Tamper, string, RegExp])[] = [
    [
      'no SMART document',
      when(
        (r) => r.url.includes('.well-known'),
        () => answer({}, 404),
      ),
      'fail discovery.document',
      /HTTP 404/,
    ],
    [
      'a login page for it',
      when(
        (r) => r.url.includes('.well-known'),
        () => new Response('<html>', { headers: cors }),
      ),
      'fail discovery.document',
      /no SMART document/,
    ],
    [
      'no PKCE',
      rewriting(
        '.well-known/smart-configuration',
        ({ code_challenge_methods_supported: _, ...rest }) => rest,
      ),
      'fail discovery.pkce',
      /not announced/,
    ],
    [
      'PKCE with plain',
      rewriting('.well-known/smart-configuration', (body) => ({
        ...body,
        code_challenge_methods_supported: ['S256', 'plain'],
      })),
      'warn discovery.pkce',
      /plain/,
    ],
    [
      'a sign-in elsewhere',
      rewriting('.well-known/smart-configuration', (body) => ({
        ...body,
        token_endpoint: 'https://login.hospital.test/token',
      })),
      'fail discovery.origins',
      /login\.hospital\.test/,
    ],
    [
      'no public clients',
      rewriting('.well-known/smart-configuration', (body) => ({
        ...body,
        capabilities: ['launch-ehr'],
      })),
      'warn discovery.capabilities',
      /client-public/,
    ],
    [
      'R5',
      rewriting('metadata', (body) => ({ ...body, fhirVersion: '5.0.0' })),
      'fail capability.statement',
      /5\.0\.0/,
    ],
    [
      'no CapabilityStatement',
      when(
        (r) => path(r) === 'metadata',
        () => answer({}, 401),
      ),
      'fail capability.statement',
      /HTTP 401/,
    ],
    [
      'no RiskAssessment',
      rewriting('metadata', (body) => without(body, 'RiskAssessment')),
      'fail capability.reading',
      /RiskAssessment read/,
    ],
    [
      'no Device',
      rewriting('metadata', (body) => without(body, 'Provenance')),
      'warn capability.reading',
      /Provenance search-type/,
    ],
    [
      'no create',
      rewriting('metadata', (body) => without(body, 'Observation')),
      'fail capability.writing',
      /create/,
    ],
    [
      'an answer that no page may read',
      when(
        (r) => path(r) === 'metadata',
        async (r, send) => reheaded(await send(r), { 'access-control-allow-origin': undefined }),
      ),
      'fail cors.metadata',
      /app\.test/,
    ],
    [
      'another page that may',
      when(
        (r) => path(r) === 'metadata',
        async (r, send) =>
          reheaded(await send(r), { 'access-control-allow-origin': 'http://other.test' }),
      ),
      'fail cors.metadata',
      /app\.test/,
    ],
    [
      'OPTIONS that needs a token',
      when(
        (r) => r.method === 'OPTIONS',
        () => answer({}, 401),
      ),
      'fail cors.preflight',
      /HTTP 401/,
    ],
    [
      'no leave for If-None-Exist',
      when(
        (r) => r.method === 'OPTIONS',
        async (r, send) =>
          reheaded(await send(r), {
            'access-control-allow-headers': 'authorization, content-type, prefer, if-match',
          }),
      ),
      'fail cors.preflight',
      /if-none-exist/,
    ],
    [
      'a star for all headers, which leaves Authorization out',
      when(
        (r) => r.method === 'OPTIONS',
        async (r, send) => reheaded(await send(r), { 'access-control-allow-headers': '*' }),
      ),
      'fail cors.preflight',
      /: authorization$/,
    ],
    [
      'no leave for PUT',
      when(
        (r) => r.method === 'OPTIONS',
        async (r, send) => reheaded(await send(r), { 'access-control-allow-methods': 'GET, POST' }),
      ),
      'fail cors.preflight',
      /PUT/,
    ],
    [
      'a refusal that no page may read',
      when(
        (r) => path(r) === 'Patient/connection-check',
        () => new Response(null, { status: 401 }),
      ),
      'warn cors.refusals',
      /not readable/,
    ],
    [
      'a patient for everybody',
      when(
        (r) => path(r) === 'Patient/connection-check',
        () => answer({ resourceType: 'Patient' }),
      ),
      'fail cors.refusals',
      /without a token/,
    ],
    [
      'a server that looks for anybody',
      when(
        (r) => path(r) === 'Patient/connection-check',
        async (r, send) => {
          const { headers } = await send(r);
          return new Response(null, { status: 404, headers });
        },
      ),
      'warn cors.refusals',
      /without a token/,
    ],
    [
      'no ETag for a page',
      when(
        (r) => path(r) === 'metadata',
        async (r, send) => reheaded(await send(r), { 'access-control-expose-headers': 'Location' }),
      ),
      'warn cors.expose',
      /etag.*retry-after/,
    ],
    [
      'a token endpoint for no page',
      when(
        (r) => r.url.endsWith('/auth/token'),
        () => new Response(null, { status: 400 }),
      ),
      'fail cors.token',
      /app\.test/,
    ],
    [
      'a clock that is late',
      when(
        (r) => path(r) === 'metadata',
        async (r, send) => reheaded(await send(r), { date: 'Mon, 02 Mar 2026 07:58:00 GMT' }),
      ),
      'warn transport.clock',
      /120 s behind/,
    ],
  ];

  function without(body: Record<string, unknown>, type: string) {
    const [rest] = body.rest as { resource: { type: string }[] }[];
    return {
      ...body,
      rest: [{ ...rest, resource: rest?.resource.filter((one) => one.type !== type) }],
    };
  }

  it.each(cases)('%s', async (_what, tamper, expected, seen) => {
    const { run } = await start({ tamper });
    const report = await run({}, { signedIn: undefined });
    const [status, id = ''] = expected.split(' ');
    const found = result(report, id);
    expect([found.status, found.seen]).toEqual([status, expect.stringMatching(seen)]);
    expect(found.cure).toBeTruthy();
  });

  it('what is not announced and works: a warning, since what was asked decides', async () => {
    const tamper = rewriting('metadata', (body) => ({ ...body, rest: [{ mode: 'server' }] }));
    const { run } = await start({ tamper });
    const report = await run({ write: true });
    for (const id of ['capability.reading', 'capability.writing'])
      expect(result(report, id).status).toBe('warn');
    expect(result(report, 'write.read-back').status).toBe('pass');
  });

  it('a clock that is right', async () => {
    const tamper = when(
      (r) => path(r) === 'metadata',
      async (r, send) => reheaded(await send(r), { date: 'Mon, 02 Mar 2026 08:00:20 GMT' }),
    );
    const { run } = await start({ tamper });
    expect(result(await run({}, { signedIn: undefined }), 'transport.clock')).toMatchObject({
      status: 'pass',
      seen: 'the server is 20 s ahead of this machine',
    });
  });

  it('a server that does not answer: every check ends, and says so', async () => {
    const { run } = await start({ tamper: () => Promise.reject(new TypeError('Failed to fetch')) });
    const report = await run({ write: true });
    expect(result(report, 'discovery.document').status).toBe('fail');
    expect(result(report, 'token.accepted').status).toBe('fail');
    expect(result(report, 'search').status).toBe('skipped');
    expect(report.about.depth).toBe('signed-in');
  });

  it('a redirect to a login page', async () => {
    const { run } = await start({
      tamper: async () =>
        new Response(null, { status: 302, headers: { location: 'https://login.test' } }),
    });
    expect(result(await run(), 'capability.statement').seen).toMatch(/redirect/);
  });
});

describe('in a browser, where CORS is what the browser lets through', () => {
  const browser = { eye: 'browser' } as const;

  it('passes what can be read, and says what a page cannot see', async () => {
    const { run } = await start();
    const report = await run({}, browser);
    expect(result(report, 'cors.preflight').seen).toBe('the browser was let through');
    expect(result(report, 'cors.token').seen).toBe('it gave this page a token');
    for (const id of ['cors.expose', 'transport.clock', 'transport.http'])
      expect(result(report, id).status).toBe('skipped');
  });

  it('fails what the browser keeps from the page', async () => {
    const tamper = when(
      (request) => path(request) === 'metadata',
      () => Promise.reject(new TypeError('Failed to fetch')),
    );
    const { run } = await start({ tamper });
    const report = await run({}, browser);
    for (const id of ['cors.metadata', 'cors.preflight', 'capability.statement'])
      expect(result(report, id).status).toBe('fail');
  });

  it('learns from a test answer how late the server is', async () => {
    const { run, context } = await start();
    const slow = { ...context.clock, now: () => context.clock.now() - 90_000 };
    const found = result(await run({ write: true }, { ...browser, clock: slow }), 'write.clock');
    expect([found.status, found.seen]).toEqual([
      'warn',
      'the server is 90 s ahead of this machine',
    ]);
  });
});

describe('the configuration', () => {
  it('left-overs of an example are found wherever they stand, our own codes apart', async () => {
    const { run, context } = await start();
    const issuer = { ...context.issuer, aiDevices: ['https://models.example.org/sepsis'] };
    const found = result(
      await run({}, { issuer } as Partial<CheckStage['context']>),
      'config.placeholders',
    );
    expect([found.status, found.seen]).toEqual([
      'fail',
      'an example address in issuer.aiDevices.0',
    ]);
    const own = `${SYSTEM.feedbackCategory}|device-report`;
    const scopes = `${context.issuer?.scopes} user/Observation.c?category=${own}`;
    const fine = { ...context.issuer, scopes } as Partial<CheckStage['context']['issuer']>;
    expect(
      result(
        await run({}, { issuer: fine } as Partial<CheckStage['context']>),
        'config.placeholders',
      ).status,
    ).toBe('pass');
  });

  it.each([
    [
      'scopes that are not asked for',
      { scopes: 'launch openid fhirUser patient/Patient.r' },
      'fail config.scopes',
    ],
    ['no launch scope', { scopes: ALL_SCOPES.replace('launch ', '') }, 'fail config.scopes'],
    ['a wildcard', { scopes: `${ALL_SCOPES} patient/*.rs` }, 'warn config.least'],
  ])('%s', async (_what, change, expected) => {
    const { run } = await start({ issuer: change });
    const [status, id = ''] = expected.split(' ');
    expect(result(await run({}, { signedIn: undefined }), id).status).toBe(status);
  });

  it('reasons under another canonical base than this build’s', async () => {
    const { run, context } = await start();
    const system = 'https://old.hospital.test/fhir/CodeSystem/ai-override-reason';
    const reasons = [{ label: 'Unsafe', coding: { system, code: 'ai-unsafe' } }];
    const kinds = context.site?.kinds.map((kind) => ({ ...kind, reasons })) ?? [];
    const site = context.site && { ...context.site, kinds, frameAncestors: [], synthetic: true };
    const report = await run({}, { site, signedIn: undefined });
    expect(result(report, 'config.reasons').status).toBe('fail');
    expect(result(report, 'config.frames').status).toBe('warn');
    expect(result(report, 'config.synthetic').status).toBe('warn');
  });
});
