import type { FhirResource } from 'fhir/r4';
import { expect, test } from 'vitest';
import { createSandbox } from '#mocks/sandbox.ts';
import { hospital } from '#mocks/scenarios/hospital/index.ts';
import { expectValid } from '#tests/support/validation/expect-valid.ts';

const now = Date.parse('2026-11-22T16:00:00Z');
const { scenario, past } = hospital({ seed: 2, now, weeks: 4, perWeek: 40 });
const sandbox = createSandbox({ baseUrl: 'http://ehr.test', appOrigins: [], scenario });
const { archive } = scenario;
if (!archive) throw new Error('no archive');

const idsOf = (type: string): string[] => [...archive.ids(type, [])];

async function search(query: string): Promise<{ total: number; resources: FhirResource[] }> {
  const session = await sandbox.fetch(
    new Request('http://ehr.test/ehr/sign-in', {
      method: 'POST',
      body: JSON.stringify({ practitionerId: 'hospitalist' }),
    }),
  );
  const { access_token } = (await session.json()) as { access_token: string };
  const answer = await sandbox.fetch(
    new Request(`http://ehr.test/fhir/${query}`, {
      headers: { authorization: `Bearer ${access_token}` },
    }),
  );
  const bundle = (await answer.json()) as {
    total: number;
    entry?: { resource: FhirResource }[];
  };
  return { total: bundle.total, resources: (bundle.entry ?? []).map(({ resource }) => resource) };
}

test('the same seed and moment give the same past, to the byte', () => {
  const again = hospital({ seed: 2, now, weeks: 4, perWeek: 40 }).scenario;
  expect(JSON.stringify(again.resources)).toBe(JSON.stringify(scenario.resources));
  for (const type of archive.types) {
    const [id = ''] = idsOf(type);
    expect(again.archive?.read(type, id)).toEqual(archive.read(type, id));
  }
});

test('a sample of every type is R4, says that it is synthetic, and is not younger than now', () => {
  for (const type of archive.types) {
    const ids = idsOf(type);
    expect(ids.length, type).toBeGreaterThan(10);
    for (const at of [0, 0.2, 0.4, 0.6, 0.8, 1]) {
      const resource = archive.read(type, ids[Math.floor(at * (ids.length - 1))] ?? '');
      if (!resource) throw new Error(`${type} without a resource`);
      expectValid(resource);
      expect(resource.meta?.tag?.map(({ code }) => code)).toContain('HTEST');
      expect(Date.parse(resource.meta?.lastUpdated ?? '')).toBeLessThanOrEqual(now);
    }
  }
});

test('a search finds in the archive what a look at every resource finds', async () => {
  const patient = past.decisions[7]?.patient_id ?? '';
  const since = new Date(now - 5 * 86_400_000).toISOString();
  const until = new Date(now - 86_400_000).toISOString();
  const all = (type: string) => idsOf(type).map((id) => archive.read(type, id) as FhirResource);
  const answers = all('Observation').filter((one) =>
    JSON.stringify(one).includes('"recommendation-response"'),
  );
  const time = (one: FhirResource) =>
    one.resourceType === 'Observation' ? (one.effectiveDateTime ?? '') : '';
  const cases: readonly (readonly [query: string, total: number])[] = [
    [
      `Observation?patient=${patient}`,
      all('Observation').filter((one) => JSON.stringify(one).includes(`"${patient}"`)).length,
    ],
    [
      `Observation?code=recommendation-response&_lastUpdated=gt${since}&_summary=count`,
      answers.filter((one) => (one.meta?.lastUpdated ?? '') > since).length,
    ],
    [
      `Observation?code=recommendation-response&date=ge${since}&date=lt${until}&_sort=-date`,
      answers.filter((one) => time(one) >= since && time(one) < until).length,
    ],
    ['Encounter?status=finished&_summary=count', idsOf('Encounter').length],
  ];
  const ward = (await search('Observation?code=recommendation-response')).total - answers.length;
  for (const [query, total] of cases) {
    const found = await search(query);
    const ofWard = query.includes('_lastUpdated') || query.includes('date=ge');
    expect(found.total - total, query).toBeLessThanOrEqual(ofWard ? ward : 0);
    expect(found.total, query).toBeGreaterThanOrEqual(total);
    expect(total, query).toBeGreaterThan(0);
  }
  const named = await search(`Observation?identifier=${past.decisions[0]?.decision_id}`);
  expect(named.total).toBe(1);
});

test('what is written over the archive counts, and its history begins there', () => {
  const id = idsOf('Observation')[0] ?? '';
  const before = sandbox.read('Observation', id);
  expect(sandbox.history('Observation', id)).toHaveLength(1);
  sandbox.put({
    ...(before as FhirResource & { id: string }),
    status: 'entered-in-error',
  } as never);
  expect(sandbox.history('Observation', id).map(({ versionId }) => versionId)).toEqual(['1', '2']);
  expect(sandbox.read('Observation', id)).toMatchObject({ status: 'entered-in-error' });
  expect(archive.read('Observation', id)).toMatchObject({ status: 'final' });
});

test('nobody of the past lies in a bed: the list is the ward’s', async () => {
  const { resources } = await search('Encounter?status=in-progress&_count=200');
  expect(resources.every(({ id = '' }) => !id.startsWith('sim'))).toBe(true);
  expect(resources.length).toBe(19);
});
