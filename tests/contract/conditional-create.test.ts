import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { expectOutcome, observation, signedIn } from './client.ts';
import { HOSTS, type Running } from './harness.ts';

const key = (id: string) => ({ 'if-none-exist': `identifier=urn:ietf:rfc:3986|urn:uuid:${id}` });

describe.each(HOSTS)('conditional create, hosted as $name', ({ start }) => {
  let running: Running;
  let ehr: Awaited<ReturnType<typeof signedIn>>;
  beforeEach(async () => {
    running = await start();
    ehr = await signedIn(running);
  });
  afterEach(() => running.stop());

  const stored = () =>
    running.sandbox.list('Observation').filter(({ code }) => code.coding?.[0]?.code === 'answer');

  it('creates once: 201, then 200 with the same resource', async () => {
    const first = await ehr.post('Observation', observation('a'), key('a'));
    const second = await ehr.post('Observation', observation('a'), key('a'));
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(await second.json()).toEqual(await first.json());
    expect(second.headers.get('etag')).toBe('W/"1"');
    expect(stored()).toHaveLength(1);
  });

  it('creates once when twenty come at the same time', async () => {
    const responses = await Promise.all(
      Array.from({ length: 20 }, () => ehr.post('Observation', observation('a'), key('a'))),
    );
    const statuses = responses.map(({ status }) => status).toSorted();
    expect(statuses).toEqual([...Array(19).fill(200), 201]);
    expect(stored()).toHaveLength(1);
  });

  it('creates again after a deletion', async () => {
    await ehr.post('Observation', observation('a'), key('a'));
    await ehr.send('DELETE', `Observation/${stored()[0]?.id}`);
    expect((await ehr.post('Observation', observation('a'), key('a'))).status).toBe(201);
  });

  it('refuses when several match', async () => {
    await ehr.post('Observation', observation('a'));
    await ehr.post('Observation', observation('a'));
    await expectOutcome(await ehr.post('Observation', observation('a'), key('a')), 412);
    expect(stored()).toHaveLength(2);
  });

  it.each(['colour=red', '', 'identifier=urn:uuid:a&colour=red'])(
    'refuses a condition that it cannot check: "%s"',
    async (condition) => {
      const response = await ehr.post('Observation', observation('a'), {
        'if-none-exist': condition,
      });
      // An empty header is no header: nothing was asked.
      if (condition === '') expect(response.status).toBe(201);
      else await expectOutcome(response, 400);
    },
  );

  it('validates what it creates', async () => {
    const bad = { ...observation('a'), status: 'bogus' };
    await expectOutcome(await ehr.post('Observation', bad, key('a')), 422);
  });
});
