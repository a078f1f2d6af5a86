import type { QueuedAnswer } from '#src/domain/outbox/queued-answer.ts';
import type { LaunchSession } from '#src/domain/session.ts';
import type { PendingStore } from './outbox/memory-store.ts';

/**
 * What this tab keeps while its user signs in again: unsent answers and drafts, bound to issuer,
 * patient and user, gone with the tab. Patient data, hence never in localStorage.
 */
const scope = (session: LaunchSession) =>
  `${session.issuer}|${session.patientId}|${session.performer}`;

/** What waits on a device that keeps nothing; the durable outbox keeps its own. */
export function tabWaitingStore(session: LaunchSession): PendingStore {
  const key = `clinician-feedback.waiting.${scope(session)}`;
  return {
    load: () => read<QueuedAnswer[]>(key) ?? [],
    save: (items) => write(key, items.length > 0 ? items : undefined),
  };
}

export interface DraftStore {
  /** By recommendation id; the screen knows their shape. */
  all(): Readonly<Record<string, unknown>>;
  save(recommendationId: string, draft: unknown): void;
}

export function tabDraftStore(session: LaunchSession): DraftStore {
  const key = `clinician-feedback.drafts.${scope(session)}`;
  const all = () => read<Record<string, unknown>>(key) ?? {};
  return {
    all,
    save: (recommendationId, draft) => {
      const { [recommendationId]: _replaced, ...others } = all();
      const next = draft === undefined ? others : { ...others, [recommendationId]: draft };
      write(key, Object.keys(next).length > 0 ? next : undefined);
    },
  };
}

function read<T>(key: string): T | undefined {
  const text = sessionStorage.getItem(key);
  return text === null ? undefined : (JSON.parse(text) as T);
}

function write(key: string, value: unknown): void {
  if (value === undefined) sessionStorage.removeItem(key);
  else sessionStorage.setItem(key, JSON.stringify(value));
}
