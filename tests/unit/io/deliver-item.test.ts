import type { Observation } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { ID, startDelivery } from './delivery.ts';

const WITHDRAWAL = 'urn:uuid:1b6f3a52-6f0a-4c3c-9f0e-1c2d3e4f5a6b';

describe('an answer that the server keeps', () => {
  it('is stored: read back, all there, with who verified it', async () => {
    const { send, onServer, running } = await startDelivery();
    const delivery = await send({ response: 'accepted', reasons: [] });
    const [stored, ...others] = onServer();
    expect(others).toEqual([]);
    expect(delivery).toEqual({
      kind: 'stored',
      reference: `Observation/${stored?.id}`,
      lost: [],
      sent: true,
    });
    expect(running.sandbox.list('Provenance').map((one) => one.target[0]?.reference)).toEqual([
      `Observation/${stored?.id}`,
    ]);
  });

  it('writes what was measured, and Provenance, to a hospital store only', async () => {
    const { send, onServer, running } = await startDelivery({ issuer: { hospitalStore: false } });
    expect(await send()).toMatchObject({ kind: 'stored', lost: [] });
    const codes = onServer()[0]?.component?.map((one) => one.code.coding?.[0]?.code);
    expect(codes).toEqual(['recommendation-version', 'override-reason']);
    expect(running.sandbox.list('Provenance')).toEqual([]);
  });

  it('labels it for patient portals where the site says so', async () => {
    const hidden = await startDelivery({ issuer: { hideFromPatient: true } });
    await hidden.send();
    const open = await startDelivery();
    await open.send();
    const labels = ({ onServer }: typeof open) =>
      onServer()[0]?.meta?.security?.map(({ code }) => code);
    expect(labels(hidden)).toContain('NOPAT');
    expect(labels(open)).not.toContain('NOPAT');
  });
});

describe('an answer that the server keeps in part', () => {
  it('is degraded, and the list names focus and each component that was lost', async () => {
    const { send, onServer } = await startDelivery({ vendor: 'lossy' });
    const delivery = await send();
    expect(delivery).toMatchObject({
      kind: 'stored',
      reference: `Observation/${onServer()[0]?.id}`,
    });
    const lost = delivery.kind === 'stored' ? delivery.lost.join('\n') : '';
    expect(lost).toMatch(/recommendation answered: not stored \(Observation\.focus\)/);
    for (const code of ['recommendation-version', 'override-reason', 'app-version'])
      expect(lost).toContain(`Observation.component(${code})`);
    expect(lost).not.toContain('Antibiotics');
  });

  it('is degraded where only the Provenance was refused', async () => {
    const { send, running } = await startDelivery();
    running.sandbox.faults.add({
      effect: { kind: 'status', status: 403 },
      path: '/fhir/Provenance*',
    });
    const delivery = await send();
    expect(delivery).toMatchObject({
      kind: 'stored',
      lost: [expect.stringMatching(/^Provenance \(who verified\): not stored \(http-403\)/)],
    });
  });
});

describe('an answer that the server refuses', () => {
  it.each([
    // Epic says nothing at all where an API is not on the app.
    { vendor: 'epic' as const, status: 403, said: {} },
    {
      vendor: 'oracle' as const,
      status: 422,
      said: { said: expect.stringMatching(/vital-signs and laboratory/) },
    },
  ])('is rejected, with the words of $vendor', async ({ vendor, status, said }) => {
    const { send, onServer } = await startDelivery({
      vendor,
      issuer: { conditionalCreate: false, hospitalStore: false },
    });
    expect(await send()).toEqual({
      kind: 'http',
      status,
      ...said,
      sent: true,
    });
    expect(onServer()).toEqual([]);
  });

  it('is rejected before it is sent where it could not be written truthfully', async () => {
    const { send, requests } = await startDelivery();
    const delivery = await send({ answeredAt: '2026-03-02' });
    expect(delivery).toMatchObject({ kind: 'unwritable', sent: false });
    expect(requests()).toEqual([]);
  });
});

