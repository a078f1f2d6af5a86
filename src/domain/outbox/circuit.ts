import { type Random, waitMs } from './back-off.ts';

/**
 * One per server: after some failures in a row it is left alone, then asked by a single request, so
 * that a hundred waiting answers do not each find out for themselves (Nygard, *Release It!*, ch. 5).
 */
export type Circuit =
  | { readonly state: 'closed'; readonly failures: number }
  | {
      readonly state: 'open';
      readonly failures: number;
      readonly until: number;
      readonly delayMs: number;
    }
  | { readonly state: 'half-open'; readonly failures: number };

export const CLOSED: Circuit = { state: 'closed', failures: 0 };
const THRESHOLD = 3;

export interface Signal {
  /** From the policy's row. */
  readonly trouble: boolean;
  readonly retryAfterMs?: number | undefined;
}

/** After an attempt. A server that names a time is left alone until then, on the first failure. */
export function afterAttempt(
  circuit: Circuit,
  { trouble, retryAfterMs }: Signal,
  now: number,
  random: Random,
): Circuit {
  if (!trouble) return CLOSED;
  const failures = circuit.failures + 1;
  const opens = circuit.state !== 'closed' || failures >= THRESHOLD || retryAfterMs !== undefined;
  if (!opens) return { state: 'closed', failures };
  const delayMs = waitMs(Math.max(0, failures - THRESHOLD), retryAfterMs, random);
  return { state: 'open', failures, until: now + delayMs, delayMs };
}

/** Half-open once its time has come, or once the clock was set back beyond the whole wait. */
export function atTime(circuit: Circuit, now: number): Circuit {
  if (circuit.state !== 'open') return circuit;
  const over = now >= circuit.until || now < circuit.until - circuit.delayMs;
  return over ? { state: 'half-open', failures: circuit.failures } : circuit;
}

/** How long the server must still be left alone; 0: it may be asked. */
export function remainingMs(circuit: Circuit, now: number): number {
  return circuit.state === 'open' ? Math.max(0, circuit.until - now) : 0;
}
