import type { ChainRecord } from './chain.ts';
import type { Statement } from './statement.ts';

/** How long the trail is kept, as the site decided. */
export interface RetentionRule {
  /** Absent: for good. */
  readonly days: number | undefined;
  /** While anything is held, nothing may be removed. Each: why, in words. */
  readonly holds: readonly string[];
}

const DAY_MS = 86_400_000;

/** ISO 8601 until when the trail may be removed; undefined: not at all. */
export const removableUntil = (
  { days, holds }: RetentionRule,
  nowMs: number,
): number | undefined =>
  days !== undefined && holds.length === 0 ? nowMs - days * DAY_MS : undefined;

/**
 * How far each chain may be gone: to the number that a statement of before that day states. What no
 * statement had reached by then is missing, and not expired.
 */
export function expiredNumbers(
  statements: readonly Statement[],
  untilMs: number | undefined,
): ReadonlyMap<string, number> {
  const expired = new Map<string, number>();
  if (untilMs === undefined) return expired;
  for (const { at, heads } of statements) {
    if (!(Date.parse(at) <= untilMs)) continue;
    for (const { writer, number } of heads)
      expired.set(writer, Math.max(expired.get(writer) ?? 0, number));
  }
  return expired;
}

export interface RetentionCount {
  readonly records: number;
  /** Epoch ms of the oldest. */
  readonly oldest: number | undefined;
  /** Older than the rule keeps them. */
  readonly due: number;
}

/** What the trail holds, by age. */
export function countRetention(
  records: readonly ChainRecord[],
  { days }: RetentionRule,
  nowMs: number,
): RetentionCount {
  const times = records.map(({ at }) => at).filter(Number.isFinite);
  const limit = days === undefined ? Number.NEGATIVE_INFINITY : nowMs - days * DAY_MS;
  return {
    records: records.length,
    oldest: times.length === 0 ? undefined : times.reduce((a, b) => Math.min(a, b)),
    due: times.filter((at) => at < limit).length,
  };
}
