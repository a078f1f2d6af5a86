import type { Observation } from 'fhir/r4';
import { createProject, type MedplumProject } from './medplum.ts';
import { expect, test as real } from './real.ts';

// What the outbox builds on, asked of a server that we did not write, without the app.
real.skip(({ on }) => on !== 'medplum', 'asked of the server itself, with tokens of its own');

interface Asker {
  readonly project: MedplumProject;
  /** A request with a token of the clinician that has these scopes. */
  ask(scope: string, path: string, init?: Init): Promise<Response>;
}
interface Init {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: object;
}

const test = real.extend<object, { asker: Asker }>({
  asker: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads fixture names from a pattern.
    async ({}, use) => {
      const project = await createProject();
      const here = 'http://localhost/index.html';
      const client = await project.registerApp([here]);
      const tokens = new Map<string, Promise<string>>();
      const tokenFor = (scope: string) => {
        const known = tokens.get(scope) ?? project.tokenFor(`openid ${scope}`, client, here);
        tokens.set(scope, known);
        return known;
      };
      await use({
        project,
        ask: async (scope, path, { method = 'GET', headers, body } = {}) =>
          await fetch(URL.canParse(path) ? path : `${project.fhirUrl}/${path}`, {
            method,
            headers: {
              authorization: `Bearer ${await tokenFor(scope)}`,
              'content-type': 'application/fhir+json',
              ...headers,
            },
            ...(body && { body: JSON.stringify(body) }),
          }),
      });
    },
    { scope: 'worker' },
  ],
});

const ALL = 'user/*.cruds';
const idOf = async (response: Response) => ((await response.json()) as { id: string }).id;

const observation = (identifier = `urn:uuid:${crypto.randomUUID()}`) =>
  ({
    resourceType: 'Observation',
    identifier: [{ system: 'urn:ietf:rfc:3986', value: identifier }],
    status: 'final',
    code: { text: 'Acceptance' },
  }) satisfies Observation;

const create = ({ ask }: Asker, body: Observation, ifNoneExist?: string) =>
  ask(ALL, 'Observation', {
    method: 'POST',
    body,
    ...(ifNoneExist && { headers: { 'if-none-exist': ifNoneExist } }),
  });

const condition = ({ identifier }: Observation) =>
  `identifier=${identifier?.[0]?.system}|${identifier?.[0]?.value}`;

test('If-None-Exist twice: 201, then 200 with the same id', async ({ asker }) => {
  const one = observation();
  const first = await create(asker, one, condition(one));
  const again = await create(asker, one, condition(one));
  expect([first.status, again.status]).toEqual([201, 200]);
  expect(await idOf(again)).toBe(await idOf(first));
});

test('If-None-Exist, six at once: one resource', async ({ asker }) => {
  const one = observation();
  const answers = await Promise.all(
    Array.from({ length: 6 }, () => create(asker, one, condition(one))),
  );
  const statuses = answers.map(({ status }) => status).toSorted();
  test.info().annotations.push({ type: 'answers', description: statuses.join(' ') });
  expect(await asker.project.server.search(`Observation?${condition(one)}`)).toHaveLength(1);
});

test('without it, twice is twice', async ({ asker }) => {
  const one = observation();
  for (const status of [201, 201]) expect((await create(asker, one)).status).toBe(status);
  expect(await asker.project.server.search(`Observation?${condition(one)}`)).toHaveLength(2);
});

test('If-Match: 200 for what is current, 412 for what is not', async ({ asker }) => {
  const created = await create(asker, observation());
  const etag = created.headers.get('etag') ?? '';
  const body = (await created.json()) as Observation;
  const retract = () =>
    asker.ask(ALL, `Observation/${body.id}`, {
      method: 'PUT',
      headers: { 'if-match': etag },
      body: { ...body, status: 'entered-in-error' },
    });
  expect([(await retract()).status, (await retract()).status]).toEqual([200, 412]);
});

test('scopes: what was not asked for is refused with 403', async ({ asker }) => {
  const stored = await idOf(await create(asker, observation()));
  const asked = async (scope: string, path: string, init?: Init) =>
    (await asker.ask(scope, path, init)).status;
  const write = { method: 'POST', body: observation() };
  expect(await asked('patient/Observation.rs', `Observation/${stored}`)).toBe(200);
  expect(await asked('patient/Observation.rs', 'Observation', write)).toBe(403);
  expect(await asked('patient/Observation.rs', 'Condition')).toBe(403);
  expect(await asked('patient/Observation.crus', 'Observation', write)).toBe(201);
  // With a profile it wants to read that, by the same token.
  const profile =
    'https://clinician-feedback.example.org/fhir/StructureDefinition/recommendation-response';
  const ours = { ...write, body: { ...observation(), meta: { profile: [profile] } } };
  expect(await asked('patient/Observation.crus', 'Observation', ours)).toBe(403);
  const both = 'patient/Observation.crus user/StructureDefinition.rs';
  expect(await asked(both, 'Observation', ours)).toBe(201);
  expect((await fetch(`${asker.project.fhirUrl}/Observation`)).status).toBe(401);
});

test('429 by quota: no Retry-After, and what it counts by is hidden from browsers', async ({
  asker,
}) => {
  await asker.project.setQuota(1);
  const refused = await asker.ask(ALL, 'Observation', {
    method: 'POST',
    body: observation(),
    headers: { origin: 'http://localhost:9999' },
  });
  await asker.project.setQuota(1_000_000);
  expect(refused.status).toBe(429);
  expect(refused.headers.get('retry-after')).toBeNull();
  expect(refused.headers.get('ratelimit')).toContain('fhirInteractions');
  expect(refused.headers.get('access-control-expose-headers')).not.toMatch(/ratelimit/i);
});
