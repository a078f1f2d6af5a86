import { QueryClient } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import type { KindConfig } from '#src/domain/site-config.ts';
import type { Deps } from '#src/state/deps.ts';
import { answersQuery, chartQuery, recommendationsQuery } from '#src/state/review.queries.ts';
import { type DepsChange, kind, makeDeps } from './deps.ts';
import { risk } from './sources.ts';

const bundle = (resources: readonly object[] = []) =>
  Response.json(
    {
      resourceType: 'Bundle',
      type: 'searchset',
      entry: resources.map((resource) => ({ resource })),
    },
    { headers: { 'content-type': 'application/fhir+json' } },
  );
const status = (code: number) => new Response(null, { status: code });
const newClient = () => new QueryClient({ defaultOptions: { queries: { retry: false } } });

/** Fetches, then fetches again after the server changed its mind. */
async function refreshed(then: () => Response | Promise<Response>) {
  let respond: () => Response | Promise<Response> = () => bundle([risk('r1')]);
  const { deps } = makeDeps({ respond: () => respond() });
  const client = newClient();
  const options = recommendationsQuery(deps, 'p1');
  await client.fetchQuery(options);
  respond = then;
  return await client.fetchQuery({ ...options, staleTime: 0 });
}

describe('a refresh that does not get through', () => {
  it.each([
    ['offline', () => Promise.reject(new TypeError('Failed to fetch'))],
    ['auth', () => status(401)],
    ['busy', () => status(503)],
    ['server', () => status(500)],
  ] as const)('%s: what was there stays, with the failure beside it', async (failing, then) => {
    const parts = await refreshed(then);
    expect(parts.map((one) => [one.matches.map(({ id }) => id), one.failure?.kind])).toEqual([
      [['r1'], failing],
    ]);
  });

  it('forbidden: what we may no longer read goes', async () => {
    const parts = await refreshed(() => status(403));
    expect(parts.map((one) => [one.matches, one.failure?.kind])).toEqual([[[], 'forbidden']]);
  });

  it('an empty answer is an answer', async () => {
    const parts = await refreshed(() => bundle());
    expect(parts).toMatchObject([{ matches: [] }]);
    expect(parts[0]?.failure).toBeUndefined();
  });

  it('one search that fails takes no other with it', async () => {
    const { deps } = makeDeps({
      issuer: { carriers: ['RiskAssessment', 'DetectedIssue'] },
      respond: (request) =>
        request.url.includes('DetectedIssue') ? status(403) : bundle([risk('r1')]),
    });
    const parts = await newClient().fetchQuery(recommendationsQuery(deps, 'p1'));
    expect(parts.map((one) => [one.type, one.matches.length, one.failure?.kind])).toEqual([
      ['RiskAssessment', 1, undefined],
      ['DetectedIssue', 0, 'forbidden'],
    ]);
  });
});

describe('what is asked for', () => {
  it('keys begin with server and patient, so that nobody else’s data can answer', () => {
    const { deps } = makeDeps();
    for (const options of [recommendationsQuery, answersQuery, chartQuery])
      expect(options(deps, 'p1').queryKey.slice(0, 2)).toEqual([deps.session.issuer, 'p1']);
  });

  it('a server that refuses sorting is asked again plainly, and always by patient', async () => {
    const { deps, requests } = makeDeps({
      respond: (request) => (request.url.includes('_sort') ? status(400) : bundle()),
    });
    await newClient().fetchQuery(answersQuery(deps, 'p1'));
    expect(requests.length).toBeGreaterThan(0);
    for (const { url } of requests) expect(new URL(url).searchParams.get('patient')).toBeTruthy();
  });

  it('one rule that watches everything of a type is not narrowed by another that names codes', async () => {
    const watching = (codes: KindConfig['watch'][number]['codes']): KindConfig => ({
      ...kind,
      watch: [{ label: 'Newer', resource: 'Observation', codes }],
    });
    const asked = async (kinds: DepsChange['kinds']) => {
      const { deps, requests } = makeDeps({ kinds: kinds ?? [], respond: () => bundle() });
      await newClient().fetchQuery(chartQuery(deps as Deps, 'p1'));
      return requests.map(({ url }) => new URL(url).searchParams.get('code'));
    };
    const named = watching([{ system: 'urn:labs', code: '1' }]);
    expect(await asked([named])).toEqual(['urn:labs|1']);
    expect(await asked([named, watching([])])).toEqual([null]);
  });
});
