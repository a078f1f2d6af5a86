import { describe, expect, it } from 'vitest';
import { waitMs } from '#src/domain/outbox/back-off.ts';
import { afterAttempt, atTime, CLOSED, remainingMs } from '#src/domain/outbox/circuit.ts';
import { mayLeave, writesAnyPatient } from '#src/domain/outbox/may-leave.ts';
import { ADA, anAnswer, ISSUER, NOW, queued } from '#tests/support/queued-answers.ts';

const half = () => 0.5;
const bad = { trouble: true };

describe('a wait that the server asked for', () => {
  it.each([
    // Half of its own wait of 1.5 s on top, so that a ward does not come back as one.
    [0, 60_000, 60_750],
    // Never more than five seconds on top, however tired.
    [20, 60_000 * 5, 302_500],
    // Its own wait, where that is longer.
    [20, 1_000, 150_500],
  ])('after %i attempts and %i ms asked: %i ms', (attempts, asked, expected) => {
    expect(waitMs(attempts, asked, half)).toBe(expected);
  });
});

describe('the circuit at its edges', () => {
  const third = [bad, bad, bad].reduce((at, signal) => afterAttempt(at, signal, NOW, half), CLOSED);

  it('one failure opens nothing', () => {
    expect(afterAttempt(CLOSED, bad, NOW, half)).toEqual({ state: 'closed', failures: 1 });
  });

  it('opens for a short while first, counted from now', () => {
    expect(third).toEqual({ state: 'open', failures: 3, until: NOW + 1_500, delayMs: 1_500 });
    expect(remainingMs(third, NOW + 500)).toBe(1_000);
  });

  it('is open from the moment on at which it opened', () => {
    expect(atTime(third, NOW).state).toBe('open');
    expect(atTime(third, NOW - 1).state).toBe('half-open');
    expect(atTime(third, NOW + 1_500).state).toBe('half-open');
  });

  it('opens again at the first failure of its probe, however few there were', () => {
    const asked = afterAttempt(CLOSED, { trouble: true, retryAfterMs: 1_000 }, NOW, half);
    const probing = atTime(asked, NOW + 10_000);
    expect(probing).toEqual({ state: 'half-open', failures: 1 });
    expect(afterAttempt(probing, bad, NOW + 10_000, half).state).toBe('open');
  });
});

describe('who may send, to the letter', () => {
  it('no patient is nobody, whatever an item calls its own', () => {
    const item = queued(anAnswer('a', { patient: 'Patient/undefined' }));
    const session = { issuer: ISSUER, user: ADA, patientId: undefined, anyPatient: false };
    expect(mayLeave(item, session)).toBe('waiting-patient');
  });

  it('a scope is read from its first letter', () => {
    expect(writesAnyPatient(['super-user/Observation.cruds'])).toBe(false);
  });
});
