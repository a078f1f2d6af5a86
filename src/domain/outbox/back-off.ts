/** A number in [0, 1); injected, so that the domain has no chance of its own. */
export type Random = () => number;

const FLOOR_MS = 1_000;
const BASE_MS = 2_000;
const CAP_MS = 5 * 60_000;

/** The longest wait after that many attempts; grows, then stays. */
export function ceilingMs(attempts: number): number {
  // Beyond 2^20 the cap has long been reached; the exponent must not overflow.
  return Math.min(CAP_MS, BASE_MS * 2 ** Math.min(20, Math.max(0, attempts)));
}

/**
 * Full jitter (Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog 2015) above a floor
 * of one second: many devices that lost the same server do not come back together.
 */
export function backOffMs(attempts: number, random: Random): number {
  return Math.round(FLOOR_MS + random() * (ceilingMs(attempts) - FLOOR_MS));
}

/** As long as the server asked (RFC 9110 §10.2.3) and not earlier; the jitter comes on top. */
export function waitMs(attempts: number, retryAfterMs: number | undefined, random: Random): number {
  const own = backOffMs(attempts, random);
  if (retryAfterMs === undefined) return own;
  return Math.ceil(Math.max(own, retryAfterMs + random() * Math.min(5_000, own)));
}
