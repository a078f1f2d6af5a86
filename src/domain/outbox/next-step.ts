import { type AttemptResult, resultName } from './attempt-result.ts';
import { ceilingMs, type Random, waitMs } from './back-off.ts';
import { type AttentionReason, rowOf } from './policy.ts';
import type { QueuedItem } from './queued-answer.ts';

/** What becomes of an item after an attempt. */
export type NextStep =
  | { readonly step: 'delivered'; readonly reference: string; readonly lost: readonly string[] }
  | { readonly step: 'retry'; readonly at: number; readonly delayMs: number }
  | { readonly step: 'waiting-sign-in' }
  | { readonly step: 'waiting-patient' }
  | { readonly step: 'attention'; readonly reason: AttentionReason };

const retryAfterOf = (result: AttemptResult) =>
  'retryAfterMs' in result ? result.retryAfterMs : undefined;

/** The policy as one pure function. `item.attempts` counts this attempt. */
export function nextStep(
  item: Pick<QueuedItem, 'attempts'>,
  result: AttemptResult,
  now: number,
  random: Random,
): NextStep {
  if (result.kind === 'stored')
    return { step: 'delivered', reference: result.reference, lost: result.lost };
  const row = rowOf(result);
  const tired = item.attempts >= (row.patience ?? Number.POSITIVE_INFINITY);
  if (row.reason !== undefined && (row.to === 'attention' || tired))
    return { step: 'attention', reason: row.reason };
  if (row.to === 'sign-in') return { step: 'waiting-sign-in' };
  if (row.to === 'patient') return { step: 'waiting-patient' };
  const delayMs =
    result.kind === 'settling'
      ? Math.max(1_000, result.waitMs)
      : waitMs(item.attempts, retryAfterOf(result), random);
  return { step: 'retry', at: now + delayMs, delayMs };
}

/** One that waits for a session is not tried by every tab that comes along, one after the other. */
function delayAfter(step: NextStep, attempts: number): number {
  if (step.step === 'retry') return step.delayMs;
  return step.step === 'waiting-sign-in' || step.step === 'waiting-patient'
    ? ceilingMs(attempts)
    : 0;
}

const HISTORY = 20;

/** The item as it stands while a tab sends it: written before the first byte leaves. */
export function claimed(item: QueuedItem, now: number, tab: string): QueuedItem {
  return {
    ...item,
    phase: 'sending',
    attempts: item.attempts + 1,
    // What another tab held may have left as that tab closed.
    doubts: item.doubts + 1 + Number(item.phase === 'held' && item.tab !== tab),
    lastSentAt: now,
    tab,
  };
}

/** The item after an attempt; `before` is what it was when it was claimed. */
export function settled(
  before: QueuedItem,
  sending: QueuedItem,
  result: AttemptResult,
  now: number,
  step: NextStep,
): QueuedItem {
  const stored = result.acknowledged ? 'yes' : rowOf(result).stored;
  const cleared = !result.sent || stored === 'no';
  const retryAfter = retryAfterOf(result);
  const { lastSentAt: sentNow, serverAskedUntil: _asked, ...rest } = sending;
  const delayMs = delayAfter(step, sending.attempts);
  const lastSentAt = cleared ? before.lastSentAt : sentNow;
  return {
    ...rest,
    phase: step.step === 'retry' || step.step === 'delivered' ? 'queued' : step.step,
    nextAt: now + delayMs,
    delayMs,
    doubts: Math.max(0, sending.doubts - Number(cleared)),
    ...(lastSentAt !== undefined && { lastSentAt }),
    ...((stored === 'yes' || before.acknowledged) && { acknowledged: true }),
    ...(retryAfter !== undefined && { serverAskedUntil: now + retryAfter }),
    last: resultName(result),
    history: [...sending.history, { at: now, result: resultName(result) }].slice(-HISTORY),
  };
}
