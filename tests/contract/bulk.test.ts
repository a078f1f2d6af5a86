import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FhirResource } from 'fhir/r4';
import { beforeAll, describe, expect, it } from 'vitest';
import { startHttp } from '#mocks/hosts/http.ts';
import { createSandbox } from '#mocks/sandbox.ts';
import { minimal } from '#mocks/scenarios/minimal.ts';
import { readFhirFolder } from '#src/cli/sources/fhir-folder.ts';
import { readSource } from '#src/cli/sources/read-source.ts';
import { readSourceOptions, type SourceArguments } from '#src/cli/sources/source-options.ts';
import { searchPages } from '#src/io/bulk/search-pages.ts';
import type { SiteTables } from '#src/io/config/load-settings.ts';
import { contextOf } from '#src/io/tables-in/source-context.ts';
import { runCli } from '#tests/cli/run.ts';
import {
  allText,
  type KeyPair,
  keyFile,
  keyOf,
  keyPair,
  newFolder,
  resourcesIn,
  SERVER,
  type Service,
  serviceClient,
  startService,
} from './bulk-service.ts';
import { START } from './harness.ts';

const TYPES = ['Patient', 'Encounter', 'Observation', 'RiskAssessment', 'Device'];

let es: KeyPair;
beforeAll(async () => {
  es = await keyPair('ES384');
});

const failing = async (work: Promise<unknown>): Promise<Error & { kind?: string }> => {
  try {
    await work;
  } catch (cause) {
    if (cause instanceof Error) return cause;
  }
  throw new Error('It did not fail');
};

const asked = ({ sandbox }: Service, method: string, path: RegExp) =>
  sandbox.requests().filter((one) => one.method === method && path.test(one.path));

/** A token of the service, as the client under test does not get it. */
async function bySearch(service: Service): Promise<readonly FhirResource[]> {
  const token = [...service.secrets].findLast((one) => !one.includes('.'));
  const found: FhirResource[] = [];
  for (const type of TYPES)
    for await (const page of searchPages(
      {
        baseUrl: SERVER,
        token,
        clock: service.clock,
        fetch: (input, init) => service.sandbox.fetch(new Request(input, init)),
      },
      { type, params: [['_count', '2']] },
    ))
      found.push(...page);
  return found.toSorted((a, b) => keyOf(a).localeCompare(keyOf(b)));
}