describe('an answer of which nothing is known yet', () => {
  it('stored, but the reply was lost: unknown, and a retry leaves exactly one', async () => {
    const { send, onServer, running } = await startDelivery();
    running.sandbox.faults.add({ effect: { kind: 'commit-then-drop' }, method: 'POST', count: 1 });
    expect(await send()).toMatchObject({ kind: 'network', sent: true });
    expect(onServer()).toHaveLength(1);
    expect(await send()).toMatchObject({ kind: 'stored', lost: [] });
    expect(onServer()).toHaveLength(1);
  });

  it('the same without conditional create: it is searched for before it is sent again', async () => {
    const { send, onServer, requests, running } = await startDelivery({
      issuer: { conditionalCreate: false, hospitalStore: false },
    });
    running.sandbox.faults.add({
      effect: { kind: 'commit-then-drop' },
      method: 'POST',
      path: '/fhir/Observation',
      count: 1,
    });
    expect(await send()).toMatchObject({ kind: 'network', sent: true });
    expect(await send()).toMatchObject({ kind: 'stored', lost: [] });
    expect(onServer()).toHaveLength(1);
    expect(requests()[0]).toBe('POST Observation/_search');
    expect(requests().filter((one) => one === 'POST Observation')).toHaveLength(1);
  });

  it('a first try that arrives after the second one leaves exactly one', async () => {
    const { send, onServer, running } = await startDelivery();
    running.sandbox.faults.add({
      effect: { kind: 'commit-late', ms: 5000 },
      method: 'POST',
      count: 1,
    });
    expect(await send()).toMatchObject({ kind: 'network', sent: true });
    expect(await send()).toMatchObject({ kind: 'stored', lost: [] });
    running.clock.advance(5000);
    await expect.poll(() => running.sandbox.requests().at(-1)).toMatchObject({ method: 'POST' });
    expect(onServer()).toHaveLength(1);
  });

  it('twenty sends of one answer at once leave exactly one', async () => {
    const { send, onServer } = await startDelivery();
    const all = await Promise.all(Array.from({ length: 20 }, () => send()));
    expect(new Set(all.map(({ kind }) => kind))).toEqual(new Set(['stored']));
    expect(onServer()).toHaveLength(1);
  });

  it('an empty 201 is followed to what was really stored', async () => {
    const { send, running } = await startDelivery();
    running.sandbox.faults.add({ effect: { kind: 'empty-201' }, method: 'POST', count: 1 });
    expect(await send()).toMatchObject({ kind: 'stored', lost: [] });
  });

  it.each([
    { effect: { kind: 'offline' } as const, result: { kind: 'network' } },
    { effect: { kind: 'html-instead-of-fhir' } as const, result: { kind: 'not-fhir' } },
    { effect: { kind: 'status', status: 500 } as const, result: { status: 500 } },
    {
      effect: { kind: 'status', status: 429, retryAfter: 5 } as const,
      result: { status: 429, retryAfterMs: 5_000 },
    },
  ])('$effect.kind $effect.status: told as it is', async ({ effect, result }) => {
    const { send, onServer, running } = await startDelivery();
    running.sandbox.faults.add({ effect });
    expect(await send()).toMatchObject({ ...result, sent: true });
    expect(onServer()).toEqual([]);
    running.sandbox.faults.clear();
    expect(await send()).toMatchObject({ kind: 'stored', lost: [] });
  });

  it('stored, but not readable: unknown, for it was not refused', async () => {
    const { send, onServer, running } = await startDelivery();
    running.sandbox.faults.add({
      effect: { kind: 'status', status: 403 },
      method: 'GET',
      path: '/fhir/Observation/*',
    });
    expect(await send()).toEqual({ kind: 'unreadable', sent: true, acknowledged: true });
    expect(onServer()).toHaveLength(1);
  });

  it('a server that says 201 and stores nothing is not believed', async () => {
    const { send, running } = await startDelivery();
    running.sandbox.faults.add({
      effect: { kind: 'status', status: 404 },
      method: 'GET',
      path: '/fhir/Observation/*',
    });
    expect(await send()).toMatchObject({ kind: 'unreadable' });
  });
});

describe('an answer that this session may not send', () => {
  it('is told to sign in when the token has ended', async () => {
    const { send, onServer, running } = await startDelivery();
    running.sandbox.faults.add({ effect: { kind: 'token-expires' }, count: 1 });
    expect(await send()).toMatchObject({ kind: 'http', status: 401 });
    expect(onServer()).toEqual([]);
  });

  it('of another server is not sent to this one', async () => {
    const { send, requests } = await startDelivery();
    const owner = { issuer: 'https://other.example.org/fhir', user: 'Practitioner/ada' };
    expect(await send({}, false, { owner })).toEqual({ kind: 'foreign-origin', sent: false });
    expect(requests()).toEqual([]);
  });
});

