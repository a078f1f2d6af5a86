import { describe, expect, it, vi } from 'vitest';
import { recordStoreOf } from '#src/app/record-store.ts';
import type { Exposure } from '#src/domain/feedback.ts';
import type { SendingSession } from '#src/domain/outbox/may-leave.ts';
import { type ExposureOptions, ExposureRecorder } from '#src/io/exposures/exposure-recorder.ts';
import { OutboxError } from '#src/io/outbox/outbox-store.ts';
import { memoryShelf } from '#src/io/outbox/shelf.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { type Delivery, startDelivery } from './delivery.ts';

const exposure = (issuer: string, change: Partial<Exposure> = {}): Omit<Exposure, 'id'> => ({
  issuer,
  patient: 'Patient/p1',
  recommendation: { ref: { server: issuer, type: 'RiskAssessment', id: 'risk-p1' }, version: '1' },
  performer: { reference: 'Practitioner/ada' },
  displayedAt: '2026-03-02T08:59:00+01:00',
  appVersion: '0.1.0',
  ...change,
});

function open(delivery: Delivery, change: Partial<ExposureOptions> = {}) {
  const { gateway } = delivery;
  const clock = new ManualClock();
  const shelf = change.shelf ?? memoryShelf<Exposure>();
  const countRefused = vi.fn(() => Promise.resolve());
  const recorder = new ExposureRecorder({
    gateway,
    conditionalCreate: true,
    launchId: 'launch-1',
    shelf,
    clock,
    random: () => 0.5,
    session: () => session(gateway.baseUrl),
    isBusy: () => false,
    countRefused,
    ...change,
  });
  const record = (more: Partial<Exposure> = {}) => recorder.record(exposure(gateway.baseUrl, more));
  return { recorder, record, clock, shelf, countRefused };
}

const session = (issuer: string, change: Partial<SendingSession> = {}): SendingSession => ({
  issuer,
  user: 'Practitioner/ada',
  patientId: 'p1',
  anyPatient: false,
  ...change,
});

const version = (delivery: Delivery, name: string): Partial<Exposure> => ({
  recommendation: { ...exposure(delivery.gateway.baseUrl).recommendation, version: name },
});

const fail = ({ running }: Delivery, status: number, count = 1) =>
  running.sandbox.faults.add({ effect: { kind: 'status', status }, count });

describe('an exposure', () => {
  it('is written once for a version, a clinician and a launch', async () => {
    const delivery = await startDelivery();
    const { record } = open(delivery);
    record();
    record();
    // Another tab of the same launch knows nothing of the first.
    open(delivery).record();
    await expect.poll(() => delivery.requests().length).toBe(2);
    expect(delivery.onServer()).toHaveLength(1);
    expect(delivery.onServer()[0]?.code.coding?.[0]?.code).toBe('recommendation-displayed');
  });

  it('is another one for another version', async () => {
    const delivery = await startDelivery();
    const { record } = open(delivery);
    record();
    record(version(delivery, '2'));
    await expect.poll(() => delivery.onServer().length).toBe(2);
  });

  it('is another one for another clinician', async () => {
    const delivery = await startDelivery();
    open(delivery).record();
    const ben = session(delivery.gateway.baseUrl, { user: 'Practitioner/ben' });
    open(delivery, { session: () => ben }).record({ performer: { reference: 'Practitioner/ben' } });
    await expect.poll(() => delivery.onServer().length).toBe(2);
  });

  it('never goes to a server that is no hospital store, and no report of a device does', async () => {
    const { gateway, context } = await startDelivery({ issuer: { hospitalStore: false } });
    expect(recordStoreOf(context.issuer, gateway, undefined)).toBeUndefined();
  });
});

