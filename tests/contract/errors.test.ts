import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { expectOutcome, observation, signedIn } from './client.ts';
import { HOSTS, type Running } from './harness.ts';

describe.each(HOSTS)('every error is an OperationOutcome, hosted as $name', ({ start }) => {
  let running: Running;
  let ehr: Awaited<ReturnType<typeof signedIn>>;
  beforeEach(async () => {
    running = await start();
    ehr = await signedIn(running);
  });
  afterEach(() => running.stop());

  it.each([
    ['an unknown id', 'Patient/nobody', 404],
    ['an unknown type', 'Nonsense', 404],
    ['an unknown type and id', 'Nonsense/1', 404],
    ['an unknown version', 'Patient/p1/_history/9', 404],
    ['the history of nothing', 'Patient/nobody/_history', 404],
    ['an operation', 'Patient/p1/$everything', 404],
    ['a deep path', 'Patient/p1/a/b/c', 404],
    ['a bad date', 'Observation?date=soon', 400],
    ['a chained search', 'Observation?patient.name=x', 400],
    ['a composite search', 'Observation?code-value-quantity=x', 400],
    ['a sort by nothing', 'Observation?_sort=nothing', 400],
    ['a lost page', 'Observation?_cursor=lost', 410],
    ['an include of nothing', 'Observation?_include=*', 400],
  ])('%s', async (_name, path, status) => {
    await expectOutcome(await ehr.get(path), status);
  });

  it.each([
    ['no JSON', '{', 400],
    ['no resource', '{}', 400],
    ['null', 'null', 400],
    ['another type', JSON.stringify({ resourceType: 'Patient' }), 400],
    ['no status', JSON.stringify({ ...observation('a'), status: undefined }), 422],
    ['a status outside the required value set', { ...observation('a'), status: 'bogus' }, 422],
    ['an unknown element', { ...observation('a'), colour: 'red' }, 422],
    ['a wrong cardinality', { ...observation('a'), code: [] }, 422],
    ['an impossible date', { ...observation('a'), effectiveDateTime: '2026-13-45' }, 422],
    [
      'a broken invariant (obs-6)',
      { ...observation('a'), valueString: 'x', dataAbsentReason: { text: 'x' } },
      422,
    ],
  ])('a body with %s', async (_name, body, status) => {
    await expectOutcome(await ehr.post('Observation', body), status);
    expect(running.sandbox.list('Observation')).toHaveLength(2);
  });

  it('names the element that is wrong', async () => {
    const response = await ehr.post('Observation', { ...observation('a'), status: 'bogus' });
    const outcome = await expectOutcome(response, 422);
    expect(outcome.issue[0]?.expression).toEqual(['Observation.status']);
  });

  it('a media type that is not FHIR', async () => {
    const response = await ehr.post('Observation', '<xml/>', { 'content-type': 'application/xml' });
    await expectOutcome(response, 415);
  });

  it('an update whose id is another', async () => {
    await expectOutcome(await ehr.put('Patient/p1', { resourceType: 'Patient', id: 'p2' }), 400);
  });

  it('an update of nothing by If-Match', async () => {
    const body = { ...observation('a'), id: 'none' };
    await expectOutcome(await ehr.put('Observation/none', body, { 'if-match': 'W/"1"' }), 404);
  });

  it('no token', async () => {
    const response = await running.send('/fhir/Patient');
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
    await expectOutcome(response, 401);
  });
});
