import type { Clock } from '#src/io/clock.ts';
import { OutboxError } from '#src/io/outbox/outbox-store.ts';
import type { Kept, Shelf } from '#src/io/outbox/shelf.ts';
import type { DraftStore } from '#src/io/tab-store.ts';

/** A draft is no answer: what nobody finished within a day is erased. */
export const DRAFT_MS = 24 * 3_600_000;
const LOOK_EVERY_MS = 3_600_000;

/** The key is the owner's; the patient is in what it seals. */
export interface KeptDraft {
  readonly patientId: string;
  /** Recommendation id. */
  readonly recommendation: string;
  /** Known to the screen alone. */
  readonly draft: unknown;
}

export interface DeviceDraftsOptions {
  readonly shelf: Shelf<KeptDraft>;
  /** Where the device refuses: until this tab is closed. */
  readonly tab: DraftStore;
  readonly patientId: string;
  readonly clock: Clock;
}

/**
 * What a clinician typed and did not send, for this user and patient, over a crash and a restart.
 * Nothing waits for it: it is read beside the first requests and written after the keystroke.
 */
export class DeviceDrafts implements DraftStore {
  /** Resolves once the device was read, or said no. Never rejects. */
  readonly ready: Promise<void>;
  readonly #options: DeviceDraftsOptions;
  #all: Readonly<Record<string, unknown>> = {};
  /** Changed here and not written yet; undefined: to be erased. */
  readonly #unwritten = new Map<string, unknown>();
  /** Recommendations that were touched in this tab: what the device has of them is older. */
  readonly #touched = new Set<string>();
  readonly #idOf = new Map<string, string>();
  /** This browser keeps nothing for us: it is not asked again. */
  #isRefused = false;
  #writing: Promise<void> | undefined;

  constructor(options: DeviceDraftsOptions) {
    this.#options = options;
    this.ready = this.#load();
  }

  get lasting(): boolean {
    return this.#options.tab.lasting;
  }

  all(): Readonly<Record<string, unknown>> {
    return this.#all;
  }

  save(recommendation: string, draft: unknown): void {
    const { [recommendation]: _replaced, ...others } = this.#all;
    this.#all = draft === undefined ? others : { ...others, [recommendation]: draft };
    this.#touched.add(recommendation);
    this.#unwritten.set(recommendation, draft);
    this.#writing ??= this.#write().finally(() => {
      this.#writing = undefined;
    });
  }

  /** Resolves once what was typed is kept; for a page that is left on purpose. Never rejects. */
  async settled(): Promise<void> {
    await this.#writing;
  }

  async #load(): Promise<void> {
    const found = await this.#try(async () => {
      await this.#expire();
      return await this.#kept();
    });
    this.#isRefused = found === undefined;
    const fromDevice: Record<string, unknown> = {};
    for (const { id, content } of (found ?? []).toSorted((a, b) => a.at - b.at)) {
      fromDevice[content.recommendation] = content.draft;
      this.#idOf.set(content.recommendation, id);
    }
    // What the device refused before is newer than what it has.
    const known = { ...fromDevice, ...this.#options.tab.all() };
    const untouched = Object.entries(known).filter(([id]) => !this.#touched.has(id));
    this.#all = { ...Object.fromEntries(untouched), ...this.#all };
  }

  /** One write at a time; what is typed meanwhile goes with the next, as it is then. */
  async #write(): Promise<void> {
    await this.ready;
    for (;;) {
      const [next] = this.#unwritten;
      if (!next) return;
      const [recommendation, draft] = next;
      this.#unwritten.delete(recommendation);
      const done = await this.#try(() => this.#keep(recommendation, draft));
      this.#options.tab.save(recommendation, done ? undefined : draft);
    }
  }

  async #keep(recommendation: string, draft: unknown): Promise<true> {
    const { shelf, patientId, clock } = this.#options;
    if (draft === undefined) {
      // Another tab of the same user may have one of its own.
      const kept = await this.#kept();
      const meant = kept.filter(({ content }) => content.recommendation === recommendation);
      await shelf.remove(meant.map(({ id }) => id));
      return true;
    }
    // Random: a digest of who and what could be guessed.
    const id = this.#idOf.get(recommendation) ?? crypto.randomUUID();
    this.#idOf.set(recommendation, id);
    await shelf.put({ id, at: clock.now(), content: { patientId, recommendation, draft } });
    return true;
  }

  async #kept(): Promise<readonly Kept<KeptDraft>[]> {
    const { shelf, patientId } = this.#options;
    return (await shelf.all()).filter(({ content }) => content.patientId === patientId);
  }

  async #expire(): Promise<void> {
    const { shelf, clock } = this.#options;
    const now = clock.now();
    // A clock that was set back must not keep it for longer.
    await shelf.expire((at) => now - at >= DRAFT_MS || at > now + DRAFT_MS);
    clock.after(LOOK_EVERY_MS, () => void this.#try(() => this.#expire()));
  }

  /** Undefined: the device refuses, and what was to be kept stays in the tab. */
  async #try<T>(work: () => Promise<T>): Promise<T | undefined> {
    if (this.#isRefused) return undefined;
    try {
      return await work();
    } catch (cause) {
      if (!(cause instanceof OutboxError)) throw cause;
      return undefined;
    }
  }
}
