import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConnectionReport } from '#src/domain/connection/report.ts';
import { ROOT } from '#tests/architecture/source.ts';
import { tokensFor } from '#tests/contract/client.ts';
import { APP, HOSTS, type Running } from '#tests/contract/harness.ts';
import { ALL_SCOPES, issuerOf, siteOf } from '#tests/support/connection.ts';
import { configFile, runCli } from './run.ts';

// The command as a user runs it, against the sandbox over real HTTP on this machine.
let running: Running;
let tokenFile: string;
let token: string;
const folder = mkdtempSync(join(tmpdir(), 'doctor-'));

beforeAll(async () => {
  running = await (HOSTS[2] as (typeof HOSTS)[number]).start();
  token = (await tokensFor(running, { scope: ALL_SCOPES })).access_token;
  tokenFile = join(folder, 'token');
  writeFileSync(tokenFile, `${token}\n`);
});
afterAll(() => running.stop());

const doctor = (...argv: readonly string[]) =>
  runCli('doctor', '--iss', `${running.url}/fhir`, ...argv);
const config = (change: object = {}) =>
  configFile({ ...siteOf(issuerOf(`${running.url}/fhir`)), ...change });
const statusOf = (json: string, id: string) =>
  (JSON.parse(json) as ConnectionReport).results.find((one) => one.id === id)?.status;

describe('clinician-feedback doctor', () => {
  it('without a token: text on stdout, silence on stderr, 1 while the canonical base is an example', async () => {
    const { code, out, err } = await doctor('--origin', APP);
    expect([code, err]).toEqual([1, '']);
    expect(out).toContain(`Connection check of ${running.url}/fhir`);
    expect(out).toContain('pass  PKCE: S256');
    expect(out).toContain('pass  Token endpoint: readable');
    expect(out).toMatch(/FAIL {2}Canonical base/);
    expect(out.trimEnd()).toMatch(/\d+ passed, \d+ warnings?, 1 failed, \d+ skipped\.$/);
  });

  it('as JSON; for an origin that the server does not know, CORS fails', async () => {
    const { out } = await doctor('--json', '--origin', 'https://apps.example.org');
    expect(statusOf(out, 'cors.discovery')).toBe('pass');
    expect(statusOf(out, 'cors.preflight')).toBe('fail');
    expect(statusOf(out, 'cors.token')).toBe('fail');
  });

  it('does not guess an origin', async () => {
    const { out } = await doctor('--json');
    expect(statusOf(out, 'cors')).toBe('skipped');
  });

  it('with a token, a patient and --write: everything, into files, and the token in none of them', async () => {
    const [out, vendor] = ['report.json', 'vendor.txt'].map((name) => join(folder, name));
    const ran = await doctor(
      ...['--config', config(), '--origin', APP, '--token-file', tokenFile, '--patient', 'p1'],
      ...['--write', '--json', '--out', out ?? '', '--vendor-file', vendor ?? ''],
    );
    expect(ran).toMatchObject({ code: 1, out: '', err: '' });
    const json = readFileSync(out ?? '', 'utf8');
    const report = JSON.parse(json) as ConnectionReport;
    expect(report.results.filter(({ status }) => status === 'fail').map(({ id }) => id)).toEqual([
      'config.canonical',
    ]);
    expect(statusOf(json, 'token.scopes')).toBe('pass');
    expect(statusOf(json, 'write.parallel')).toBe('pass');
    expect(report.advice).toContainEqual(
      expect.objectContaining({ setting: 'conditionalCreate', value: true }),
    );
    const file = readFileSync(vendor ?? '', 'utf8');
    expect(file).toContain('WHAT DID NOT WORK AS EXPECTED');
    for (const text of [json, file]) {
      expect(text).not.toContain(token);
      expect(text).not.toMatch(/Patient\/p1|Rivera|Practitioner\/ada/);
    }
    const stored = running.sandbox
      .list('Observation')
      .filter(({ meta }) => meta?.tag?.[0]?.code === 'connection-check');
    expect(stored.map(({ status }) => status)).toEqual(['entered-in-error', 'entered-in-error']);
  });

  it('takes the token from the environment too', async () => {
    const { out } = await new Promise<{ out: string }>((resolve) => {
      const child = spawn(
        process.execPath,
        ['src/cli/main.ts', 'doctor', '--iss', `${running.url}/fhir`, '--json'],
        { cwd: ROOT, env: { ...process.env, CLINICIAN_FEEDBACK_TOKEN: token } },
      );
      const chunks: string[] = [];
      child.stdout.on('data', (chunk) => chunks.push(String(chunk)));
      child.once('close', () => resolve({ out: chunks.join('') }));
    });
    expect(statusOf(out, 'token.accepted')).toBe('pass');
    expect(out).not.toContain(token);
  });

  it('lists what is wrong in a config.json, and asks the server all the same', async () => {
    const { out } = await doctor('--json', '--config', config({ version: 2, color: 'red' }));
    const { results } = JSON.parse(out) as ConnectionReport;
    expect(results.find(({ id }) => id === 'config.issuer')).toMatchObject({
      status: 'fail',
      seen: expect.stringMatching(
        /version must be 1.*color is not a known setting|color is not.*version must be 1/,
      ),
    });
    expect(statusOf(out, 'discovery.document')).toBe('pass');
  });

  it('says when this server is not among the issuers', async () => {
    const issuers = [issuerOf('https://other.hospital.test/fhir')];
    const { out } = await doctor('--json', '--config', config({ issuers }));
    expect(statusOf(out, 'config.issuer')).toBe('fail');
  });

  it('does not hang on a server that is not there', async () => {
    const { code, out } = await runCli('doctor', '--iss', 'http://127.0.0.1:9/fhir', '--json');
    expect(code).toBe(1);
    expect(statusOf(out, 'discovery.document')).toBe('fail');
  });

  it.each([
    ['no --iss', ['doctor']],
    ['no address', ['doctor', '--iss', 'ehr']],
    ['--write without a patient', ['doctor', '--iss', 'https://ehr.test/fhir', '--write']],
    ['a reference that is no id', ['doctor', '--iss', 'https://ehr.test/fhir', '--patient', 'a/b']],
    ['a user who is a Person', ['doctor', '--iss', 'https://ehr.test/fhir', '--user', 'Person/1']],
    ['an unknown option', ['doctor', '--iss', 'https://ehr.test/fhir', '--token', 'x']],
  ])('is wrong use, 2: %s', async (_what, argv) => {
    const { code, out, err } = await runCli(...argv);
    expect([code, out]).toEqual([2, '']);
    expect(err).not.toMatch(/\n\s+at /);
  });

  it('sends no token in the clear', async () => {
    const { code, err } = await runCli(
      'doctor',
      '--iss',
      'http://ehr.hospital.test/fhir',
      '--token-file',
      tokenFile,
    );
    expect(code).toBe(2);
    expect(err).toMatch(/in the clear/);
  });
});
