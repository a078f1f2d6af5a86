import type { Exposure } from '#src/domain/feedback.ts';
import type { AttemptResult } from '#src/domain/outbox/attempt-result.ts';
import { type Random, waitMs } from '#src/domain/outbox/back-off.ts';
import { mayLeave, type SendingSession } from '#src/domain/outbox/may-leave.ts';
import { rowOf } from '#src/domain/outbox/policy.ts';
import { exposureId, toDisplayedObservation } from '#src/fhir/feedback/displayed.fhir.ts';
import type { TargetStore } from '#src/fhir/feedback/observation-base.ts';
import type { Clock } from '#src/io/clock.ts';
import { copiesOf, unlessThere } from '#src/io/copies-of.ts';
import type { FhirGateway } from '#src/io/gateway.ts';
import { OutboxError } from '#src/io/outbox/outbox-store.ts';
import type { Shelf } from '#src/io/outbox/shelf.ts';
import { failureOf } from '#src/io/sinks/attempt-failure.ts';

export interface ExposureOptions {
  readonly gateway: FhirGateway;
  /** Where the gateway is not the EHR's own: its own Patient, who is the launched one. */
  readonly target?: TargetStore | undefined;
  readonly conditionalCreate: boolean;
  readonly launchId: string;
  readonly shelf: Shelf<Exposure>;
  readonly clock: Clock;
  readonly random: Random;
  /** Asked anew before each exposure. */
  readonly session: () => SendingSession;
  /** An answer is being sent: it goes first. */
  readonly isBusy: () => boolean;
  /** Counts one that no server takes. */
  readonly countRefused: () => Promise<void>;
}

/** How long an exposure steps aside for an answer. */
const ASIDE_MS = 2_000;

type Fate = 'done' | 'other-session' | 'sign-in' | { readonly againInMs: number };

/**
 * Writes `recommendation-displayed`, once per recommendation version, clinician and launch. What the
 * server does not take now is kept and sent later, under a session of the same user. Its failure
 * concerns no clinician, and it never goes before an answer.
 */
export class ExposureRecorder {
  readonly #options: ExposureOptions;
  /** Recorded by this page: a second look is no second exposure. */
  readonly #seen = new Set<string>();
  readonly #waiting = new Map<string, Exposure>();
  /** Tried before, by this page or another: the server may have it. */
  readonly #doubtful = new Set<string>();
  #attempts = 0;
  #sending: Promise<void> | undefined;
  #cancel: () => void = () => undefined;

  constructor(options: ExposureOptions) {
    this.#options = options;
  }

  /** Takes up what earlier pages of this user left. Never rejects. */
  async start(): Promise<void> {
    const kept = (await this.#onDevice((shelf) => shelf.all())) ?? [];
    for (const { id, content } of kept) {
      if (this.#seen.has(id)) continue;
      this.#seen.add(id);
      this.#doubtful.add(id);
      this.#waiting.set(id, content);
    }
    this.#send();
  }

  record(exposure: Omit<Exposure, 'id'>): void {
    const { launchId, clock } = this.#options;
    const { recommendation, performer, withheld } = exposure;
    const id = exposureId(recommendation, performer.reference, launchId, withheld);
    if (this.#seen.has(id)) return;
    this.#seen.add(id);
    const content = { ...exposure, id };
    this.#waiting.set(id, content);
    void this.#onDevice((shelf) => shelf.put({ id, at: clock.now(), content })).then(() =>
      this.#send(),
    );
  }

  stop(): void {
    this.#waiting.clear();
    this.#cancel();
  }

  #send(): void {
    this.#cancel();
    this.#sending ??= this.#sendAll().finally(() => {
      this.#sending = undefined;
    });
  }

  async #sendAll(): Promise<void> {
    const { clock, isBusy } = this.#options;
    for (;;) {
      const next = [...this.#waiting.values()].find((one) => this.#mayLeave(one));
      if (!next) return;
      const fate = isBusy() ? { againInMs: ASIDE_MS } : await this.#sendOne(next);
      if (fate === 'sign-in') return;
      if (fate === 'other-session') this.#waiting.delete(next.id);
      else if (fate === 'done') await this.#done(next.id);
      else {
        this.#cancel = clock.after(fate.againInMs, () => this.#send());
        return;
      }
    }
  }

  async #sendOne(exposure: Exposure): Promise<Fate> {
    try {
      await this.#file(exposure);
      this.#attempts = 0;
      return 'done';
    } catch (cause) {
      this.#doubtful.add(exposure.id);
      return await this.#fateOf(failureOf(cause, true));
    }
  }

  async #file(exposure: Exposure): Promise<void> {
    const { gateway, target, conditionalCreate } = this.#options;
    const { id } = exposure;
    const observation = toDisplayedObservation(exposure, target);
    const inDoubt = !conditionalCreate && this.#doubtful.has(id);
    if (inDoubt && (await copiesOf(gateway, id)).length > 0) return;
    await gateway.create(observation, { ifNoneExist: unlessThere(id) });
  }

  /** As the policy has it for answers; but nobody is asked about what was refused: it is counted. */
  async #fateOf(result: AttemptResult): Promise<Fate> {
    const { random, countRefused } = this.#options;
    // More than one is there already: readers count by identifier.
    if (result.kind === 'http' && result.status === 412) return 'done';
    switch (rowOf(result).to) {
      case 'sign-in':
        return 'sign-in';
      case 'patient':
        return 'other-session';
      case 'retry': {
        const asked = 'retryAfterMs' in result ? result.retryAfterMs : undefined;
        return { againInMs: waitMs(this.#attempts++, asked, random) };
      }
      default:
        await this.#onDevice(() => countRefused());
        return 'done';
    }
  }

  async #done(id: string): Promise<void> {
    this.#waiting.delete(id);
    await this.#onDevice((shelf) => shelf.remove([id]));
  }

  /** By its own issuer, user and patient, as an answer. */
  #mayLeave({ issuer, performer, patient }: Exposure): boolean {
    const { session, target } = this.#options;
    const item = { owner: { issuer, user: performer.reference }, subject: patient };
    // Another store's Patient is known for the patient of this launch alone.
    const anyPatient = session().anyPatient && target === undefined;
    return mayLeave(item, { ...session(), anyPatient }) === 'yes';
  }

  /** A device that refuses is no reason not to send; then this page alone knows of it. */
  async #onDevice<T>(work: (shelf: Shelf<Exposure>) => Promise<T>): Promise<T | undefined> {
    try {
      return await work(this.#options.shelf);
    } catch (cause) {
      if (!(cause instanceof OutboxError)) throw cause;
      return undefined;
    }
  }
}
