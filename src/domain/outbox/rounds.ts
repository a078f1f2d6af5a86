import type { Circuit } from './circuit.ts';
import { mayLeave, type SendingSession } from './may-leave.ts';
import type { QueuedAnswer } from './queued-answer.ts';

export interface Gate {
  readonly session: SendingSession;
  readonly now: number;
  readonly tab: string;
  /** First look of a tab that was just signed in. */
  readonly fresh: boolean;
}

const MOVING: ReadonlySet<QueuedAnswer['phase']> = new Set(['queued', 'sending', 'held']);

/**
 * Waiting or queued, as the session has it; the same item when nothing changes. What the server sent
 * to sign in is not tried again by the tab that was told so, or it would be told so for ever.
 */
export function gated(item: QueuedAnswer, gate: Gate): QueuedAnswer {
  const verdict = mayLeave(item, gate.session);
  if (verdict !== 'yes')
    return MOVING.has(item.phase) && mayBeMoved(item, gate)
      ? { ...item, phase: verdict, tab: gate.tab }
      : item;
  const released =
    item.phase === 'waiting-sign-in'
      ? gate.fresh || (item.tab !== gate.tab && gate.now >= item.nextAt)
      : item.phase === 'waiting-patient' && (gate.fresh || gate.now >= item.nextAt);
  return released ? { ...item, phase: 'queued', nextAt: gate.now, delayMs: 0 } : item;
}

/** What another tab holds or sends is that tab's, whose session may be another patient's. */
const mayBeMoved = (item: QueuedAnswer, { tab, now }: Gate): boolean =>
  item.phase === 'queued' || item.tab === tab || now >= item.nextAt;

/** At least so often a tab looks for itself: clocks jump, and other tabs die without a word. */
const HEARTBEAT_MS = 60_000;

/** When to look again; `undefined`: nothing waits that time or another tab could move. */
export function lookAgainMs(
  items: readonly QueuedAnswer[],
  dueInMs: number | undefined,
  circuitMs: number,
): number | undefined {
  const waiting = items.some(({ phase }) => phase !== 'attention');
  if (!waiting) return undefined;
  if (dueInMs === undefined) return HEARTBEAT_MS;
  return Math.min(HEARTBEAT_MS, Math.max(dueInMs, circuitMs));
}

/** What a server asked for before this tab was opened holds for this tab too. */
export function serverAskedCircuit(
  items: readonly Pick<QueuedAnswer, 'serverAskedUntil' | 'delayMs'>[],
  now: number,
): Circuit | undefined {
  const until = Math.max(0, ...items.map((item) => item.serverAskedUntil ?? 0));
  const delayMs = Math.max(0, ...items.map((item) => item.delayMs));
  const open = until > now && until <= now + delayMs;
  return open ? { state: 'open', failures: 1, until, delayMs } : undefined;
}
