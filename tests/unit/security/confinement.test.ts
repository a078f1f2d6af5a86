import { describe, expect, it } from 'vitest';
import { readRecommendations } from '#src/fhir/recommendation.fhir.ts';
import { FhirError } from '#src/io/gateway.ts';
import { HttpGateway } from '#src/io/http-gateway.ts';
import { supportQuery } from '#src/state/review.queries.ts';
import { sources } from '#tests/architecture/source.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { device, riskAssessment } from '#tests/unit/fhir/sample.ts';
import { makeDeps, SERVER } from '#tests/unit/state/deps.ts';

const BASE = 'https://ehr.example.org/fhir';
const TOKEN = 'Bearer secret-token-of-this-session';

/** What a server says its next page is. */
const OUTSIDE = [
  'https://evil.test/fhir/Observation?page=2',
  'http://ehr.example.org/fhir/Observation?page=2',
  'https://ehr.example.org.evil.test/fhir/x',
  'https://ehr.example.org@evil.test/fhir/x',
  'https://ehr.example.org:8443/fhir/x',
  'https://ehr.example.org/fhir-evil/x',
  'https://ehr.example.org/fhir/../admin',
  'https://ehr.example.org/fhir/%2e%2e/admin',
  'https://ehr.example.org/FHIR/x',
  '//evil.test/fhir/x',
  '/\\evil.test/fhir/x',
  '\\\\evil.test\\fhir',
  '/admin',
  '../admin',
  'javascript:alert(1)',
  'data:application/json,{}',
  'file:///etc/passwd',
  'ftp://ehr.example.org/fhir/x',
  'http://[',
];

function gateway(next: string) {
  const asked: string[] = [];
  const made = new HttpGateway({
    baseUrl: BASE,
    authorization: async () => ({ authorization: TOKEN }),
    clock: new ManualClock(),
    fetch: async (input) => {
      asked.push(String(input));
      return Response.json({
        resourceType: 'Bundle',
        type: 'searchset',
        ...(asked.length === 1 && { link: [{ relation: 'next', url: next }] }),
      });
    },
  });
  return { made, asked };
}

describe('a token follows no address that a server names', () => {
  it.each(OUTSIDE)('next: %s', async (next) => {
    const { made, asked } = gateway(next);
    const refusal = made.search({ type: 'Observation', params: [['patient', 'p1']] });
    await expect(refusal).rejects.toBeInstanceOf(FhirError);
    expect(asked).toEqual([`${BASE}/Observation?patient=p1`]);
    const error = (await refusal.catch((cause: unknown) => cause)) as Error;
    expect([error.message, error.stack, JSON.stringify(error)].join()).not.toContain('secret');
  });

  it.each([
    `${BASE}/Observation?page=2`,
    `${BASE}?_getpages=2`,
    'Observation?page=2',
    '/fhir/Observation?page=2',
    '?_getpages=2',
  ])('while a page of the same server is followed: %s', async (next) => {
    const { made, asked } = gateway(next);
    await made.search({ type: 'Observation', params: [['patient', 'p1']] });
    expect(asked).toHaveLength(2);
    expect(asked[1]?.startsWith(BASE)).toBe(true);
  });

  it.each(['../../admin', '..', '.', 'a/b', 'a?b=c', 'a#b', '%2e%2e', '//evil.test', '\\evil'])(
    'an id is one segment of a path: %s',
    async (id) => {
      const asked: URL[] = [];
      const made = new HttpGateway({
        baseUrl: BASE,
        authorization: async () => ({ authorization: TOKEN }),
        clock: new ManualClock(),
        fetch: async (input) => {
          asked.push(new URL(String(input)));
          return Response.json({ resourceType: 'Patient', id: 'x' });
        },
      });
      await made.read('Patient', id).catch((cause: unknown) => {
        expect(cause).toBeInstanceOf(FhirError);
      });
      for (const url of asked) {
        expect(url.href).toMatch(/^https:\/\/ehr\.example\.org\/fhir\//);
        expect([url.search, url.hash]).toEqual(['', '']);
      }
    },
  );
});

describe('what a recommendation points to', () => {
  it('is asked for at the server of the launch or not at all', async () => {
    const { deps, requests } = makeDeps({
      respond: () => Response.json({ resourceType: 'Bundle', type: 'searchset' }),
    });
    const hostile = riskAssessment({
      performer: { reference: 'https://evil.test/fhir/Device/1' },
      basis: OUTSIDE.map((reference) => ({ reference })),
    });
    const cards = readRecommendations({
      server: SERVER,
      resources: [hostile],
      included: [],
      source: { aiDevices: [], probabilityScales: [] },
      patientId: 'p1',
    }).recommendations;
    const card = {
      url: 'https://hl7.org',
      valueReference: { reference: 'https://evil.test/DocumentReference/1' },
    };
    const known = [
      {
        server: SERVER,
        type: 'Device',
        matches: [device({ extension: [card], url: 'https://evil.test' }) as never],
        included: [],
        truncated: false,
      },
    ];
    const { queryFn } = supportQuery(deps, 'p1', cards, known, [
      'https://evil.test/fhir/Practitioner/1',
      'Practitioner/../../x',
    ]);
    const context = {
      signal: new AbortController().signal,
      client: { getQueryData: () => undefined },
      queryKey: [],
    };
    await (queryFn as (one: unknown) => Promise<unknown>)(context);
    for (const { url } of requests) expect(url.startsWith(`${SERVER}/`)).toBe(true);
    expect(requests.map(({ url }) => decodeURIComponent(url)).join()).not.toContain('evil.test');
  });
});

describe('our own code', () => {
  const all = sources('src');
  const named = (pattern: RegExp) =>
    all.filter(({ text }) => pattern.test(text)).map(({ path }) => path);

  it('listens to no message of another window, and sends none', () => {
    expect(named(/addEventListener\(\s*['"]message|window\.onmessage|window\.postMessage/)).toEqual(
      [],
    );
    // Threads of our own are heard by who started them, and hear nobody else. Tabs of this origin tell
    // each other that something changed, and nothing else.
    expect(named(/\bpostMessage\b|\bonmessage\b/)).toEqual([
      'src/app/export-desk.ts',
      'src/app/export-off-page.ts',
      'src/cli/stage-past-worker.ts',
      'src/io/outbox/cross-tab.ts',
    ]);
  });

  it('turns no text into markup or code', () => {
    expect(
      named(
        /dangerouslySetInnerHTML|\b(inner|outer)HTML\b|insertAdjacentHTML|document\.write|DOMParser|\beval\(|new Function|srcdoc/,
      ),
    ).toEqual([]);
  });

  it('makes links of fixed addresses only', () => {
    // To the sign-in, to a view of this app, or to a place on the same page.
    expect(named(/<a\b[^>]*href=\{(?!`launch\.html|`\?|`#)/)).toEqual([]);
  });

  it('has no pattern that a server can write', () => {
    // The two that are built: a resource type of ours, and the site's own schema.
    expect(named(/new RegExp\(/)).toEqual(['src/io/config/check.ts', 'src/io/http-gateway.ts']);
  });
});
