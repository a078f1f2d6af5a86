import { wholeWithin } from './random/draws.ts';
import type { Stream } from './random/stream.ts';

/** At least so many weeks of ordinary life come before anything goes wrong. */
export const BASELINE_WEEKS = 10;
/** Twelve weeks to find it, and eight for the last label. */
export const WEEKS_AFTER = 20;

/**
 * Index of the week in which it begins: not before week ten and not in the last twenty. Where there are
 * fewer than thirty weeks, week ten, or the middle of less than twenty.
 */
export function drawOnset(stream: Stream, weeks: number): number {
  const first = Math.min(BASELINE_WEEKS, Math.floor(weeks / 2));
  return wholeWithin(stream, [first, Math.max(first, weeks - WEEKS_AFTER)]);
}
