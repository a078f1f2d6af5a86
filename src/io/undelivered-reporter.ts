import type { Observation } from 'fhir/r4';
import { countByReason, discardsOf } from '#src/domain/outbox/discard.ts';
import { payloadOf } from '#src/domain/outbox/queued-answer.ts';
import { type LastReport, reportDue } from '#src/domain/outbox/report-due.ts';
import { undeliveredReport } from '#src/domain/outbox/undelivered-report.ts';
import type { WaitingDesk } from '#src/domain/outbox/waiting-desk.ts';
import { referenceOn } from '#src/fhir/feedback/reference.fhir.ts';
import { deviceReportId, toUndeliveredObservation } from '#src/fhir/feedback/undelivered.fhir.ts';
import type { Clock } from './clock.ts';
import { copiesOf, unlessThere } from './copies-of.ts';
import { FhirError, type FhirGateway } from './gateway.ts';
import type { DeviceLedger } from './outbox/device-ledger.ts';

export interface ReporterOptions {
  /** The hospital's own store, or the EHR where that is one. */
  readonly gateway: FhirGateway;
  /** FHIR base at which the places of answers are at home. */
  readonly home: string;
  readonly conditionalCreate: boolean;
  readonly clock: Clock;
  readonly desk: Pick<WaitingDesk, 'waiting' | 'subscribe'>;
  readonly ledger: () => DeviceLedger;
  readonly timestamp: () => string;
  readonly appVersion: string;
}

const LOOK_EVERY_MS = 60_000;
/** A full outbox that empties changes many times a second, and a look reads all of it. */
const AFTER_CHANGE_MS = 2_000;
const AFTER_FAILURE_MS = 5 * 60_000;
/** A refusal will be a refusal again: a missing scope does not grow. */
const FINAL: ReadonlySet<string> = new Set(['forbidden', 'invalid', 'not-found']);

/**
 * Tells the hospital's store how much this device could not deliver, and since when; nothing of what.
 * A failure concerns no clinician.
 */
export class UndeliveredReporter {
  readonly #options: ReporterOptions;
  #running: Promise<void> | undefined;
  #notBefore = 0;
  #stopped = false;
  #cancel: () => void = () => undefined;
  #cancelSoon: (() => void) | undefined;
  #unsubscribe: () => void = () => undefined;

  constructor(options: ReporterOptions) {
    this.#options = options;
  }

  start(): void {
    this.#unsubscribe = this.#options.desk.subscribe(() => this.#lookSoon());
    void this.look();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel();
    this.#cancelSoon?.();
    this.#unsubscribe();
  }

  #lookSoon(): void {
    this.#cancelSoon ??= this.#options.clock.after(AFTER_CHANGE_MS, () => {
      this.#cancelSoon = undefined;
      void this.look();
    });
  }

  /** Resolves once it has looked, and written if there was something to say. Never rejects. */
  look(): Promise<void> {
    if (this.#stopped) return Promise.resolve();
    this.#running ??= this.#look().finally(() => {
      this.#running = undefined;
      this.#cancel();
      if (!this.#stopped)
        this.#cancel = this.#options.clock.after(LOOK_EVERY_MS, () => void this.look());
    });
    return this.#running;
  }

  async #look(): Promise<void> {
    const { clock } = this.#options;
    if (clock.now() < this.#notBefore) return;
    try {
      await this.#report();
    } catch (cause) {
      // Not told now: the ledger still has it, and the next look tells it.
      this.#notBefore = clock.now() + AFTER_FAILURE_MS;
      if (cause instanceof FhirError && FINAL.has(cause.kind)) this.stop();
    }
  }

  async #report(): Promise<void> {
    const { clock, desk, gateway, home, timestamp, appVersion } = this.#options;
    const ledger = this.#options.ledger();
    const now = clock.now();
    const own = desk.waiting().map(({ item }) => item);
    const [schedules, discards, last] = await Promise.all([
      ledger.schedules(),
      ledger.discards(),
      ledger.lastReport(),
    ]);
    const report = undeliveredReport(schedules ?? own, now);
    const untold = discards.filter(({ reportedOn }) => reportedOn === undefined);
    if (!reportDue(report, untold.length, last, now)) return;
    const device = await ledger.deviceId();
    const day = new Date(now).toISOString().slice(0, 10);
    const oldest = own.toSorted((a, b) => a.createdAt - b.createdAt)[0];
    const location = (oldest && payloadOf(oldest).location) ?? last?.location;
    const id = deviceReportId(device, day);
    await this.#write(
      toUndeliveredObservation({
        ...report,
        id,
        device,
        at: timestamp(),
        ...(location !== undefined && {
          location: referenceOn(gateway.baseUrl, home, location),
        }),
        discards: countByReason(discardsOf(discards, day)),
        appVersion,
      }),
      id,
    );
    const said: LastReport = {
      at: now,
      waiting: report.count > 0,
      ...(location !== undefined && { location }),
    };
    await ledger.reported(
      said,
      day,
      untold.map((one) => one.id),
    );
  }

  /** One Observation for a device and day: the later report takes the place of the earlier. */
  async #write(observation: Observation, id: string): Promise<void> {
    const { gateway, conditionalCreate } = this.#options;
    const [there] = (await copiesOf(gateway, id)).flatMap((copy) => copy.id ?? []);
    if (there !== undefined) {
      await gateway.update({ ...observation, id: there });
      return;
    }
    await gateway.create(observation, conditionalCreate ? { ifNoneExist: unlessThere(id) } : {});
  }
}
