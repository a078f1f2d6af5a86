import { describe, expect, it } from 'vitest';
import type { Exposure } from '#src/domain/feedback.ts';
import { ExposureRecorder } from '#src/io/exposure-recorder.ts';
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

function recorder({ gateway, context }: Delivery, launchId = 'launch-1') {
  const made = new ExposureRecorder(gateway, context.issuer, launchId);
  return (change: Partial<Exposure> = {}) => made.record(exposure(gateway.baseUrl, change));
}

describe('an exposure', () => {
  it('is written once for a version, a clinician and a launch', async () => {
    const delivery = await startDelivery();
    const record = recorder(delivery);
    record();
    record();
    // Another tab of the same launch knows nothing of the first.
    recorder(delivery)();
    await expect.poll(() => delivery.requests().length).toBe(2);
    expect(delivery.onServer()).toHaveLength(1);
    expect(delivery.onServer()[0]?.code.coding?.[0]?.code).toBe('recommendation-displayed');
  });

  it.each([{ recommendation: { version: '2' } }, { performer: { reference: 'Practitioner/ben' } }])(
    'is another one for %o',
    async (change) => {
      const delivery = await startDelivery();
      const record = recorder(delivery);
      record();
      const { recommendation } = exposure(delivery.gateway.baseUrl);
      record({ ...change, recommendation: { ...recommendation, ...change.recommendation } });
      await expect.poll(() => delivery.onServer().length).toBe(2);
    },
  );

  it('never goes to a server that is no hospital store', async () => {
    const delivery = await startDelivery({ issuer: { hospitalStore: false } });
    recorder(delivery)();
    expect(delivery.requests()).toEqual([]);
  });

  it('that could not be sent goes with the next one', async () => {
    const delivery = await startDelivery();
    delivery.running.sandbox.faults.add({ effect: { kind: 'offline' }, count: 1 });
    const record = recorder(delivery);
    record();
    await expect.poll(() => delivery.requests().length).toBe(1);
    await new Promise((resolve) => setTimeout(resolve));
    const { recommendation } = exposure(delivery.gateway.baseUrl);
    record({ recommendation: { ...recommendation, version: '2' } });
    await expect.poll(() => delivery.onServer().length).toBe(2);
  });

  it('that was refused is not tried again and again', async () => {
    const delivery = await startDelivery();
    delivery.running.sandbox.faults.add({ effect: { kind: 'status', status: 403 }, count: 1 });
    const record = recorder(delivery);
    record();
    await expect.poll(() => delivery.requests().length).toBe(1);
    await new Promise((resolve) => setTimeout(resolve));
    const { recommendation } = exposure(delivery.gateway.baseUrl);
    record({ recommendation: { ...recommendation, version: '2' } });
    await expect.poll(() => delivery.onServer().length).toBe(1);
    expect(delivery.requests()).toHaveLength(2);
  });
});
