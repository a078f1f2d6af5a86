import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { manualClock } from '#mocks/clock.ts';
import { type HttpHost, startHttp } from '#mocks/hosts/http.ts';
import { createSandbox } from '#mocks/sandbox.ts';
import { minimal } from '#mocks/scenarios/minimal.ts';
import { exportCommand } from '#src/cli/export.ts';
import { begun, downloadSearches } from '#src/cli/sources/search/download-search.ts';
import {
  readSearchState,
  SEARCH_STATE,
  type SearchState,
} from '#src/cli/sources/search/search-state.ts';
import { systemClock } from '#src/io/clock.ts';
import { ROOT } from '#tests/architecture/source.ts';
import { keyFile, keyPair, newFolder, serviceClient } from './bulk-service.ts';
import { APP, START } from './harness.ts';

const hosts: HttpHost[] = [];
afterEach(async () => {
  await Promise.all(hosts.splice(0).map((host) => host.close()));
});

/** A server that works for an hour on each bulk export. */
async function serve(more: Partial<Parameters<typeof createSandbox>[0]> = {}) {
  const given = {
    ...{ appOrigins: [APP], scenario: minimal({ seed: 1, now: Date.parse(START) }) },
    ...{ bulk: { workMs: 3_600_000 }, ...more },
  };
  const create = (baseUrl: string) => createSandbox({ ...given, baseUrl });
  const host = await startHttp({ port: 0, create });
  hosts.push(host);
  const response = await fetch(`${host.url}/ehr/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ practitionerId: 'ada' }),
  });
  const { access_token: token } = await response.json();
  return { ...host, server: `${host.url}/fhir`, token: String(token) };
}

type Server = Awaited<ReturnType<typeof serve>>;

const asked = ({ sandbox }: Server) =>
  sandbox.requests().flatMap(({ method, path }) => (method === 'GET' ? [path] : []));

const SEARCHES = ['Patient', 'Encounter', 'Observation'].map((type) => ({
  type,
  params: [['_count', '1']] as const,
}));

/** Searches into a folder. Each run ends, as at Ctrl-C, before its n-th request. */
function searching({ server, token }: Server) {
  const folder = newFolder();
  mkdirSync(folder, { recursive: true });
  async function run(last: number, before?: SearchState) {
    const stop = new AbortController();
    let requests = 0;
    const send: typeof globalThis.fetch = (input, init) => {
      requests += 1;
      if (requests > last) stop.abort();
      return fetch(input, init);
    };
    const reader = { baseUrl: server, token, clock: systemClock, fetch: send, stop: stop.signal };
    const state = before ?? { server, cap: 100, searches: begun(SEARCHES) };
    return downloadSearches(reader, folder, state, SEARCHES, () => undefined);
  }
  const state = () => readSearchState(join(folder, SEARCH_STATE));
  const lines = () =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.ndjson'))
      .toSorted()
      .map((name) => readFileSync(join(folder, name), 'utf8'));
  return { folder, run, state, lines };
}

describe('searches that are kept', () => {
  it('go on behind the last page that was whole, whatever was torn behind it', async () => {
    const server = await serve();
    const once = searching(server);
    const found = await once.run(Infinity);
    expect(found.map(({ type, read, total }) => [type, read === total, read > 1])).toEqual([
      ['Patient', true, true],
      ['Encounter', true, true],
      ['Observation', true, true],
    ]);
    const all = asked(server).length;

    const cut = searching(server);
    await expect(cut.run(3)).rejects.toMatchObject({ kind: 'aborted' });
    appendFileSync(join(cut.folder, 'Encounter.02.ndjson'), '{"resourceType":"Encoun');
    const again = await cut.run(Infinity, await cut.state());
    expect(again).toEqual(
      found.map((one) => expect.objectContaining({ ...one, file: expect.anything() })),
    );
    expect(cut.lines()).toEqual(once.lines());
    // Nothing was asked twice.
    expect(asked(server)).toHaveLength(2 * all);
  });

  it('ask a search anew where the server has forgotten its pages', async () => {
    const server = await serve();
    const cut = searching(server);
    await expect(cut.run(1)).rejects.toMatchObject({ kind: 'aborted' });
    const state = await cut.state();
    const [first, ...rest] = state.searches;
    if (first?.next === undefined) throw new Error('The first search has one page.');
    const forgotten = { ...first, next: first.next.replace(/_cursor=.*/, '_cursor=gone') };
    const found = await cut.run(Infinity, { ...state, searches: [forgotten, ...rest] });
    expect(found[0]).toMatchObject({ read: 2, total: 2, done: true });
    expect(cut.lines()[1]?.trim().split('\n')).toHaveLength(2);
  });
});

/** The command as a process, until it says `words`; then Ctrl-C. */
async function interrupted(argv: readonly string[], token: string, words: RegExp) {
  const env = { ...process.env, CLINICIAN_FEEDBACK_TOKEN: token };
  const child = spawn(process.execPath, ['src/cli/main.ts', ...argv], { cwd: ROOT, env });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += String(chunk);
    if (words.test(said) && !child.killed) child.kill('SIGINT');
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  return { code, said };
}

const manifestOf = (out: string) => JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'));

describe('Ctrl-C', () => {
  it('leaves no package of a search, keeps what was read, and --resume ends with the same rows', async () => {
    // Its clock stands still: an answer that it delays never comes.
    const server = await serve({ clock: manualClock(START) });
    const [out, direct, kept] = [newFolder(), newFolder(), newFolder()];
    const from = ['--from', server.server, '--profile', 'operational'];
    server.sandbox.faults.add({
      path: '/fhir/RiskAssessment*',
      effect: { kind: 'delay', ms: 1_000 },
    });
    const argv = ['export', ...from, '--out', out, '--download', kept];
    const { code, said } = await interrupted(argv, server.token, /^Encounter: \d/m);
    expect(code).toBe(1);
    expect(said).toContain(`go on with --resume ${kept}`);
    expect([out, `${out}.partial`, kept].map((path) => existsSync(path))).toEqual([
      false,
      false,
      false,
    ]);
    server.sandbox.faults.clear();

    process.env.CLINICIAN_FEEDBACK_TOKEN = server.token;
    try {
      const before = asked(server).length;
      expect(await exportCommand.run([...from, '--out', out, '--resume', kept])).toBe(0);
      const later = asked(server).slice(before);
      expect(later.filter((path) => /^\/fhir\/(Patient|Device|Encounter)\b/.test(path))).toEqual(
        [],
      );
      expect(await exportCommand.run([...from, '--out', direct])).toBe(0);
    } finally {
      delete process.env.CLINICIAN_FEEDBACK_TOKEN;
    }
    const [one, other] = [manifestOf(out), manifestOf(direct)];
    expect(one.rows).toEqual(other.rows);
    expect(one.rows.recommendations).toBe(2);
    // The server's own number of each type, in both.
    const held = (type: 'Patient' | 'RiskAssessment') => server.sandbox.list(type).length;
    const counted = (type: 'Patient' | 'RiskAssessment') => ({
      type,
      read: held(type),
      total: held(type),
    });
    for (const { reconciled } of [one, other]) {
      expect(reconciled.server).toMatch(/^agrees/);
      expect(reconciled.searches).toContainEqual(counted('Patient'));
      expect(reconciled.searches).toContainEqual(counted('RiskAssessment'));
      expect(reconciled.rows.recommendations).toEqual({ read: 2, written: 2 });
    }
    expect(existsSync(`${kept}.partial`)).toBe(false);
    await expect(
      exportCommand.run([...from, '--out', newFolder(), '--download', kept]),
    ).rejects.toThrow('is there already');
  });

  it('leaves nothing of a bulk export, and drops its job at the server', async () => {
    const key = await keyPair('ES384');
    const server = await serve({ clients: [serviceClient([key])] });
    const [out, kept] = [newFolder(), newFolder()];
    const client = [
      '--client-id',
      'research-service',
      '--client-key',
      keyFile(JSON.stringify(key.jwk)),
    ];
    const argv = ['export', '--from', server.server, '--profile', 'limited', '--out', out];
    const bulk = ['--bulk', 'system', '--download', kept, ...client];
    const { code, said } = await interrupted([...argv, ...bulk], '', /^export: /m);
    expect(code).toBe(1);
    expect(said).toContain('Nothing was kept');
    const left = [out, `${out}.partial`, kept, `${kept}.partial`];
    expect(left.filter((path) => existsSync(path))).toEqual([]);
    const dropped = server.sandbox.requests().filter(({ method }) => method === 'DELETE');
    expect(dropped.map(({ status }) => status)).toEqual([202]);
  });
});
