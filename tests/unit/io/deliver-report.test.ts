import { describe, expect, it } from 'vitest';
import type { FaultEffect } from '#mocks/faults.ts';
import type { SafetyReport } from '#src/domain/governance/incidents/incident.ts';
import { captureReport, type QueuedReport } from '#src/domain/outbox/queued-answer.ts';
import { deliverReport } from '#src/io/sinks/report/deliver-report.ts';
import { aReport } from '#tests/support/safety-reports.ts';
import { startDelivery } from './delivery.ts';

const SCOPE =
  'launch openid fhirUser online_access patient/Patient.r patient/AdverseEvent.crs patient/DocumentReference.crs user/Task.crs user/Provenance.crs';
const uuid = (end: number) => `urn:uuid:0b6f3a52-6f0a-4c3c-9f0e-${String(end).padStart(12, '0')}`;
const TYPES = ['DocumentReference', 'AdverseEvent', 'Task'] as const;

async function start(options: Parameters<typeof startDelivery>[0] = {}) {
  const delivery = await startDelivery({ scope: SCOPE, ...options });
  const { gateway, running } = delivery;
  const context = {
    gateway,
    clock: running.clock,
    conditionalCreate: true,
    readBack: true,
    hideFromPatient: false,
  };
  const report = (change: Partial<SafetyReport> = {}) =>
    aReport(uuid(1), {
      taskId: uuid(2),
      evidence: { ...aReport('').evidence, id: uuid(3) },
      issuer: gateway.baseUrl,
      recommendation: { ref: { server: gateway.baseUrl, type: 'RiskAssessment', id: 'risk-p1' } },
      ...change,
    });
  const item = (change: Partial<SafetyReport> = {}, known: Partial<QueuedReport> = {}) => ({
    ...captureReport({
      kind: 'report',
      report: report(change),
      owner: { issuer: gateway.baseUrl, user: 'Practitioner/ada' },
      patient: 'Patient/p1',
      now: running.clock.now(),
      holdMs: 0,
      order: 1,
      tab: 'tab-1',
      sink: 'safety-report',
    }),
    ...known,
  });
  const counts = () =>
    TYPES.map(
      (type) =>
        running.sandbox
          .list(type)
          .filter((one) => [one.identifier].flat().some((id) => id?.value?.startsWith('urn:uuid:')))
          .length,
    );
  return { ...delivery, context, item, counts };
}

const FAULTS: readonly (readonly [string, FaultEffect])[] = [
  ['503', { kind: 'status', status: 503 }],
  ['401', { kind: 'status', status: 401 }],
  ['commit-then-drop', { kind: 'commit-then-drop' }],
  ['html', { kind: 'html-instead-of-fhir' }],
  ['empty-201', { kind: 'empty-201' }],
];

describe('one of each of three, whatever breaks off between them', () => {
  for (const type of TYPES)
    it.each(FAULTS)(`${type}: %s`, async (_, effect) => {
      const { context, item, counts, running } = await start();
      running.sandbox.faults.add({ method: 'POST', path: `/fhir/${type}`, effect, count: 1 });
      const first = await deliverReport(context, item(), false);
      const second = await deliverReport(context, item({}, { doubts: 1 }), false);
      expect([first.kind, second.kind].at(-1)).toBe('stored');
      expect(counts()).toEqual([1, 1, 1]);
      // However often it is sent again.
      await deliverReport(context, item({}, { doubts: 2 }), false);
      expect(counts()).toEqual([1, 1, 1]);
    });

  it('without conditional create: looks first, waits when in doubt, and goes on where it broke off', async () => {
    const { context, item, counts, running } = await start();
    const searching = { ...context, conditionalCreate: false };
    running.sandbox.faults.add({
      method: 'POST',
      path: '/fhir/AdverseEvent',
      effect: { kind: 'status', status: 503 },
      count: 1,
    });
    const now = running.clock.now();
    expect(await deliverReport(searching, item(), false)).toMatchObject({
      status: 503,
      sent: true,
    });
    const known = { doubts: 1, lastSentAt: now };
    expect((await deliverReport(searching, item({}, known), false)).kind).toBe('settling');
    const later = { doubts: 1, lastSentAt: now - 120_000 };
    expect((await deliverReport(searching, item({}, later), false)).kind).toBe('stored');
    expect((await deliverReport(searching, item({}, later), false)).kind).toBe('stored');
    expect(counts()).toEqual([1, 1, 1]);
  });

  it('confidential: one restricted Provenance, however often it is sent', async () => {
    for (const conditionalCreate of [true, false]) {
      const { context, item, running } = await start();
      for (const doubts of [0, 1])
        await deliverReport(
          { ...context, conditionalCreate },
          item({ confidential: true }, { doubts }),
          false,
        );
      expect(running.sandbox.list('Provenance')).toHaveLength(1);
    }
  });

  it('refused: a person is asked, and nothing else is written', async () => {
    const { context, item, counts } = await start({
      scope: SCOPE.replace('patient/DocumentReference.crs', ''),
    });
    expect(await deliverReport(context, item(), false)).toMatchObject({
      kind: 'http',
      status: 403,
    });
    expect(counts()).toEqual([0, 0, 0]);
  });

  it('never goes to a server that it was not made for', async () => {
    const { context, item, requests } = await start();
    const elsewhere = { target: { server: 'http://other.test/fhir', subject: 'Patient/9' } };
    expect(await deliverReport(context, item({}, elsewhere), false)).toEqual({
      kind: 'foreign-origin',
      sent: false,
    });
    expect(requests()).toEqual([]);
  });
});
