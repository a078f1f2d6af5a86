import type { ResultName } from './attempt-result.ts';
import { payloadOf, type QueuedItem } from './queued-answer.ts';

/** Why a person gave up an answer that the server does not have; written as component codes. */
export type DiscardReason = 'answered-again' | 'documented-elsewhere' | 'not-mine' | 'other';

export interface Discarding {
  readonly reason: DiscardReason;
  /** In the clinician's own words; stays on this device. */
  readonly text?: string;
}

/** What is left of an answer that was discarded: that it was, when and why; nothing of what it said. */
export interface DiscardRecord extends Discarding {
  /** Identifier of the answer. */
  readonly id: string;
  /** Epoch ms. */
  readonly at: number;
  /** How long it had waited. */
  readonly waitedMs: number;
  readonly attempts: number;
  readonly last?: ResultName;
  /** Day ("2026-11-22", UTC) under which it was first reported; absent: not yet. */
  readonly reportedOn?: string;
}

/** So long a text is a note, not a report. */
export const DISCARD_TEXT_MAX = 200;

export function discardRecord(
  item: QueuedItem,
  { reason, text = '' }: Discarding,
  now: number,
): DiscardRecord {
  const words = text.trim().slice(0, DISCARD_TEXT_MAX);
  return {
    id: payloadOf(item).id,
    at: now,
    reason,
    ...(words !== '' && { text: words }),
    waitedMs: Math.max(0, now - item.createdAt),
    attempts: item.attempts,
    ...(item.last && { last: item.last }),
  };
}

/** Those that belong to the report of that day; each belongs to one day, however late it is told. */
export const discardsOf = (
  records: readonly DiscardRecord[],
  day: string,
): readonly DiscardRecord[] =>
  records.filter(({ reportedOn }) => reportedOn === undefined || reportedOn === day);

export function countByReason(
  records: readonly DiscardRecord[],
): Readonly<Record<DiscardReason, number>> {
  const of = (reason: DiscardReason) => records.filter((one) => one.reason === reason).length;
  return {
    'answered-again': of('answered-again'),
    'documented-elsewhere': of('documented-elsewhere'),
    'not-mine': of('not-mine'),
    other: of('other'),
  };
}
