import { describe, expect, it } from 'vitest';
import { startDelivery } from './delivery.ts';

describe('an answer that the server keeps', () => {
  it('is stored: read back, all there, with who verified it', async () => {
    const { send, onServer, running } = await startDelivery();
    const delivery = await send({ response: 'accepted', reasons: [] });
    const [stored, ...others] = onServer();
    expect(others).toEqual([]);
    expect(delivery).toEqual({
      state: 'stored',
      at: '2026-03-02T08:00:00.000Z',
      reference: `Observation/${stored?.id}`,
    });
    expect(running.sandbox.list('Provenance').map((one) => one.target[0]?.reference)).toEqual([
      `Observation/${stored?.id}`,
    ]);
  });

  it('writes what was measured, and Provenance, to a hospital store only', async () => {
    const { send, onServer, running } = await startDelivery({ issuer: { hospitalStore: false } });
    expect(await send()).toMatchObject({ state: 'stored' });
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
      state: 'degraded',
      reference: `Observation/${onServer()[0]?.id}`,
    });
    const lost = delivery.state === 'degraded' ? delivery.lost.join('\n') : '';
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
      state: 'degraded',
      lost: [expect.stringMatching(/^Provenance \(who verified\): .*does not allow/)],
    });
  });
});

describe('an answer that the server refuses', () => {
  it.each([
    { vendor: 'epic' as const, words: /does not allow.*vital signs only/ },
    { vendor: 'oracle' as const, words: /did not accept.*vital-signs and laboratory/ },
  ])('is rejected, with the words of $vendor', async ({ vendor, words }) => {
    const { send, onServer } = await startDelivery({
      vendor,
      issuer: { conditionalCreate: false, hospitalStore: false },
    });
    expect(await send()).toEqual({
      state: 'rejected',
      reason: expect.stringMatching(words),
      durable: false,
    });
    expect(onServer()).toEqual([]);
  });

  it('is rejected before it is sent where it could not be written truthfully', async () => {
    const { send, requests } = await startDelivery();
    const delivery = await send({ answeredAt: '2026-03-02' });
    expect(delivery).toMatchObject({ state: 'rejected' });
    expect(requests()).toEqual([]);
  });
});

describe('an answer of which nothing is known yet', () => {
  it('stored, but the reply was lost: unknown, and a retry leaves exactly one', async () => {
    const { send, onServer, running } = await startDelivery();
    running.sandbox.faults.add({ effect: { kind: 'commit-then-drop' }, method: 'POST', count: 1 });
    expect(await send()).toMatchObject({ state: 'unknown', durable: false });
    expect(onServer()).toHaveLength(1);
    expect(await send()).toMatchObject({ state: 'stored' });
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
    expect(await send()).toMatchObject({ state: 'unknown' });
    expect(await send()).toMatchObject({ state: 'stored' });
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
    expect(await send()).toMatchObject({ state: 'unknown' });
    expect(await send()).toMatchObject({ state: 'stored' });
    running.clock.advance(5000);
    await expect.poll(() => running.sandbox.requests().at(-1)).toMatchObject({ method: 'POST' });
    expect(onServer()).toHaveLength(1);
  });

  it('twenty sends of one answer at once leave exactly one', async () => {
    const { send, onServer } = await startDelivery();
    const all = await Promise.all(Array.from({ length: 20 }, () => send()));
    expect(new Set(all.map(({ state }) => state))).toEqual(new Set(['stored']));
    expect(onServer()).toHaveLength(1);
  });

  it('an empty 201 is followed to what was really stored', async () => {
    const { send, running } = await startDelivery();
    running.sandbox.faults.add({ effect: { kind: 'empty-201' }, method: 'POST', count: 1 });
    expect(await send()).toMatchObject({ state: 'stored' });
  });

  it.each([
    { effect: { kind: 'offline' } as const },
    { effect: { kind: 'html-instead-of-fhir' } as const },
    { effect: { kind: 'status', status: 500 } as const },
    { effect: { kind: 'status', status: 429, retryAfter: 5 } as const },
  ])('$effect.kind $effect.status: unknown, never lost or called sent', async ({ effect }) => {
    const { send, onServer, running } = await startDelivery();
    running.sandbox.faults.add({ effect });
    expect(await send()).toMatchObject({ state: 'unknown' });
    expect(onServer()).toEqual([]);
    running.sandbox.faults.clear();
    expect(await send()).toMatchObject({ state: 'stored' });
  });

  it('stored, but not readable: unknown, for it was not refused', async () => {
    const { send, onServer, running } = await startDelivery();
    running.sandbox.faults.add({
      effect: { kind: 'status', status: 403 },
      method: 'GET',
      path: '/fhir/Observation/*',
    });
    expect(await send()).toEqual({
      state: 'unknown',
      reason: expect.stringMatching(
        /says that it stored the answer, but it could not be read back/,
      ),
      durable: false,
    });
    expect(onServer()).toHaveLength(1);
  });

  it('a server that says 201 and stores nothing is not believed', async () => {
    const { send, running } = await startDelivery();
    running.sandbox.faults.add({
      effect: { kind: 'status', status: 404 },
      method: 'GET',
      path: '/fhir/Observation/*',
    });
    expect(await send()).toMatchObject({ state: 'unknown' });
  });
});

describe('an answer that this session may not send', () => {
  it('waits for a sign-in when the token has ended', async () => {
    const { send, onServer, running } = await startDelivery();
    running.sandbox.faults.add({ effect: { kind: 'token-expires' }, count: 1 });
    expect(await send()).toEqual({ state: 'waiting-sign-in', durable: false });
    expect(onServer()).toEqual([]);
  });

  it.each([
    { name: 'the token speaks of another patient', session: { patientId: 'p2' } },
    { name: 'the token speaks of no patient', session: { patientId: undefined } },
  ])('waits for its patient, and nothing is requested: $name', async ({ session }) => {
    const { send, requests } = await startDelivery({
      session: { ...session, performer: 'Practitioner/ada' },
    });
    expect(await send()).toEqual({ state: 'waiting-patient', durable: false });
    expect(requests()).toEqual([]);
  });

  it('waits for its server, and nothing is requested', async () => {
    const { send, requests } = await startDelivery();
    expect(await send({ issuer: 'https://other.example.org/fhir' })).toMatchObject({
      state: 'waiting-patient',
    });
    expect(requests()).toEqual([]);
  });

  it('is never sent under the name of another clinician', async () => {
    const { send, requests } = await startDelivery({
      session: { patientId: 'p1', performer: 'Practitioner/ben' },
    });
    expect(await send()).toEqual({ state: 'waiting-sign-in', durable: false });
    expect(requests()).toEqual([]);
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
