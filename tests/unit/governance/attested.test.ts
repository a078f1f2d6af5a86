import { describe, expect, it } from 'vitest';
import type { StoredAnswer } from '#src/domain/feedback.ts';
import {
  ACTION_OUTCOMES,
  ASK_AFTER_HOURS,
  actionCounts,
  isToBeAsked,
} from '#src/domain/governance/feedback/attested.ts';
import { readActionCheck, toActionTask } from '#src/fhir/governance/attested.fhir.ts';
import { expectValid } from '#tests/support/validation/expect-valid.ts';
import { id, leanAnswer, reason } from '../fhir-feedback/answers.ts';

const SERVER = 'https://store.example.org/r4';
const SAID = '2026-10-02T10:15:00+02:00';
const later = (hours: number): number => Date.parse(SAID) + hours * 3_600_000;

const answer = (n: number, code: string, response: 'overridden' | 'deferred' = 'overridden') => ({
  ...leanAnswer,
  ...{ id: id(n), response, reasons: [reason(code)], answeredAt: SAID },
});
const stored = (one: ReturnType<typeof answer>): StoredAnswer => ({
  ref: { server: SERVER, type: 'Observation', id: one.id.slice(-4) },
  status: 'final',
  answer: one,
});

const monitor = answer(1, 'mitigate-risk-negative-outcome');

describe('an announced action', () => {
  it('is asked about some hours later, once, and nothing else is', () => {
    expect(isToBeAsked(monitor, [], later(ASK_AFTER_HOURS - 0.1))).toBe(false);
    expect(isToBeAsked(monitor, [], later(ASK_AFTER_HOURS))).toBe(true);
    const check = { answer: id(1), outcome: 'done', found: [] } as const;
    expect(isToBeAsked(monitor, [check], later(9))).toBe(false);
    expect(isToBeAsked(monitor, [{ ...check, answer: id(2) }], later(9))).toBe(true);
    expect(isToBeAsked(answer(3, 'expert-contradicts'), [], later(9))).toBe(false);
    const deferred = answer(4, 'mitigate-risk-negative-outcome', 'deferred');
    expect(isToBeAsked(deferred, [], later(9))).toBe(false);
  });

  it('is counted once, however many groups it stands in', () => {
    const all = [monitor, monitor, answer(2, 'will-monitor'), answer(3, 'limited-time')].map(
      stored,
    );
    const checks = [
      { answer: id(2), outcome: 'not-done', found: [] } as const,
      { answer: id(77), outcome: 'done', found: [] } as const,
    ];
    expect(actionCounts(all, checks, later(5))).toEqual({
      announced: 2,
      open: 1,
      outcomes: { done: 0, 'not-done': 1, 'not-needed': 0 },
    });
  });

  it.each(ACTION_OUTCOMES)('%s is read as it was written', (outcome) => {
    const task = toActionTask({
      ...{ id: id(9), answer: monitor, outcome, found: ['Newer lactate: Lactate'] },
      ...{ patient: 'Patient/p1', by: 'Practitioner/d1', at: '2026-10-02T16:00:00+02:00' },
    });
    expectValid(task);
    expect(readActionCheck({ ...task, id: 't1' }, SERVER)).toMatchObject({
      ...{ answer: id(1), outcome, found: ['Newer lactate: Lactate'] },
    });
    expect(task.authoredOn).toBe(SAID);
  });
});
