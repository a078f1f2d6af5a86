import type { LaunchSession } from '#src/domain/session.ts';
import type { Clock } from '#src/io/clock.ts';
import { DeviceDrafts, type KeptDraft } from '#src/io/drafts/device-drafts.ts';
import type { Shelf } from '#src/io/outbox/shelf.ts';
import { tabDraftStore } from '#src/io/tab-store.ts';
import type { DraftMemory } from '#src/state/deps.ts';

export interface Drafts extends DraftMemory {
  /** Resolves once what was typed is kept; for a page that is left on purpose. */
  settled(): Promise<void>;
}

/** On the device where it keeps anything, else in this tab. */
export function composeDrafts(
  session: LaunchSession,
  clock: Clock,
  shelf: Shelf<KeptDraft> | undefined,
): Drafts {
  const tab = tabDraftStore(session);
  const { patientId } = session;
  if (shelf && patientId !== undefined) return new DeviceDrafts({ shelf, tab, patientId, clock });
  return { ...tab, ready: Promise.resolve(), settled: () => Promise.resolve() };
}
