import type { DecisionRow } from '../decisions.ts';
import { CLOCK_TOLERANCE_MS } from './settings.ts';

/**
 * How far a device's time can be believed. It is never corrected: a clock that is wrong once was
 * wrong by an unknown amount. @param firedAt of the recommendation, epoch ms.
 */
export function timeQuality(
  at: number | null,
  recordedAt: number | null,
  firedAt: number | null,
): DecisionRow['time_quality'] {
  if (at === null) return 'imprecise';
  if (recordedAt !== null && at > recordedAt + CLOCK_TOLERANCE_MS) return 'ahead-of-server';
  return firedAt !== null && at < firedAt - CLOCK_TOLERANCE_MS ? 'before-recommendation' : 'ok';
}
