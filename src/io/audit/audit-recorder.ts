import type { AttemptResult } from '#src/domain/outbox/attempt-result.ts';
import { type Random, waitMs } from '#src/domain/outbox/back-off.ts';
import { rowOf } from '#src/domain/outbox/policy.ts';
import { auditKindOf } from '#src/fhir/audit/audit-kind.ts';
import {
  type AuditEntry,
  type AuditRecord,
  isChained,
  patientOf,
} from '#src/fhir/audit/audit-record.fhir.ts';
import { hashedText } from '#src/fhir/audit/hashed-text.ts';
import { isOfUnnamedReport } from '#src/fhir/audit/unnamed-report.ts';
import type { Clock } from '../clock.ts';
import type { FhirGateway } from '../gateway.ts';
import type { ExclusiveLock } from '../outbox/exclusive-lock.ts';
import { OutboxError } from '../outbox/outbox-store.ts';
import type { Kept, Shelf } from '../outbox/shelf.ts';
import { sha256 } from '../sha256.ts';
import { failureOf } from '../sinks/attempt-failure.ts';
import { nextRecord } from './next-record.ts';
import type { Written } from './noting-gateway.ts';
import { type ChainItem, type TrailItem, trailFor, type WaitingEntry } from './trail-shelf.ts';

export interface AuditOptions {
  /** The server whose trail it is; not the one that tells of its writes. */
  readonly gateway: FhirGateway;
  readonly shelf: Shelf<TrailItem>;
  /** One at a time counts: two pages of one device would give one number twice. */
  readonly lock: ExclusiveLock;
  readonly clock: Clock;
  readonly random: Random;
  /** FHIR reference of who is signed in; absent for a service. */
  readonly who: string | undefined;
  readonly app: AuditRecord['app'];
  /** Hash of the configuration, told once and whenever it is another. */
  readonly configuration: string | undefined;
  /** An answer is being sent: it goes first. */
  readonly isBusy: () => boolean;
  /** Nobody looks at the page: it may be gone at once. */
  readonly isLeft: () => boolean;
  /** Milliseconds; what is told within this time is one record. */
  readonly gatherMs?: number;
}

/** For answers: a launch and what is answered in it are one request or two. */
const GATHER_MS = 20_000;
/** Once nobody looks: long enough for what comes with an answer. */
const LEFT_GATHER_MS = 500;
const ASIDE_MS = 2_000;
/** A record stays small enough to be sent while a page goes away (64 kB). */
const MOST_ENTRIES = 100;

/**
 * Keeps what was written, and brings it to the server as the next record of this writer's chain. It
 * fails for nobody: what a server refuses ends the recording of this page, and is missing in the trail.
 */
export class AuditRecorder {
  readonly #options: AuditOptions;
  #turn = 0;
  #attempts = 0;
  #refused = false;
  #keeping: Promise<void> = Promise.resolve();
  #sending: Promise<void> | undefined;
  /** Epoch ms of the timer that runs. */
  #due: number | undefined;
  #cancel: () => void = () => undefined;

  constructor(options: AuditOptions) {
    this.#options = options;
  }

  /** Takes up what earlier pages left, together with what this one has told already. */
  start(): void {
    this.#later(this.#options.gatherMs ?? GATHER_MS);
  }

  note({ resource, reference }: Written): void {
    if (isChained(resource) || isOfUnnamedReport(resource) || this.#refused) return;
    const { shelf, clock, gateway, isLeft, gatherMs = GATHER_MS } = this.#options;
    const patient = patientOf(resource);
    const turn = this.#turn++;
    const at = clock.now();
    this.#keeping = this.#keeping.then(() =>
      this.#onDevice(async () => {
        const entry: AuditEntry = {
          kind: auditKindOf(resource),
          sha256: await sha256(hashedText(resource)),
          ...(reference !== undefined && { reference }),
          ...(patient !== undefined && { patient }),
        };
        const content = { what: 'entry', server: gateway.baseUrl, turn, entry } as const;
        await shelf.put({ id: crypto.randomUUID(), at, content });
      }),
    );
    this.#later(isLeft() ? LEFT_GATHER_MS : gatherMs);
  }

  /** Sends what there is. Never rejects. */
  async flush(): Promise<void> {
    this.#cancel();
    this.#due = undefined;
    await this.#keeping;
    this.#sending ??= this.#sendAll().finally(() => {
      this.#sending = undefined;
    });
    await this.#sending;
  }

  stop(): void {
    this.#cancel();
    this.#refused = true;
  }

  /** At the earliest of the times that were asked for. */
  #later(ms: number): void {
    const at = this.#options.clock.now() + ms;
    if (this.#due !== undefined && this.#due <= at) return;
    this.#cancel();
    this.#due = at;
    this.#cancel = this.#options.clock.after(ms, () => void this.flush());
  }

  async #sendAll(): Promise<void> {
    const { lock, isBusy } = this.#options;
    if (this.#refused) return;
    if (isBusy()) return this.#later(ASIDE_MS);
    await this.#onDevice(() =>
      lock.run(async () => {
        // What a broken network left goes before what is new: a chain has no gaps on its way.
        while ((await this.#sendOldest()) && (await this.#seal()));
      }),
    );
  }

  /** All that were waiting. False: not now, or never. */
  async #sendOldest(): Promise<boolean> {
    const { gateway, shelf } = this.#options;
    const { records } = await trailFor(shelf, gateway.baseUrl);
    for (const [i, { id, at, content }] of records.entries()) {
      const { event, ...head } = content;
      if (event) {
        const failure = await this.#send(event);
        if (failure) return this.#after(failure);
        this.#attempts = 0;
        await shelf.put({ id, at, content: head });
      }
      if (i < records.length - 1) await shelf.remove([id]);
    }
    return true;
  }

  async #send(event: NonNullable<ChainItem['event']>): Promise<AttemptResult | undefined> {
    const { gateway, isLeft } = this.#options;
    try {
      await gateway.create(event, { keepalive: isLeft() });
      return undefined;
    } catch (cause) {
      return failureOf(cause, true);
    }
  }

  #after(failure: AttemptResult): false {
    const { to } = rowOf(failure);
    if (to === 'attention') this.#refused = true;
    if (to === 'retry') {
      const asked = 'retryAfterMs' in failure ? failure.retryAfterMs : undefined;
      this.#later(waitMs(this.#attempts++, asked, this.#options.random));
    }
    return false;
  }

  /** Makes what waits the next record. False: nothing waits. */
  async #seal(): Promise<boolean> {
    const { gateway, shelf, clock, who, app, configuration } = this.#options;
    const server = gateway.baseUrl;
    const { entries, records } = await trailFor(shelf, server);
    const now = clock.now();
    const taken = entries.slice(0, MOST_ENTRIES);
    if (taken.length === 0) return false;
    const head = records.at(-1)?.content;
    const context = { server, who, app, configuration, now };
    const content = await nextRecord(head, taken.map(entryOf), context);
    // The record is the head as well: there is no moment at which the one is kept without the other.
    await shelf.put({ id: crypto.randomUUID(), at: now, content });
    await shelf.remove(taken.map(({ id }) => id));
    return true;
  }

  /** A device that refuses is no reason to disturb anybody. */
  async #onDevice(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (cause) {
      if (!(cause instanceof OutboxError)) throw cause;
      this.#refused = true;
    }
  }
}

const entryOf = ({ content }: Kept<WaitingEntry>): AuditEntry => content.entry;
