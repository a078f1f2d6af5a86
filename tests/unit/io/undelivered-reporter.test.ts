import type { Observation } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { discardRecord } from '#src/domain/outbox/discard.ts';
import type { QueuedAnswer } from '#src/domain/outbox/queued-answer.ts';
import { memoryLedger } from '#src/io/outbox/device-ledger.ts';
import { UndeliveredReporter } from '#src/io/undelivered-reporter.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { anAnswer, NOW, queued } from '#tests/support/queued-answers.ts';
import { expectValid } from '#tests/support/validation/expect-valid.ts';
import { startDelivery } from './delivery.ts';

const MINUTE = 60_000;
const DEVICE = '5b3c1d1e-0a7c-4a53-9d54-27c1a9d9a001';
const SCOPE =
  'launch openid fhirUser user/Observation.rs user/Observation.cru?category=https://clinician-feedback.example.org/fhir/CodeSystem/feedback-category|device-report';

async function setUp(options: { scope?: string; home?: string } = {}) {
  const { scope = SCOPE } = options;
  const delivery = await startDelivery({ scope });
  const clock = new ManualClock(NOW);
  const ledger = memoryLedger(DEVICE);
  let items: readonly QueuedAnswer[] = [];
  const reporter = new UndeliveredReporter({
    gateway: delivery.gateway,
    home: options.home ?? delivery.gateway.baseUrl,
    conditionalCreate: true,
    clock,
    desk: {
      waiting: () => items.map((item) => ({ item })),
      subscribe: () => () => undefined,
    },
    ledger: () => ledger,
    timestamp: () => new Date(clock.now()).toISOString(),
    appVersion: '0.1.0',
  });
  return {
    ...delivery,
    clock,
    ledger,
    reporter,
    set: (next: readonly QueuedAnswer[]) => {
      items = next;
    },
    reports: () => delivery.onServer(),
  };
}

const waitsSince = (ago: number, change: Partial<QueuedAnswer> = {}) =>
  queued(
    anAnswer('urn:uuid:00000000-0000-4000-8000-000000000009', {
      comment: 'Private',
      location: 'Location/5b',
    }),
    { phase: 'queued', createdAt: NOW - ago * MINUTE, ...change },
  );

const number = (report: Observation | undefined, code: string) => {
  const held = report?.component?.find((one) => one.code.coding?.[0]?.code === code);
  return held?.valueInteger ?? held?.valueQuantity?.value;
};

describe('what a device reports', () => {
  it('how much, since when and for what; nothing of what was answered, and valid R4', async () => {
    const { reporter, set, reports } = await setUp();
    set([waitsSince(42, { phase: 'attention', last: 'http-422' })]);
    await reporter.look();
    const [report, ...others] = reports();
    expect(others).toEqual([]);
    expect(report?.status).toBe('preliminary');
    expect(report?.subject?.reference).toBe('Location/5b');
    expect(number(report, 'undelivered-count')).toBe(1);
    expect(number(report, 'undelivered-attention')).toBe(1);
    expect(number(report, 'undelivered-oldest')).toBe(42);
    expect(report?.device?.identifier?.value).toBe(`urn:uuid:${DEVICE}`);
    const text = JSON.stringify(report);
    for (const secret of ['Private', 'Patient/', 'Practitioner/', 'RiskAssessment'])
      expect(text).not.toContain(secret);
    expectValid(report ?? {});
  });

  it('to a store beside the EHR: where it happened is named by the EHR’s address', async () => {
    const home = 'https://ehr.example.org/fhir';
    const { reporter, set, reports } = await setUp({ home });
    set([waitsSince(42)]);
    await reporter.look();
    expect(reports()[0]?.subject?.reference).toBe(`${home}/Location/5b`);
    expectValid(reports()[0] ?? {});
  });

  it('one Observation a day, brought up to date at most every quarter of an hour, and when all is delivered', async () => {
    const { reporter, set, reports, clock, requests } = await setUp();
    // A look that a timer began may have been before the time.
    const settled = async () => {
      await reporter.look();
      await reporter.look();
    };
    set([waitsSince(10)]);
    await settled();
    clock.advance(5 * MINUTE);
    await settled();
    const before = requests().length;
    clock.advance(10 * MINUTE);
    await settled();
    expect(requests().length).toBeGreaterThan(before);
    set([]);
    await settled();
    const [report, ...others] = reports();
    expect(others).toEqual([]);
    expect(report?.status).toBe('final');
    expect(number(report, 'undelivered-count')).toBe(0);
    expect(report?.meta?.versionId).toBe('3');
    const told = requests().length;
    clock.advance(60 * MINUTE);
    await settled();
    expect(requests()).toHaveLength(told);
  });

  it('that something was discarded, by reason', async () => {
    const { reporter, ledger, reports } = await setUp();
    await ledger.record(discardRecord(waitsSince(9), { reason: 'other', text: 'Private' }, NOW));
    await reporter.look();
    const [report] = reports();
    expect(number(report, 'discarded-other')).toBe(1);
    expect(JSON.stringify(report)).not.toContain('Private');
    expect((await ledger.discards())[0]?.reportedOn).toBe('2026-11-22');
    expectValid(report ?? {});
  });

  it('stops asking where it is forbidden', async () => {
    const { reporter, set, requests, clock } = await setUp({
      scope: 'launch openid fhirUser patient/Observation.crus',
    });
    set([waitsSince(42)]);
    await reporter.look();
    const asked = requests().length;
    clock.advance(60 * MINUTE);
    await reporter.look();
    expect(requests()).toHaveLength(asked);
  });
});