describe('a bulk export', () => {
  it('brings what a search brings, in several files and pages of the manifest', async () => {
    const service = startService(es);
    const folder = newFolder();
    const result = await service.run({ folder });
    const searched = await bySearch(service);
    expect(resourcesIn(folder)).toEqual(searched);
    expect(searched.length).toBe(9);
    expect(result).toMatchObject({ files: 9, lines: 9, deleted: 0, whole: true });
    expect(readdirSync(folder).join()).toMatch(
      /Patient\.20260302T080000000Z-[0-9a-f]{8}\.002\.ndjson/,
    );
    // The server's own pace, and what it said of it.
    expect(service.waits).toEqual([1_000, 1_000]);
    expect(service.told.slice(0, 2)).toEqual(['export: 0% of 9 files', 'export: 50% of 9 files']);
    expect(asked(service, 'GET', /\?page=[12]$/).map(({ path }) => path.at(-1))).toEqual([
      '1',
      '2',
    ]);
    expect(asked(service, 'DELETE', /^\/fhir\/bulk\//)).toHaveLength(1);
    expect(existsSync(`${folder}.partial`)).toBe(false);
  });

  it('of patients leaves out what is nobody’s; of a group, who is not in it', async () => {
    const service = startService(es);
    service.sandbox.put({
      resourceType: 'Group',
      id: 'cohort',
      type: 'person',
      actual: true,
      member: [{ entity: { reference: 'Patient/p2' } }],
    });
    const [patients, group] = [newFolder(), newFolder()];
    await service.run({ folder: patients, level: 'patient' });
    await service.run({ folder: group, level: 'group:cohort' });
    const types = (folder: string) => resourcesIn(folder).map(({ resourceType }) => resourceType);
    expect(types(patients)).toHaveLength(8);
    expect(types(patients)).not.toContain('Device');
    expect(resourcesIn(group).map(({ id }) => id)).toEqual(
      expect.arrayContaining(['p2', 'enc-p2', 'risk-p2']),
    );
    expect(types(group)).toHaveLength(4);
  });

  it('asks by GET where a server takes no POST', async () => {
    const service = startService(es);
    const effect = { kind: 'status', status: 405 } as const;
    service.sandbox.faults.add({ method: 'POST', path: '/fhir/$export', effect });
    const folder = newFolder();
    await service.run({ folder, types: ['Patient'] });
    expect(resourcesIn(folder).map(({ id }) => id)).toEqual(['p1', 'p2']);
    expect(asked(service, 'GET', /\$export\?.*_type=Patient/)).toHaveLength(1);
  });

  it('outlives 429, one 500 at each step, and the end of its tokens', async () => {
    const service = startService(es, { bulk: { workMs: 400_000, linesPerFile: 3 } });
    const { faults } = service.sandbox;
    const at = (path: string, effect: { status: number; retryAfter?: number }) =>
      faults.add({ path, count: 1, effect: { kind: 'status', ...effect } });
    at('/fhir/$export', { status: 429, retryAfter: 7 });
    at('/fhir/bulk/*', { status: 500 });
    at('/fhir/bulk/*.ndjson', { status: 503, retryAfter: 90 });
    faults.add({ path: '/fhir/bulk/*.ndjson', count: 1, effect: { kind: 'token-expires' } });
    const folder = newFolder();
    const result = await service.run({ folder });
    expect(result).toMatchObject({ lines: 9, whole: true });
    expect(resourcesIn(folder)).toEqual(await bySearch(service));
    expect([service.waits[0], service.waits[1], service.waits.at(-1)]).toEqual([
      7_000, 2_000, 90_000,
    ]);
    // At the start, twice for 400 seconds of polling, and for the file whose token had ended.
    expect(asked(service, 'POST', /\/auth\/token/).length).toBeGreaterThanOrEqual(3);
    expect(asked(service, 'GET', /\/bulk\//).filter(({ status }) => status === 401)).toHaveLength(
      1,
    );
  });

  it('tears, keeps what is whole, and goes on where it was', async () => {
    const service = startService(es);
    const folder = newFolder();
    service.network = async (request, serve) => {
      const response = await serve();
      if (!request.url.endsWith('/5.ndjson')) return response;
      const half = (await response.bytes()).slice(0, 100);
      return new Response(half, { headers: { 'content-type': 'application/fhir+ndjson' } });
    };
    const failure = await failing(service.run({ folder }));
    expect(failure.kind).toBe('torn');
    expect(existsSync(folder)).toBe(false);
    const kept = readdirSync(`${folder}.partial`);
    expect(kept).toHaveLength(5 + 1);
    expect(kept.filter((name) => name.endsWith('.partial'))).toEqual([]);
    expect(await failing(service.run({ folder }))).toMatchObject({ kind: 'wrong-folder' });

    service.network = (_, serve) => serve();
    const before = asked(service, 'GET', /\.ndjson$/).length;
    await service.run({ folder, resume: true, level: undefined });
    expect(asked(service, 'GET', /\.ndjson$/).length - before).toBe(4);
    expect(asked(service, 'POST', /\$export/)).toHaveLength(1);
    expect(resourcesIn(folder)).toEqual(await bySearch(service));
    expect(existsSync(`${folder}.partial`)).toBe(false);
  });

  it('adds what came since, and takes away what the server has deleted', async () => {
    const service = startService(es);
    const folder = newFolder();
    // What is older than an export is not in the next.
    service.clock.advance(60_000);
    const { transactionTime } = await service.run({ folder });
    service.clock.advance(60_000);
    const admin = await signIn(service);
    const gone = await admin('DELETE', 'Observation/lactate-p1');
    expect(gone.status).toBe(204);
    const patient = service.sandbox.read('Patient', 'p2');
    if (!patient) throw new Error('There is no p2');
    service.sandbox.put({ ...patient, id: 'p2', language: 'de' });
    service.clock.advance(60_000);
    const added = await service.run({ folder, since: transactionTime });
    expect(added).toMatchObject({ deleted: 1, whole: true });
    const marks = readFileSync(join(folder, '_deleted.ndjson'), 'utf8');
    expect(JSON.parse(marks)).toEqual({ type: 'Observation', id: 'lactate-p1', versionId: '1' });
    const two = resourcesIn(folder).filter(({ id }) => id === 'p2');
    expect(two.map(({ meta }) => meta?.versionId)).toEqual(['1', '2']);
    // Nine, and the other version of one, without the deleted one.
    const site = {
      sites: [{ site: 'A', timeZone: 'UTC' }],
      models: [],
      negatives: [],
      targets: [],
      outcomes: [],
    } satisfies SiteTables;
    const context = contextOf(SERVER, undefined, site);
    expect((await readFhirFolder(folder, context, () => undefined)).resources).toBe(9);
    const late = await service.run({ folder, since: '2026-03-02T23:00:00Z' });
    expect(late.whole).toBe(false);
  });

  it('counts what the server could not export', async () => {
    const service = startService(es);
    const result = await service.run({ types: ['Patient', 'Nonsense'] });
    expect([...result.outcomes]).toEqual([['error not-found', 1]]);
    expect(result).toMatchObject({ lines: 2, whole: false });
  });

  it('fetches from no other place than the site allows, and shows the token to none', async () => {
    const service = startService(es);
    const seen: (string | null)[] = [];
    service.network = async (request, serve) => {
      if (request.url.startsWith('https://files.test/')) {
        seen.push(request.headers.get('authorization'));
        return new Response('{"resourceType":"Patient","id":"far"}');
      }
      const response = await serve();
      if (!/\/bulk\/[^/]+$/.test(request.url) || response.status !== 200) return response;
      const file = { type: 'Patient', url: 'https://files.test/1' };
      return Response.json({ ...manifest, output: [file] });
    };
    const manifest = { transactionTime: START, requiresAccessToken: true };
    expect((await failing(service.run())).kind).toBe('foreign-file');
    expect(seen).toEqual([]);
    const allowedOrigins = ['https://files.test'];
    expect(await service.run({ allowedOrigins })).toMatchObject({ lines: 1 });
    manifest.requiresAccessToken = false;
    await service.run({ allowedOrigins });
    expect(seen.map((one) => one !== null)).toEqual([true, false]);
  });

  it('is dropped at the server by Ctrl-C, and leaves nothing', async () => {
    const service = startService(es);
    const folder = newFolder();
    service.beforePause = () => service.stop.abort();
    expect((await failing(service.run({ folder }))).kind).toBe('stopped');
    expect(asked(service, 'DELETE', /^\/fhir\/bulk\//).map(({ status }) => status)).toEqual([202]);
    expect([folder, `${folder}.partial`].map((path) => existsSync(path))).toEqual([false, false]);
  });

  it('says what is wrong where there is nothing to wait for', async () => {
    const service = startService(es);
    const at = (path: string, status: number) =>
      service.sandbox.faults.add({ path, effect: { kind: 'status', status } });
    const ends = async (path: string, status: number) => {
      at(path, status);
      const failure = await failing(service.run());
      service.sandbox.faults.clear();
      return failure.kind;
    };
    expect(await ends('/fhir/$export', 404)).toBe('not-offered');
    expect(await ends('/fhir/$export', 400)).toBe('refused');
    expect(await ends('/fhir/$export', 403)).toBe('forbidden');
    expect(await ends('/fhir/bulk/*', 404)).toBe('job-gone');
    expect(await ends('/fhir/bulk/*', 500)).toBe('job-failed');
    expect(await ends('/auth/token', 401)).toBe('no-token');
  });
});

describe('a backend service', () => {
  it('signs in by RSA and by EC, as JWK, JWK set and PEM, and by no other key', async () => {
    const rsa = await keyPair('RS384');
    const service = startService(es, { clients: [serviceClient([es, rsa])] });
    const run = (text: string, keyId?: string) => {
      const client = { id: 'research-service', key: keyFile(text), keyId };
      return service.run({ client, types: ['Patient'] });
    };
    for (const { jwk, pem, publicJwk } of [es, rsa]) {
      expect((await run(JSON.stringify({ keys: [publicJwk, jwk] }))).lines).toBe(2);
      expect((await run(pem, publicJwk.kid)).lines).toBe(2);
    }
    const stranger = await keyPair('ES384');
    expect((await failing(run(JSON.stringify(stranger.jwk)))).message).toContain('invalid_client');
    const broken = await failing(run(es.pem.replace('BEGIN PRIVATE', 'BEGIN EC PRIVATE')));
    expect(broken).toMatchObject({ kind: 'bad-key' });
  });

  it('asks for no more than it reads, and spends each assertion once', async () => {
    const service = startService(es);
    const forms: URLSearchParams[] = [];
    service.network = async (request, serve) => {
      if (request.url.endsWith('/auth/token'))
        forms.push(new URLSearchParams(await request.clone().text()));
      return serve();
    };
    await service.run({ types: ['Patient', 'Device'] });
    expect(forms.map((form) => form.get('scope'))).toEqual(['system/Patient.rs system/Device.rs']);
    const again = await service.sandbox.fetch(
      new Request('https://ehr.test/auth/token', { method: 'POST', body: forms[0] ?? null }),
    );
    expect([again.status, (await again.json()).error_description]).toEqual([401, 'jti was used']);
  });

  it('asks only for what a server names, and says what that leaves out', async () => {
    const service = startService(es);
    let scope: string | null = null;
    service.network = async (request, serve) => {
      if (request.url.endsWith('/auth/token'))
        scope = new URLSearchParams(await request.clone().text()).get('scope');
      if (!request.url.endsWith('/smart-configuration')) return serve();
      const offered = ['system/*.rs', 'system/Patient.rs'];
      return Response.json({ ...(await (await serve()).json()), scopes_supported: offered });
    };
    await service.run({ types: ['Patient', 'Device'] });
    expect(scope).toBe('system/Patient.rs');
    expect(service.told).toContain('not offered: system/Device.rs');
  });

  it('tells neither its key nor a token, in words, errors or files', async () => {
    const service = startService(es);
    const folder = newFolder();
    service.network = async (request, serve) =>
      request.url.endsWith('/5.ndjson') ? new Response('<html>') : serve();
    const failure = await failing(service.run({ folder }));
    service.network = (_, serve) => serve();
    const half = allText(folder);
    await service.run({ folder, resume: true, level: undefined });
    const said = [...service.told, failure.stack, String(failure.cause), half, allText(folder)];
    const secrets = [...service.secrets, es.jwk.d ?? '', es.pem.split('\n')[1] ?? ''];
    expect(secrets.length).toBeGreaterThanOrEqual(4);
    for (const secret of secrets) {
      expect(secret.length).toBeGreaterThan(40);
      expect(said.join('\n')).not.toContain(secret);
    }
  });

  it('is the only one whom the sandbox lets export', async () => {
    const service = startService(es);
    const admin = await signIn(service);
    expect((await admin('GET', '$export')).status).toBe(403);
  });
});

describe('the commands', () => {
  it('read the same rows by Bulk Data as from the server’s own files, and say no secret', async () => {
    const scenario = minimal({ seed: 1, now: Date.parse(START) });
    const clients = [serviceClient([es])];
    const shared = { scenario, clients, appOrigins: [], bulk: { workMs: 0, linesPerFile: 2 } };
    const host = await startHttp({
      port: 0,
      create: (baseUrl) => createSandbox({ ...shared, baseUrl }),
    });
    try {
      const [first, second, held] = [newFolder(), newFolder(), newFolder()];
      const given = {
        from: `${host.url}/fhir`,
        bulk: 'system',
        'client-id': 'research-service',
        'client-key': keyFile(JSON.stringify(es.jwk)),
      };
      const read = (more: Partial<SourceArguments>) =>
        readSource(readSourceOptions({ 'time-zone': 'UTC', cap: '1', ...more }));
      const exported = await read({ ...given, download: first });
      mkdirSync(held);
      const lines = host.sandbox.held().map((one) => `${JSON.stringify(one)}\n`);
      writeFileSync(join(held, 'all.ndjson'), lines.join(''));
      const { tables } = await read({ from: held });
      expect(exported.tables.recommendations).toHaveLength(2);
      expect(exported.tables).toEqual(tables);
      expect(exported.from).toMatchObject({ kind: 'server', place: given.from, whole: true });

      const argv = Object.entries({ ...given, download: second }).map(([n, v]) => `--${n}=${v}`);
      const ran = await runCli('metrics', '--json', ...argv);
      expect(ran.err).toContain('Patient.');
      expect(ran.code).toBe(0);
      expect(ran.out + ran.err + allText(second)).not.toContain(es.jwk.d);
    } finally {
      await host.close();
    }
  });
});

/** FHIR as a person in the EHR. */
async function signIn({ sandbox }: Service) {
  const response = await sandbox.fetch(
    new Request('https://ehr.test/ehr/sign-in', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ practitionerId: 'ada' }),
    }),
  );
  const { access_token } = await response.json();
  return (method: string, path: string) =>
    sandbox.fetch(
      new Request(`${SERVER}/${path}`, {
        method,
        headers: { authorization: `Bearer ${access_token}`, prefer: 'respond-async' },
      }),
    );
}
