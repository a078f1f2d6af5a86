import { expect, it } from 'vitest';
import { warnOnLeaving } from '#src/app/warn-on-leaving.ts';
import type { DeliveryState, OutboxItem } from '#src/domain/delivery.ts';
import { anAnswer } from '#tests/support/queued-answers.ts';

/** An outbox of one answer, whose state the test decides. */
function outboxOf(first: DeliveryState) {
  let items: readonly OutboxItem[] = [{ answer: anAnswer('a'), delivery: first }];
  const listeners = new Set<() => void>();
  return {
    items: () => items,
    reports: () => [],
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    becomes(delivery: DeliveryState) {
      items = [{ answer: anAnswer('a'), delivery }];
      for (const listener of listeners) listener();
    },
  };
}

const asks = () => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
const STORED = { state: 'stored', at: '2026-11-22T16:00:00Z', reference: 'Observation/1' } as const;

it('asks while an answer is in this page only, and not a moment longer', () => {
  const outbox = outboxOf({ state: 'sending', durable: false });
  const stop = warnOnLeaving(outbox);
  expect(asks()).toBe(true);
  outbox.becomes({ state: 'unknown', reason: 'no reply', durable: false });
  expect(asks()).toBe(true);
  outbox.becomes(STORED);
  expect(asks()).toBe(false);
  stop();
});

it('asks nothing for what is on the device', () => {
  const outbox = outboxOf({ state: 'waiting-sign-in', durable: true });
  const stop = warnOnLeaving(outbox);
  expect(asks()).toBe(false);
  stop();
});

it('asks nothing once it was stopped', () => {
  const outbox = outboxOf({ state: 'held', until: STORED.at, durable: false });
  warnOnLeaving(outbox)();
  expect(asks()).toBe(false);
  outbox.becomes({ state: 'sending', durable: false });
  expect(asks()).toBe(false);
});
