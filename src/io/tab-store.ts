import type { QueuedItem } from '#src/domain/outbox/queued-answer.ts';
import type { LaunchSession } from '#src/domain/session.ts';
import type { PendingStore } from './outbox/memory-store.ts';
import { tabStorage } from './tab-storage.ts';

/**
 * What this tab keeps where the device does not: unsent answers and drafts, bound to issuer,
 * patient and user, gone with the tab. Patient data, hence never in localStorage. Where a frame of
 * another site may keep nothing, neither outlives its page (`tabStorage`), and the screen says so.
 */
const scope = (session: LaunchSession) =>
  `${session.issuer}|${session.patientId}|${session.performer}`;

/** What waits on a device that keeps nothing; the durable outbox keeps its own. */
export function tabWaitingStore(session: LaunchSession): PendingStore {
  const key = `clinician-feedback.waiting.${scope(session)}`;
  return {
    load: () => read<QueuedItem[]>(key) ?? [],
    save: (items) => write(key, items.length > 0 ? items : undefined),
  };
}

export interface DraftStore {
  /** False: what is typed is gone with the page, and with it at a sign-in. */
  readonly lasting: boolean;
  /** By recommendation id; the screen knows their shape. */
  all(): Readonly<Record<string, unknown>>;
  save(recommendationId: string, draft: unknown): void;
}

export function tabDraftStore(session: LaunchSession): DraftStore {
  const key = `clinician-feedback.drafts.${scope(session)}`;
  const all = () => read<Record<string, unknown>>(key) ?? {};
  return {
    lasting: tabStorage() !== undefined,
    all,
    save: (recommendationId, draft) => {
      const { [recommendationId]: _replaced, ...others } = all();
      const next = draft === undefined ? others : { ...others, [recommendationId]: draft };
      write(key, Object.keys(next).length > 0 ? next : undefined);
    },
  };
}

function read<T>(key: string): T | undefined {
  const text = tabStorage()?.getItem(key) ?? undefined;
  return text === undefined ? undefined : (JSON.parse(text) as T);
}

function write(key: string, value: unknown): void {
  if (value === undefined) tabStorage()?.removeItem(key);
  else tabStorage()?.setItem(key, JSON.stringify(value));
}