describe('without conditional create', () => {
  const issuer = { conditionalCreate: false, hospitalStore: false };

  it('in doubt nothing is repeated before two minutes are over', async () => {
    const { send, requests, running, onServer } = await startDelivery({ issuer });
    const doubt = { doubts: 1, lastSentAt: running.clock.now() - 1_000 };
    expect(await send({}, false, doubt)).toEqual({
      kind: 'settling',
      waitMs: 119_000,
      sent: false,
    });
    expect(requests()).toEqual(['POST Observation/_search']);
    running.clock.advance(119_000);
    expect(await send({}, false, doubt)).toMatchObject({ kind: 'stored' });
    expect(onServer()).toHaveLength(1);
  });

  it('what the server acknowledged and does not show is not sent again', async () => {
    const { send, onServer } = await startDelivery({ issuer });
    expect(await send({}, false, { acknowledged: true })).toEqual({
      kind: 'empty-201',
      sent: false,
    });
    expect(onServer()).toEqual([]);
  });

  it('keeps the older of two copies and marks the other', async () => {
    const { send, onServer, running } = await startDelivery({ issuer });
    await send();
    const [first] = onServer();
    running.clock.advance(1_000);
    running.sandbox.put({ ...(first as Observation & { id: string }), id: 'copy' });
    expect(await send()).toMatchObject({ reference: `Observation/${first?.id}` });
    expect(running.sandbox.read('Observation', 'copy')).toMatchObject({
      status: 'entered-in-error',
    });
  });
});

it('stored on somebody else is told apart from everything else', async () => {
  const scope = 'launch openid fhirUser user/Observation.crus user/Provenance.crs';
  const { send, onServer, running } = await startDelivery({ scope });
  await send();
  const [first] = onServer();
  running.sandbox.put({
    ...(first as Observation & { id: string }),
    subject: { reference: 'Patient/p2' },
  });
  expect(await send()).toMatchObject({ kind: 'wrong-patient', sent: true });
});

describe('taking back', () => {
  const back = { response: 'withdrawn' as const, reasons: [], id: WITHDRAWAL };
  const target = { replaces: { id: ID } };
  const retraction = { kind: 'retraction' as const };

  it('marks what is there, by its identifier, every copy', async () => {
    const { send, onServer } = await startDelivery();
    await send();
    expect(await send({ ...back, ...target }, false, retraction)).toMatchObject({ kind: 'stored' });
    expect(onServer().map(({ status }) => status)).toEqual(['entered-in-error']);
  });

  it('files a withdrawal where the server takes no update', async () => {
    const { send, onServer, running } = await startDelivery();
    await send();
    running.sandbox.faults.add({ effect: { kind: 'status', status: 405 }, method: 'PUT' });
    expect(await send({ ...back, ...target }, false, retraction)).toMatchObject({ kind: 'stored' });
    const codes = onServer().map((one) => one.valueCodeableConcept?.coding?.[0]?.code);
    expect(codes).toEqual(['overridden', 'withdrawn']);
  });

  it('waits for what may be on its way, then files a withdrawal that names it', async () => {
    const { send, onServer, running } = await startDelivery();
    const inDoubt = { ...retraction, lastSentAt: running.clock.now() };
    const withdraw = () => send({ ...back, ...target }, false, inDoubt);
    expect(await withdraw()).toMatchObject({ kind: 'settling' });
    running.clock.advance(120_000);
    expect(await withdraw()).toMatchObject({ kind: 'stored' });
    expect(onServer()[0]?.extension?.[0]?.valueReference?.identifier?.value).toBe(ID);
  });
});

describe('when the page is being left', () => {
  it.each([true, false])(
    'the first request is the one that stores (conditional: %s)',
    async (conditionalCreate) => {
      const { send, requests, onServer } = await startDelivery({ issuer: { conditionalCreate } });
      await send({}, true);
      expect(requests()[0]).toBe('POST Observation');
      expect(onServer()).toHaveLength(1);
    },
  );
});
