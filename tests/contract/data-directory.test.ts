import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openNdjsonJournal } from '#mocks/hosts/ndjson-journal.ts';
import { ids, observation, signedIn } from './client.ts';
import { HOSTS, type Running } from './harness.ts';

describe.each(HOSTS)('a data directory outlives the process, hosted as $name', ({ start }) => {
  let directory: string;
  let running: Running | undefined;
  const warn = vi.fn<(message: string) => void>();
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'sandbox-'));
    warn.mockClear();
  });
  afterEach(async () => {
    await running?.stop();
    running = undefined;
    rmSync(directory, { recursive: true });
  });

  /** What a restart is: the same scenario and directory, nothing else. */
  async function restarted() {
    await running?.stop();
    running = await start({ journal: openNdjsonJournal(directory, { warn }) });
    return { running, ehr: await signedIn(running) };
  }
  const lines = (file: string) => readFileSync(join(directory, file), 'utf8').trimEnd().split('\n');

  it('keeps every version as a line of its type, and nothing of the scenario', async () => {
    const { ehr } = await restarted();
    const stored = await (await ehr.post('Observation', observation('a'))).json();
    await ehr.put(`Observation/${stored.id}`, { ...stored, status: 'amended' });
    expect(readdirSync(directory)).toEqual(['Observation.ndjson']);
    expect(lines('Observation.ndjson').map((line) => JSON.parse(line).meta.versionId)).toEqual([
      '1',
      '2',
    ]);

    const again = await restarted();
    expect(await (await again.ehr.get(`Observation/${stored.id}`)).json()).toMatchObject({
      status: 'amended',
    });
    expect((await again.ehr.bundle(`Observation/${stored.id}/_history`)).total).toBe(2);
    expect(ids(await again.ehr.bundle('Observation?identifier=urn:uuid:a'))).toEqual([stored.id]);
    const key = { 'if-none-exist': 'identifier=urn:uuid:a' };
    expect((await again.ehr.post('Observation', observation('a'), key)).status).toBe(200);
    expect(lines('Observation.ndjson')).toHaveLength(2);
  });

  it('remembers changes to the scenario, deletions and revivals', async () => {
    const { ehr } = await restarted();
    await ehr.send('DELETE', 'Observation/lactate-p1');
    const revived = { ...observation('b'), id: 'lactate-p2' };
    await ehr.send('DELETE', 'Observation/lactate-p2');
    await ehr.put('Observation/lactate-p2', revived);

    const again = await restarted();
    expect((await again.ehr.get('Observation/lactate-p1')).status).toBe(410);
    expect(await (await again.ehr.get('Observation/lactate-p2')).json()).toMatchObject(revived);
    expect((await again.ehr.bundle('Observation/lactate-p2/_history')).total).toBe(3);
  });

  it('keeps nothing of a transaction that failed', async () => {
    const { ehr } = await restarted();
    const entry = ['final', 'bogus'].map((status) => ({
      resource: { ...observation('a'), status },
      request: { method: 'POST', url: 'Observation' },
    }));
    await ehr.post('', { resourceType: 'Bundle', type: 'transaction', entry });
    expect(readdirSync(directory)).toEqual([]);
  });

  it('drops a torn last line with a warning, and writes on after it', async () => {
    const first = await restarted();
    await first.ehr.post('Observation', observation('a'));
    appendFileSync(join(directory, 'Observation.ndjson'), '{"resourceType":"Observation","id":"to');

    const second = await restarted();
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('Observation.ndjson'));
    expect(ids(await second.ehr.bundle('Observation?identifier=urn:uuid:a'))).toHaveLength(1);
    await second.ehr.post('Observation', observation('b'));
    warn.mockClear();

    const third = await restarted();
    expect(warn).not.toHaveBeenCalled();
    expect(ids(await third.ehr.bundle('Observation?code=answer'))).toHaveLength(2);
  });

  it('ignores a spoilt line in the middle, with a warning', async () => {
    const first = await restarted();
    appendFileSync(join(directory, 'Observation.ndjson'), 'not json\n');
    await first.ehr.post('Observation', observation('a'));
    const second = await restarted();
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('line 1'));
    expect(ids(await second.ehr.bundle('Observation?code=answer'))).toHaveLength(1);
  });
});
