import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  afterAttempt,
  atTime,
  type Circuit,
  CLOSED,
  remainingMs,
} from '#src/domain/outbox/circuit.ts';

const half = () => 0.5;
const bad = { trouble: true };
const good = { trouble: false };
const following = (circuit: Circuit, ...signals: { trouble: boolean; retryAfterMs?: number }[]) =>
  signals.reduce((at, signal) => afterAttempt(at, signal, 0, half), circuit);

describe('the circuit of a server', () => {
  it('opens at the third failure in a row, and any success closes it', () => {
    expect(following(CLOSED, bad, bad).state).toBe('closed');
    expect(following(CLOSED, bad, bad, bad).state).toBe('open');
    expect(following(CLOSED, bad, bad, good, bad, bad).state).toBe('closed');
  });

  it('opens at once for as long as the server asks', () => {
    const open = following(CLOSED, { trouble: true, retryAfterMs: 90_000 });
    expect(remainingMs(open, 0)).toBeGreaterThanOrEqual(90_000);
    expect(atTime(open, 89_999).state).toBe('open');
  });

  it('asks once when its time has come: closed if that went well, open for longer if not', () => {
    const open = following(CLOSED, bad, bad, bad);
    const probing = atTime(open, remainingMs(open, 0));
    expect(probing.state).toBe('half-open');
    expect(following(probing, good)).toEqual(CLOSED);
    expect(remainingMs(following(probing, bad), 0)).toBeGreaterThan(remainingMs(open, 0));
  });

  it('is not held open by a clock that was set back', () => {
    const open = afterAttempt(CLOSED, { trouble: true, retryAfterMs: 60_000 }, 1e9, half);
    expect(atTime(open, 0).state).toBe('half-open');
  });

  it('comes to an end whatever happens', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 60 }), (signals) => {
        const circuit = following(CLOSED, ...signals.map((trouble) => ({ trouble })));
        expect(atTime(circuit, remainingMs(circuit, 0)).state).not.toBe('open');
        expect(remainingMs(circuit, 0)).toBeLessThanOrEqual(300_000);
      }),
    );
  });
});
