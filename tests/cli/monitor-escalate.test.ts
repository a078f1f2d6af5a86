import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Communication, Library, Observation, Task } from 'fhir/r4';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { monitorCommand } from '#src/cli/monitor.ts';
import { tokensFor } from '#tests/contract/client.ts';
import { HOSTS, type Running } from '#tests/contract/harness.ts';
import { expectValid } from '#tests/support/validation/expect-valid.ts';

const DAY_MS = 86_400_000;
const MODEL = 'sepsis';

/** Three weeks in which a fifth of what was shown was followed, by twelve clinicians. */
function tables(): string {
  const path = mkdtempSync(join(tmpdir(), 'escalate-'));
  const end = Date.now() - 9 * DAY_MS;
  const rows = Array.from({ length: 240 }, (_, i) => ({
    id: `r${i}`,
    at: new Date(end - (i % 20) * DAY_MS - i * 60_000).toISOString(),
    by: `c${i % 12}`,
    said: Math.floor(i / 12) % 5 === 0 ? 'accepted' : 'overridden',
  }));
  const write = (name: string, lines: readonly string[]) =>
    writeFileSync(join(path, `${name}.csv`), `${lines.join('\n')}\n`);
  write('exposures', [
    'exposure_id,recommendation_id,clinician_id,model_id,model_version,displayed_at',
    ...rows.map(({ id, at, by }) => `e${id},${id},${by},${MODEL},3.1.0,${at}`),
  ]);
  write('decisions', [
    'decision_id,recommendation_id,clinician_id,model_id,model_version,response,decided_at',
    ...rows.map(({ id, at, by, said }) => `d${id},${id},${by},${MODEL},3.1.0,${said},${at}`),
  ]);
  return path;
}

const sla = (own: object) => ({
  ...{ id: 'followed', title: 'A third of what is shown is followed', metric: 'adoption' },
  ...{ figure: 'acceptance of displayed', slice: { model: MODEL }, windowWeeks: 4, leastRows: 100 },
  ...{ direction: 'at-least', warn: 0.5, breach: 0.35, action: 'suspend' },
  ...{ owner: 'Practitioner/ada', acknowledgeHours: 24, actHours: 72 },
  ...own,
});

function agreed(...slas: readonly object[]): string {
  const path = join(mkdtempSync(join(tmpdir(), 'agreed-')), 'levels.json');
  writeFileSync(path, JSON.stringify({ committee: 'Organization/committee', slas }));
  return path;
}

let told = '';
let running: Running;
let hooks: { readonly url: string; readonly taken: string[]; close(): void };

beforeAll(async () => {
  const host = HOSTS.find(({ name }) => name === 'http');
  if (!host) throw new Error('no host');
  running = await host.start();
  const taken: string[] = [];
  const server = createServer((request: IncomingMessage, response) => {
    taken.push(String(request.headers['webhook-id']));
    request.resume().on('end', () => response.writeHead(204).end());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  hooks = { url: `http://127.0.0.1:${port}/hook`, taken, close: () => server.close() };
});
afterAll(async () => {
  hooks.close();
  await running.stop();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

async function run(...argv: readonly string[]): Promise<number> {
  told = '';
  const keep = (words: string | Uint8Array) => {
    told += words;
    return true;
  };
  vi.spyOn(process.stderr, 'write').mockImplementation(keep);
  vi.spyOn(process.stdout, 'write').mockImplementation(() => true);
  return monitorCommand.run(argv);
}

const states = (): readonly Observation[] =>
  (running.sandbox.list('Observation') as Observation[]).filter(
    ({ code }) => code.coding?.[0]?.code === 'model-state',
  );

describe('clinician-feedback monitor --escalate', () => {
  it('holds tables against what was agreed, and comes to the same however often it is run', async () => {
    const registry = `${running.url}/fhir`;
    const scope = 'launch openid user/*.crus';
    vi.stubEnv(
      'CLINICIAN_FEEDBACK_PUBLISH_TOKEN',
      (await tokensFor(running, { scope })).access_token,
    );
    vi.stubEnv('CLINICIAN_FEEDBACK_WEBHOOK_KEY', `whsec_${btoa('k'.repeat(32))}`);
    const rows = ['--tables', tables(), '--escalate', '--as', 'Organization/monitoring'];
    const argv = [...rows, '--registry', registry, '--webhook', hooks.url];
    const levels = agreed(
      sla({}),
      sla({ id: 'kept', title: 'A tenth is followed', warn: 0.1, breach: 0.05 }),
    );
    await expect(run(...argv)).rejects.toThrow('no service levels');
    expect(await run(...argv, '--agreed', levels)).toBe(0);
    expect(told).toContain('Breach: A third of what is shown is followed: opened');
    expect(told).toContain('Sepsis early warning: suspended.');
    const [library] = running.sandbox.list('Library') as Library[];
    expectValid(library ?? {});
    const counts = () =>
      ['Task', 'Communication', 'Provenance', 'Library'].map(
        (type) => running.sandbox.list(type as 'Task').length,
      );
    expect(states()).toHaveLength(1);
    expect(counts()).toEqual([2, 1, 1, 1]);
    const [task] = (running.sandbox.list('Task') as Task[]).filter(
      ({ code }) => code?.coding?.[0]?.code === 'escalation',
    );
    expect(task?.description).toMatch(/acceptance of displayed in 4 weeks: 20\.\d % \(/);
    expect(
      (running.sandbox.list('Communication') as Communication[])[0]?.about?.[0]?.reference,
    ).toBe(`Task/${task?.id}`);
    expect(await run(...argv, '--agreed', levels)).toBe(0);
    expect(states()).toHaveLength(1);
    expect(counts()).toEqual([2, 1, 1, 1]);
    expect(hooks.taken).toHaveLength(1);
  });

  it.each([
    ['without a name', ['--escalate']],
    ['in the name of a device', ['--escalate', '--as', 'Device/monitor']],
    ['of an earlier day', ['--escalate', '--as', 'Organization/m', '--as-of', '2026-03-01']],
    ['with options that would do nothing', ['--as', 'Organization/m']],
    [
      'to an address that is not secure',
      ['--escalate', '--as', 'Organization/m', '--webhook', 'http://pager.example/x'],
    ],
  ])('refuses to run %s', async (_, more) => {
    const registry = more.includes('--escalate') ? ['--registry', 'http://127.0.0.1:1/fhir'] : [];
    await expect(run('--tables', 'none', ...registry, ...more)).rejects.toThrow(/--|https/);
  });
});