describe('an exposure that the server does not take now', () => {
  it.each([
    { kind: 'offline' },
    { kind: 'status', status: 503 },
    { kind: 'commit-then-drop' },
  ] as const)('is tried again by itself after %o, and counts once', async (effect) => {
    const delivery = await startDelivery();
    delivery.running.sandbox.faults.add({ effect, count: 1 });
    const { record, clock, shelf } = open(delivery);
    record();
    await expect.poll(() => clock.pending).toBe(1);
    expect(await shelf.all()).toHaveLength(1);
    clock.advance(60_000);
    await expect.poll(() => shelf.all()).toEqual([]);
    expect(delivery.onServer()).toHaveLength(1);
  });

  it('is sent by the next page of the same user, in another launch: exactly one', async () => {
    const delivery = await startDelivery();
    const shelf = memoryShelf<Exposure>();
    delivery.running.sandbox.faults.add({ effect: { kind: 'commit-then-drop' }, count: 1 });
    const first = open(delivery, { shelf });
    first.record();
    await expect.poll(() => first.clock.pending).toBe(1);
    first.recorder.stop();
    const next = open(delivery, { shelf, launchId: 'launch-2' });
    await next.recorder.start();
    await expect.poll(() => shelf.all()).toEqual([]);
    expect(delivery.onServer()).toHaveLength(1);
  });

  it('is looked for before it is sent again, where repeats are not recognised', async () => {
    const delivery = await startDelivery();
    const shelf = memoryShelf<Exposure>();
    const given = { shelf, conditionalCreate: false };
    delivery.running.sandbox.faults.add({ effect: { kind: 'commit-then-drop' }, count: 1 });
    const first = open(delivery, given);
    first.record();
    await expect.poll(() => first.clock.pending).toBe(1);
    first.recorder.stop();
    await open(delivery, given).recorder.start();
    await expect.poll(() => shelf.all()).toEqual([]);
    expect(delivery.requests()).toEqual(['POST Observation', 'POST Observation/_search']);
    expect(delivery.onServer()).toHaveLength(1);
  });

  it.each([
    { user: 'Practitioner/ben' },
    { patientId: 'p2' },
    { issuer: 'https://other.test/fhir' },
  ])('waits while the session is %o, and nothing leaves', async (change) => {
    const delivery = await startDelivery();
    const shelf = memoryShelf<Exposure>();
    const other = session(delivery.gateway.baseUrl, change);
    const { record, recorder } = open(delivery, { shelf, session: () => other });
    record();
    await recorder.start();
    expect(delivery.requests()).toEqual([]);
    expect(await shelf.all()).toHaveLength(1);
    await open(delivery, { shelf }).recorder.start();
    await expect.poll(() => shelf.all()).toEqual([]);
  });

  it('for want of a sign-in waits for one', async () => {
    const delivery = await startDelivery();
    fail(delivery, 401);
    const { record, clock, shelf, countRefused } = open(delivery);
    record();
    await expect.poll(() => delivery.requests().length).toBe(1);
    await new Promise((resolve) => setTimeout(resolve));
    expect(clock.pending).toBe(0);
    expect(await shelf.all()).toHaveLength(1);
    expect(countRefused).not.toHaveBeenCalled();
  });

  it('steps aside while an answer is being sent', async () => {
    const delivery = await startDelivery();
    let busy = true;
    const { record, clock } = open(delivery, { isBusy: () => busy });
    record();
    await expect.poll(() => clock.pending).toBe(1);
    expect(delivery.requests()).toEqual([]);
    busy = false;
    clock.advance(5_000);
    await expect.poll(() => delivery.onServer().length).toBe(1);
  });
});

describe('an exposure that no server takes', () => {
  it.each([400, 403, 404, 422])(
    '%i: is dropped and counted, and holds up no other',
    async (status) => {
      const delivery = await startDelivery();
      fail(delivery, status);
      const { record, shelf, countRefused } = open(delivery);
      record();
      record(version(delivery, '2'));
      await expect.poll(() => delivery.onServer().length).toBe(1);
      await expect.poll(() => shelf.all()).toEqual([]);
      expect(countRefused).toHaveBeenCalledOnce();
      expect(delivery.requests()).toHaveLength(2);
    },
  );
});

it('a device that refuses to keep it is no reason not to send it', async () => {
  const delivery = await startDelivery();
  const no = () => Promise.reject(new OutboxError('This device did not keep it.'));
  const { record } = open(delivery, { shelf: { all: no, put: no, remove: no, expire: no } });
  record();
  await expect.poll(() => delivery.onServer().length).toBe(1);
});
