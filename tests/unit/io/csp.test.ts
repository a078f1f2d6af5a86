import { describe, expect, it } from 'vitest';
import { checkConfig } from '#src/io/config/load.ts';
import { cacheControl, securityHeaders } from '#src/io/csp.ts';

const base = {
  version: 1,
  kinds: [
    {
      id: 'k',
      label: 'K',
      codes: [],
      reasons: [],
      staleAfterMinutes: 60,
      series: [],
      watch: [],
      deferMinutes: [60],
    },
  ],
};
const issuer = (iss: string, authorizationOrigins: readonly string[] = []) => ({
  iss,
  label: 'EHR',
  vendor: 'other',
  clientId: 'c',
  scopes: 'launch',
  authorizationOrigins,
});
const headersOf = (change: object) =>
  securityHeaders(checkConfig({ ...base, issuers: [], ...change }));
const policyOf = (change: object): ReadonlyMap<string, readonly string[]> =>
  new Map(
    (headersOf(change)['content-security-policy'] ?? '').split('; ').map((directive) => {
      const [name = '', ...values] = directive.split(' ');
      return [name, values];
    }),
  );

describe('the Content-Security-Policy', () => {
  it('lets requests go to the configured servers and nowhere else', () => {
    const policy = policyOf({
      issuers: [
        issuer('https://ehr.example.org/fhir/r4', ['https://auth.example.org']),
        issuer('https://ehr.example.org/fhir/dstu'),
        issuer('https://other.example.org:8443/fhir'),
      ],
    });
    expect(policy.get('connect-src')).toEqual([
      "'self'",
      'https://ehr.example.org',
      'https://auth.example.org',
      'https://other.example.org:8443',
    ]);
    expect(policy.get('default-src')).toEqual(["'none'"]);
  });

  it('allows no inline or evaluated code and no inline style, whatever the configuration', () => {
    const policy = headersOf({ issuers: [issuer('https://ehr.example.org/fhir')] })[
      'content-security-policy'
    ];
    expect(policy).not.toMatch(/unsafe|data:|blob:|\*|nonce|http:/);
    expect(policy).toContain("require-trusted-types-for 'script'");
    for (const closed of ['form-action', 'base-uri', 'object-src'])
      expect(policy).toContain(`${closed} 'none'`);
  });

  it('lets nobody frame the app until the site names who may', () => {
    expect(policyOf({}).get('frame-ancestors')).toEqual(["'none'"]);
    const frameAncestors = ['https://ehr.example.org', 'https://*.hyperspace.example.org'];
    expect(policyOf({ frameAncestors }).get('frame-ancestors')).toEqual([
      "'self'",
      ...frameAncestors,
    ]);
  });

  it.each([
    "https://ehr.example.org; script-src 'unsafe-inline'",
    'https://ehr.example.org/path',
    'https://*',
    '*',
    'https:',
    "https://a.example.org 'unsafe-inline'",
    'https://a.example.org\r\nset-cookie: a=b',
  ])('cannot be widened from the configuration: %j', (origin) => {
    expect(() => headersOf({ frameAncestors: [origin] })).toThrow(/mistakes/);
    expect(() =>
      headersOf({ issuers: [issuer('https://ehr.example.org/fhir', [origin])] }),
    ).toThrow(/mistakes/);
  });
});

it('no address leaks by Referer, and nothing is guessed from content', () => {
  expect(headersOf({})).toMatchObject({
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  });
});

it.each([
  ['/assets/index-abc.js', 'public, max-age=31536000, immutable'],
  ['/ai/assets/index-abc.js', 'public, max-age=31536000, immutable'],
  ['/index.html', 'no-cache'],
  ['/config.json', 'no-cache'],
])('%s is cached as %s', (path, expected) => {
  expect(cacheControl(path)).toBe(expected);
});
