import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Fault } from '#mocks/faults.ts';
import {
  CLIENT,
  exchange,
  expectOutcome,
  fhir,
  observation,
  signedIn,
  tokensFor,
} from './client.ts';
import { HOSTS, type Running } from './harness.ts';

describe.each(HOSTS)('faults, hosted as $name', ({ start }) => {
  let running: Running;
  let ehr: Awaited<ReturnType<typeof signedIn>>;
  beforeEach(async () => {
    running = await start();
    ehr = await signedIn(running);
  });
  afterEach(() => running.stop());

  const answer = () => ehr.post('Observation', observation('a'));
  const stored = async () => (await ehr.bundle('Observation?identifier=urn:uuid:a')).total;
  const once = (effect: Fault['effect']) =>
    running.sandbox.faults.add({ effect, method: 'POST', path: '/fhir/Observation', count: 1 });

  it('offline: the connection fails and nothing is stored', async () => {
    once({ kind: 'offline' });
    await expect(answer()).rejects.toThrow(TypeError);
    expect(await stored()).toBe(0);
    expect((await answer()).status).toBe(201);
  });

  it.each([401, 403, 409, 412, 422, 429, 500, 503])('status %i', async (status) => {
    once({ kind: 'status', status, retryAfter: 7 });
    const response = await answer();
    expect(response.headers.get('retry-after')).toBe('7');
    await expectOutcome(response, status);
    expect(await stored()).toBe(0);
  });

  it('429 without Retry-After', async () => {
    once({ kind: 'status', status: 429 });
    expect((await answer()).headers.has('retry-after')).toBe(false);
  });

  it('HTML in place of FHIR', async () => {
    once({ kind: 'html-instead-of-fhir' });
    const response = await answer();
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'text/html;charset=utf-8',
    ]);
    expect(await stored()).toBe(0);
  });

  it('an empty 201', async () => {
    once({ kind: 'empty-201' });
    const response = await answer();
    expect([response.status, await response.text()]).toEqual([201, '']);
    expect(response.headers.has('location')).toBe(false);
    expect(await stored()).toBe(1);
  });

  it('commit, then drop: stored without an answer', async () => {
    once({ kind: 'commit-then-drop' });
    await expect(answer()).rejects.toThrow(TypeError);
    expect(await stored()).toBe(1);
  });

  it('commit late: no answer, nothing yet, and then it is there', async () => {
    once({ kind: 'commit-late', ms: 5000 });
    await expect(answer()).rejects.toThrow(TypeError);
    running.clock.advance(4999);
    expect(await stored()).toBe(0);
    running.clock.advance(1);
    await vi.waitFor(async () => expect(await stored()).toBe(1));
  });

  it('delay: held until the clock says so', async () => {
    once({ kind: 'delay', ms: 3000 });
    const pending = answer();
    await vi.waitFor(() => expect(running.clock.pending).toBe(1));
    expect(await stored()).toBe(0);
    running.clock.advance(3000);
    expect((await pending).status).toBe(201);
  });

  it('the token expires under the request; a refresh helps', async () => {
    const tokens = await tokensFor(running);
    running.sandbox.faults.add({ effect: { kind: 'token-expires' }, count: 1 });
    await expectOutcome(await fhir(running, tokens.access_token).get('Patient/p1'), 401);
    const response = await exchange(running, {
      grant_type: 'refresh_token',
      refresh_token: tokens.refresh_token ?? '',
      client_id: CLIENT,
    });
    const { access_token } = await response.json();
    expect((await fhir(running, access_token).get('Patient/p1')).status).toBe(200);
  });

  it('meets only what its pattern says', async () => {
    running.sandbox.faults.add({
      effect: { kind: 'status', status: 503 },
      path: '/fhir/Patient/*',
    });
    expect((await ehr.get('Patient/p1')).status).toBe(503);
    expect((await ehr.get('Patient')).status).toBe(200);
    expect((await ehr.get('PatientX/p1')).status).toBe(404);
    running.sandbox.faults.clear();
    expect((await ehr.get('Patient/p1')).status).toBe(200);
  });

  it('is set and cleared at run time', async () => {
    const request = (method: string, body?: unknown) =>
      running.send('/ehr/faults', {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    const fault = {
      effect: { kind: 'status', status: 429, retryAfter: 2 },
      path: '/fhir/Patient*',
      count: 2,
    };
    expect(await (await request('POST', fault)).json()).toEqual({ faults: [fault] });
    expect((await ehr.get('Patient/p1')).status).toBe(429);
    await request('DELETE');
    expect((await ehr.get('Patient/p1')).status).toBe(200);
    for (const bad of [
      {},
      { effect: { kind: 'fire' } },
      { effect: { kind: 'status', status: 99 } },
      { effect: { kind: 'delay' } },
    ]) {
      expect((await request('POST', bad)).status).toBe(400);
    }
  });
});
