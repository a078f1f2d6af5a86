import type { Bundle, Observation } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { minimal } from '#mocks/scenarios/minimal.ts';
import { ids, observation, signedIn } from './client.ts';
import { HOSTS, START } from './harness.ts';

const SIZE = 20_000;

/** Not a benchmark: 200 searches that read everything would not end within the test's minute. */
describe('twenty thousand resources', () => {
  it('are searched by identifier and by patient without reading all of them', async () => {
    const scenario = minimal({ seed: 1, now: Date.parse(START) });
    const many = Array.from({ length: SIZE }, (_, index): Observation & { id: string } => ({
      ...observation(`n${index}`),
      id: `n${index}`,
      subject: { reference: `Patient/x${index % 1000}` },
    }));
    const resources = [...scenario.resources, ...many];
    const running = await HOSTS[0]?.start({ scenario: { ...scenario, resources } });
    if (running === undefined) throw new Error('There is no host');
    const ehr = await signedIn(running);
    await ehr.bundle('Observation?identifier=urn:uuid:n0&patient=x0');
    for (let index = 0; index < 200; index++) {
      const key = { 'if-none-exist': `identifier=urn:ietf:rfc:3986|urn:uuid:n${index}` };
      expect((await ehr.post('Observation', observation(`n${index}`), key)).status).toBe(200);
    }
    const page = await ehr.bundle('Observation?patient=x7&_sort=-date&_count=500');
    expect(ids(page)).toHaveLength(SIZE / 1000);
    expect(((await (await ehr.get('Observation?_count=1')).json()) as Bundle).total).toBe(SIZE + 2);
    await running.stop();
  }, 60_000);
});
