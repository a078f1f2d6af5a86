import type { UndeliveredReport } from './undelivered-report.ts';

/** Younger than this, waiting is part of working: an undo window, a retry. */
export const WAITS_TOO_LONG_MS = 5 * 60_000;
export const REPORT_EVERY_MS = 15 * 60_000;

export interface LastReport {
  /** Epoch ms. */
  readonly at: number;
  /** What it said: that something waits, or that all is delivered. */
  readonly waiting: boolean;
  /** Unit that it named. */
  readonly location?: string;
}

export const waitsTooLong = ({ count, oldestMs }: UndeliveredReport): boolean =>
  count > 0 && oldestMs > WAITS_TOO_LONG_MS;

/**
 * Whether the device has something to say to the hospital: that something waits (again after a
 * quarter of an hour), once that it no longer does, and that answers were discarded.
 */
export function reportDue(
  report: UndeliveredReport,
  unreportedDiscards: number,
  last: LastReport | undefined,
  now: number,
): boolean {
  if (last?.waiting && report.count === 0) return true;
  if (!waitsTooLong(report) && unreportedDiscards === 0) return false;
  // A clock that was set back must not silence the device.
  return last === undefined || now - last.at >= REPORT_EVERY_MS || now < last.at;
}
