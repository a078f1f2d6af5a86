import type { Circuit } from './circuit.ts';
import { mayLeave, type SendingSession } from './may-leave.ts';
import type { QueuedItem } from './queued-answer.ts';

export interface Gate {
  readonly session: SendingSession;
  readonly now: number;
  readonly tab: string;
  /** First look of a tab that was just signed in. */
  readonly fresh: boolean;
}

/**
 * Queued again, when the session it waited for is there; the same item when nothing changes. What
 * the server sent to sign in is not tried again by the tab that was told so, or it would be told so
 * for ever. Where another tab's session differs, nothing is written: each tab sees for itself.
 */
export function released(item: QueuedItem, gate: Gate): QueuedItem {
  if (item.phase !== 'waiting-sign-in' && item.phase !== 'waiting-patient') return item;
  if (mayLeave(item, gate.session) !== 'yes') return item;
  const itsTime = gate.now >= item.nextAt;
  const another = item.phase === 'waiting-patient' || item.tab !== gate.tab;
  return gate.fresh || (another && itsTime)
    ? { ...item, phase: 'queued', nextAt: gate.now, delayMs: 0 }
    : item;
}

const MOVING: ReadonlySet<QueuedItem['phase']> = new Set(['queued', 'sending', 'held']);

/** As this session sees it: what it may not send waits for the session that may. */
export function phaseIn(item: QueuedItem, session: SendingSession): QueuedItem['phase'] {
  const verdict = mayLeave(item, session);
  return verdict !== 'yes' && MOVING.has(item.phase) ? verdict : item.phase;
}

/** At least so often a tab looks for itself: clocks jump, and other tabs die without a word. */
const HEARTBEAT_MS = 60_000;

/** When to look again; `undefined`: nothing waits that time or another tab could move. */
export function lookAgainMs(
  items: readonly QueuedItem[],
  dueInMs: number | undefined,
  circuitMs: number,
): number | undefined {
  const waiting = items.some(({ phase }) => phase !== 'attention' && phase !== 'delivered');
  if (!waiting) return undefined;
  if (dueInMs === undefined) return HEARTBEAT_MS;
  return Math.min(HEARTBEAT_MS, Math.max(dueInMs, circuitMs));
}

/** What a server asked for before this tab was opened holds for this tab too. */
export function serverAskedCircuit(
  items: readonly Pick<QueuedItem, 'serverAskedUntil' | 'delayMs'>[],
  now: number,
): Circuit | undefined {
  const until = Math.max(0, ...items.map((item) => item.serverAskedUntil ?? 0));
  const delayMs = Math.max(0, ...items.map((item) => item.delayMs));
  const open = until > now && until <= now + delayMs;
  return open ? { state: 'open', failures: 1, until, delayMs } : undefined;
}
