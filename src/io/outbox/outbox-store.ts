import type { DiscardRecord } from '#src/domain/outbox/discard.ts';
import type { QueuedItem } from '#src/domain/outbox/queued-answer.ts';

/** An item with the version that a change must name. */
export interface StoredItem {
  readonly item: QueuedItem;
  readonly rev: number;
}

export type Change =
  /** `expected` absent: it must not be there yet. */
  | { readonly put: QueuedItem; readonly expected?: number }
  | {
      readonly remove: string;
      readonly expected: number;
      /** A person gave it up: what is kept of that, in the same transaction. */
      readonly discarded?: DiscardRecord;
    };

export interface Loaded {
  readonly items: readonly StoredItem[];
  /** Kept, but not to be read: the key is gone or the content was changed. */
  readonly unreadable: number;
  /** Changes when the database was deleted and made anew. */
  readonly databaseId: string;
}

/** What other users of this machine have waiting; more than this nobody can tell without their key. */
export interface WaitingElsewhere {
  readonly count: number;
  /** Epoch ms. */
  readonly oldestAt: number | undefined;
}

/** Where the items of one owner are kept. */
export interface OutboxStore {
  /** Outlives the tab, the browser and the machine's power. */
  readonly durable: boolean;
  load(): Promise<Loaded>;
  /**
   * All or nothing, and kept when it resolves. False, and nothing changed, when an item is not as
   * expected: another tab was faster. Throws `OutboxError` when the device refuses.
   */
  commit(changes: readonly Change[]): Promise<boolean>;
  waitingElsewhere(): Promise<WaitingElsewhere>;
  /** Tells when what was kept may be gone: deleted with the site data, or evicted. */
  onLost(listener: () => void): void;
  close(): void;
}

/** The device does not keep it; the message is for the clinician and carries no patient data. */
export class OutboxError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'OutboxError';
  }
}
