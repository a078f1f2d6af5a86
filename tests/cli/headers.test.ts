import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { configFile, runCli } from './run.ts';

const shipped = JSON.parse(readFileSync('public/config.json', 'utf8')) as Record<string, unknown>;
const site = {
  ...shipped,
  issuers: [
    {
      iss: 'https://ehr.example.org/fhir/r4',
      label: 'Main EHR',
      vendor: 'other',
      clientId: 'clinician-feedback',
      scopes: 'launch openid fhirUser patient/Patient.r',
      authorizationOrigins: ['https://auth.example.org'],
    },
  ],
  frameAncestors: ['https://ehr.example.org'],
};
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; " +
  "connect-src 'self' https://ehr.example.org https://auth.example.org; form-action 'none'; " +
  "base-uri 'none'; object-src 'none'; frame-ancestors 'self' https://ehr.example.org; " +
  "require-trusted-types-for 'script'";

describe('clinician-feedback headers', () => {
  it.each([
    ['nginx', `  add_header content-security-policy "${POLICY}" always;`],
    ['apache', `Header always set content-security-policy "${POLICY}"`],
    ['caddy', `  content-security-policy "${POLICY}"`],
  ])('prints exactly the policy of the configuration, for %s', async (server, line) => {
    const { code, out, err } = await runCli(
      'headers',
      '--config',
      configFile(site),
      '--for',
      server,
    );
    expect([code, err]).toEqual([0, '']);
    expect(out.split('\n')).toContain(line);
    for (const name of ['referrer-policy', 'x-content-type-options', 'permissions-policy'])
      expect(out).toContain(name);
    expect(out).toContain('no-cache');
    expect(out).toContain('max-age=31536000, immutable');
  });

  it('repeats every header where nginx would drop it', async () => {
    const { out } = await runCli('headers', '--config', configFile(site), '--for', 'nginx');
    const [pages = '', assets = ''] = out.split('location /assets/');
    for (const part of [pages, assets]) expect(part).toContain(POLICY);
  });

  it('reads the configuration that ships where none is named', async () => {
    const { code, out } = await runCli('headers', '--for', 'caddy');
    expect(code).toBe(0);
    expect(out).toContain("connect-src 'self'; ");
    expect(out).toContain("frame-ancestors 'none'");
  });

  it('lists every bad field of a configuration, and prints nothing that could be used', async () => {
    const bad = {
      ...site,
      version: 2,
      sitename: 'Typo',
      issuers: [
        { ...site.issuers[0], iss: 'http://ehr.example.org/fhir', clientId: '', vendor: 'x' },
      ],
      frameAncestors: ["https://ehr.example.org; script-src 'unsafe-inline'"],
    };
    const path = configFile(bad);
    const { code, out, err } = await runCli('headers', '--config', path, '--for', 'nginx');
    expect([code, out]).toEqual([1, '']);
    expect(err.trim().split('\n').toSorted()).toEqual(
      [
        `${path} has mistakes:`,
        '  version: must be 1',
        '  sitename: is not a known setting; remove it or check its spelling',
        '  issuers[0].iss: must be an https URL without query (http only for localhost)',
        '  issuers[0].clientId: must not be empty',
        '  issuers[0].vendor: must be one of epic, oracle-health, smart-health-it, medplum, other',
        '  frameAncestors[0]: must be an origin such as https://ehr.example.org, without a path',
      ]
        .toSorted()
        .map((line) => line.trimEnd()),
    );
  });

  it.each([
    ['a file that is not there', ['--config', 'no/such.json'], /could not be read/],
    ['a file that is not JSON', ['--config', configFile('{"version": 1,')], /is not JSON/],
  ])('fails with 1 for %s', async (_what, options, words) => {
    const { code, out, err } = await runCli('headers', ...options, '--for', 'nginx');
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(words);
    expect(err).not.toMatch(/\n\s+at /);
  });

  it.each([
    ['no web server', ['headers']],
    ['an unknown web server', ['headers', '--for', 'iis']],
    ['an unknown option', ['headers', '--for', 'nginx', '--color', 'red']],
    ['a stray word', ['headers', 'nginx']],
    ['an unknown command', ['header', '--for', 'nginx']],
    ['no command', []],
  ])('is wrong use, 2: %s', async (_what, argv) => {
    const { code, err, out } = await runCli(...argv);
    expect(code).toBe(2);
    expect(err + out).toMatch(/clinician-feedback/);
    expect(err).not.toMatch(/\n\s+at /);
  });
});

describe('help', () => {
  it.each([['--help'], ['-h'], ['help']])('%s lists the commands', async (flag) => {
    const { code, out } = await runCli(flag);
    expect(code).toBe(0);
    expect(out).toMatch(/Usage: clinician-feedback COMMAND/);
    expect(out).toMatch(/headers/);
  });

  it('of a command names its options', async () => {
    const { code, out } = await runCli('headers', '--help');
    expect(code).toBe(0);
    for (const option of ['--config', '--for']) expect(out).toContain(option);
  });
});
