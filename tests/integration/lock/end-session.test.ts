import { expect, it, vi } from 'vitest';
import { endSessionWhenSent, LATEST_END_MS } from '#src/app/end-session.ts';
import type { DeliveryState } from '#src/domain/delivery.ts';
import { ManualClock } from '#tests/support/manual-clock.ts';
import { answer, item } from '#tests/unit/state/deps.ts';

const HELD: DeliveryState = { state: 'held', until: '', durable: false };
const SENDING: DeliveryState = { state: 'sending', durable: false };
const STORED: DeliveryState = { state: 'stored', at: '', reference: 'Observation/1' };

function lockWith(first: DeliveryState | undefined) {
  const clock = new ManualClock();
  const log: string[] = [];
  let state = first;
  let listener: () => void = () => undefined;
  const outbox = {
    flush: () => void log.push('flush'),
    reports: () => [],
    items: () => (state ? [item(answer('a1'), state)] : []),
    subscribe: (one: () => void) => {
      listener = one;
      return () => {
        listener = () => undefined;
        log.push('unsubscribed');
      };
    },
  };
  const end = vi.fn(async () => void log.push('end'));
  endSessionWhenSent(outbox, { forget: () => void log.push('forget'), end }, clock);
  const become = (next: DeliveryState) => {
    state = next;
    listener();
  };
  return { clock, log, end, become };
}

it('with nothing to send, the session ends at once', () => {
  const { log, clock } = lockWith(undefined);
  expect(log).toEqual(['forget', 'flush', 'unsubscribed', 'end']);
  expect(clock.pending).toBe(0);
});

it('an answer in its undo window is sent under the session in which it was given', () => {
  const { log, become } = lockWith(HELD);
  expect(log).toEqual(['forget', 'flush']);
  become(SENDING);
  expect(log).not.toContain('end');
  become(STORED);
  expect(log.at(-1)).toBe('end');
});

it.each<DeliveryState>([
  { state: 'waiting-sign-in', durable: false },
  { state: 'rejected', reason: '422', durable: false },
  { state: 'unknown', reason: 'timeout', durable: false },
])('does not stay signed in for what cannot be sent now: $state', (state) => {
  const { become, end } = lockWith(SENDING);
  become(state);
  expect(end).toHaveBeenCalledTimes(1);
});

it('waits for no server longer than half a minute', () => {
  const { clock, end, become } = lockWith(SENDING);
  clock.advance(LATEST_END_MS - 1);
  expect(end).not.toHaveBeenCalled();
  clock.advance(1);
  expect(end).toHaveBeenCalledTimes(1);
  become(STORED);
  expect(end).toHaveBeenCalledTimes(1);
});
