import { describe, expect, it, vi } from 'vitest';
import { type DeliveryState, deliveryLabel } from '#src/domain/delivery.ts';
import type { Answer } from '#src/domain/feedback.ts';
import { DirectOutbox } from '#src/io/outbox/direct-outbox.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';

const answer = (id: string): Answer => ({
  id,
  response: 'overridden',
  reasons: [],
  issuer: 'https://ehr.example.org/fhir',
  patient: 'Patient/p',
  recommendation: {
    ref: { server: 'https://ehr.example.org/fhir', type: 'RiskAssessment', id: 'r' },
  },
  performer: { reference: 'Practitioner/x' },
  answeredAt: '2026-11-22T15:00:00Z',
  context: { appVersion: '0' },
});
const stored: DeliveryState = {
  state: 'stored',
  at: '2026-11-22T15:00:11Z',
  reference: 'Observation/1',
};

function outbox(result: DeliveryState = stored, left: readonly Answer[] = []) {
  const clock = new ManualClock();
  const sent: [Answer, boolean][] = [];
  let kept: readonly Answer[] = left;
  const box = new DirectOutbox({
    clock,
    pending: { load: () => left, save: (answers) => (kept = answers) },
    deliver: async (one, leaving) => {
      sent.push([one, leaving]);
      return result;
    },
  });
  return { box, clock, sent, kept: () => kept, state: () => box.items()[0]?.delivery.state };
}
const settle = () => new Promise<void>((resolve) => queueMicrotask(() => resolve()));

describe('an answer in the undo window', () => {
  it('is held for ten seconds, then sent once', async () => {
    const { box, clock, sent, state } = outbox();
    await box.submit(answer('a'));
    clock.advance(9_999);
    expect(sent).toEqual([]);
    expect(state()).toBe('held');
    clock.advance(1);
    await settle();
    expect(sent).toHaveLength(1);
    expect(state()).toBe('stored');
  });

  it('is never sent once undone', async () => {
    const { box, clock, sent, kept } = outbox();
    await box.submit(answer('a'));
    expect(await box.undo('a')).toBe(true);
    clock.advance(60_000);
    expect(sent).toEqual([]);
    expect(kept()).toEqual([]);
  });

  it('goes at once when the page is left, and only once', async () => {
    const { box, clock, sent } = outbox();
    await box.submit(answer('a'));
    box.flush();
    box.flush();
    clock.advance(60_000);
    await settle();
    expect(sent.map(([, leaving]) => leaving)).toEqual([true]);
  });

  it('takes a comment until it is sent, and says no after', async () => {
    const { box, clock, sent } = outbox();
    await box.submit(answer('a'));
    expect(await box.edit('a', { comment: 'late' })).toBe(true);
    clock.advance(10_000);
    await settle();
    expect(sent[0]?.[0].comment).toBe('late');
    expect(await box.edit('a', { comment: 'too late' })).toBe(false);
    expect(await box.undo('a')).toBe(false);
  });

  it('never claims to be saved on this device, since it is not', async () => {
    const { box } = outbox();
    await box.submit(answer('a'));
    const delivery = box.items()[0]?.delivery;
    expect(delivery && deliveryLabel(delivery)).toBe('Not sent yet – keep this open');
  });
});

describe('after sending', () => {
  it('keeps what the server does not have, for this tab, until it has it', async () => {
    const waiting = outbox({ state: 'waiting-sign-in', durable: false });
    await waiting.box.submit(answer('a'));
    waiting.clock.advance(10_000);
    await settle();
    expect(waiting.kept().map((one) => one.id)).toEqual(['a']);
    const after = outbox(stored, waiting.kept());
    await settle();
    expect(after.sent).toHaveLength(1);
    expect(after.kept()).toEqual([]);
  });

  it('retries what failed and leaves alone what is stored', async () => {
    const failed = outbox({ state: 'unknown', reason: 'offline', durable: false });
    await failed.box.submit(answer('a'));
    failed.clock.advance(10_000);
    await settle();
    await failed.box.retry('a');
    expect(failed.sent).toHaveLength(2);
    const good = outbox();
    await good.box.submit(answer('a'));
    good.clock.advance(10_000);
    await settle();
    await good.box.retry('a');
    expect(good.sent).toHaveLength(1);
  });

  it('tells its listeners, and gives the same list while nothing changed', async () => {
    const { box } = outbox();
    const listener = vi.fn();
    const stop = box.subscribe(listener);
    await box.submit(answer('a'));
    expect(listener).toHaveBeenCalled();
    expect(box.items()).toBe(box.items());
    stop();
  });
});
