import { act, renderHook } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { OutboxItem } from '#src/domain/delivery.ts';
import type { Recommendation } from '#src/domain/recommendation.ts';
import { useItemsAbout } from '#src/state/use-outbox.ts';
import { anAnswer } from '#tests/support/queued-answers.ts';

function anOutbox(first: readonly OutboxItem[]) {
  let items = first;
  const listeners = new Set<() => void>();
  return {
    items: () => items,
    reports: () => [],
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    set(next: readonly OutboxItem[]) {
      items = next;
      for (const listener of listeners) listener();
    },
  };
}

const sending = (id: string, recommendation = 'shown'): OutboxItem => {
  const answer = anAnswer(id);
  const ref = { ...answer.recommendation.ref, id: recommendation };
  return {
    answer: { ...answer, recommendation: { ref } },
    delivery: { state: 'sending', durable: true },
  };
};
const { ref } = sending('any').answer.recommendation;
const shown = [{ id: `${ref.server}/${ref.type}/shown` }] as Recommendation[];

describe('what the cards see of the outbox', () => {
  it('is what is about them, and is not drawn again for anything else', () => {
    const [mine, other] = [sending('a'), sending('b', 'elsewhere')];
    const outbox = anOutbox([mine, other]);
    let drawn = 0;
    const { result } = renderHook(() => {
      drawn++;
      return useItemsAbout(outbox, shown);
    });
    expect(result.current).toEqual([mine]);
    const before = drawn;
    act(() => outbox.set([{ ...mine }]));
    expect(drawn).toBe(before);
    act(() => outbox.set([{ ...mine, delivery: { state: 'waiting-sign-in', durable: true } }]));
    expect(drawn).toBe(before + 1);
    expect(result.current[0]?.delivery.state).toBe('waiting-sign-in');
  });
});
