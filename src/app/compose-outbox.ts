import { writesAnyPatient } from '#src/domain/outbox/may-leave.ts';
import type { Owner } from '#src/domain/outbox/queued-answer.ts';
import type { SinkId } from '#src/domain/sinks.ts';
import type { IssuerConfig, SiteConfig } from '#src/domain/site-config.ts';
import { AFTER_CARD_MS, type Clock } from '#src/io/clock.ts';
import type { FhirGateway } from '#src/io/gateway.ts';
import type { OpenedStore } from '#src/io/hospital-store/opened-store.ts';
import { broadcast } from '#src/io/outbox/cross-tab.ts';
import type { ShelfName } from '#src/io/outbox/database.ts';
import { databaseLedger, memoryLedger } from '#src/io/outbox/device-ledger.ts';
import { DurableOutbox } from '#src/io/outbox/durable-outbox.ts';
import { type ExclusiveLock, noLock } from '#src/io/outbox/exclusive-lock.ts';
import { FallbackStore } from '#src/io/outbox/fallback-store.ts';
import { IndexedDbStore } from '#src/io/outbox/indexed-db-store.ts';
import { MemoryStore } from '#src/io/outbox/memory-store.ts';
import { fetchFileMaker, OutboxDesk } from '#src/io/outbox/outbox-desk.ts';
import { SealedShelf } from '#src/io/outbox/sealed-shelf.ts';
import type { Shelf } from '#src/io/outbox/shelf.ts';
import type { SmartSession } from '#src/io/smart/session.ts';
import { tabWaitingStore } from '#src/io/tab-store.ts';
import type { ReporterOptions } from '#src/io/undelivered-reporter.ts';
import { composeSinks } from './compose-sinks.ts';
import { deviceLock, ownerName } from './device-lock.ts';
import type { RecordStore } from './record-store.ts';

interface Parts {
  readonly config: SiteConfig;
  readonly issuer: IssuerConfig;
  readonly smart: SmartSession;
  readonly gateway: FhirGateway;
  readonly store?: OpenedStore | undefined;
  readonly clock: Clock;
  readonly appVersion: string;
  readonly timestamp: () => string;
  /** Where there is one, what this device could not deliver is reported. */
  readonly recordStore: RecordStore | undefined;
}

/** The outbox of this user on this device, what looks after it, and what reports on it. */
export function composeOutbox(parts: Parts) {
  const { config, issuer, smart, gateway, clock, appVersion, timestamp, recordStore } = parts;
  const { session } = smart;
  const owner = { issuer: session.issuer, user: session.performer ?? '' };
  const tab = crypto.randomUUID();
  const device = new IndexedDbStore({
    owner,
    clock,
    durable: config.deviceStorage === 'persistent',
  });
  const memory = new MemoryStore(tabWaitingStore(session));
  // Who may not answer has nothing to keep, and no key of an owner is made for nobody.
  const keeps = config.deviceStorage !== 'none' && session.performer !== undefined;
  const store = keeps ? new FallbackStore(device, memory) : memory;
  const name = ownerName(owner);
  const lockFor = (what: SinkId | 'audit'): ExclusiveLock =>
    keeps ? deviceLock({ device, clock, tab }, `${name}|${what}`) : noLock;
  const anyPatient = writesAnyPatient(session.scopes);
  const sendingSession = () => ({
    issuer: session.issuer,
    user: session.performer,
    patientId: smart.currentPatientId(),
    anyPatient,
  });
  const outbox = new DurableOutbox({
    store,
    clock,
    tab,
    tabs: broadcast(name),
    random: Math.random,
    sinks: composeSinks({
      issuer,
      gateway,
      store: parts.store,
      clock,
      lockFor,
      fetch: (...request) => fetch(...request),
      authorization: () => smart.authorization(),
    }),
    session: sendingSession,
  });
  const onDevice = databaseLedger(() => device.database());
  const inTab = memoryLedger(crypto.randomUUID());
  const ledger = () => (outbox.durable ? onDevice : inTab);
  const desk = new OutboxDesk({
    outbox,
    ledger,
    clock,
    about: { appVersion, issuer: session.issuer, browser: navigator.userAgent },
    helpDeskKey: config.helpDeskKey,
  });
  // A failure is told when the file is asked for.
  clock.after(AFTER_CARD_MS, () => void fetchFileMaker().catch(() => undefined));
  if (recordStore) {
    const home = session.issuer;
    startReporter({ ...recordStore, home, clock, desk, ledger, timestamp, appVersion });
  }
  return {
    outbox,
    desk,
    ledger,
    sendingSession,
    lockFor,
    shelf: shelves(keeps ? device : undefined, owner),
  };
}

/** Not part of the launch. A device that cannot fetch it now reports from the next launch. */
function startReporter(options: ReporterOptions): void {
  options.clock.after(AFTER_CARD_MS, () => {
    import('#src/io/undelivered-reporter.ts').then(
      ({ UndeliveredReporter }) => new UndeliveredReporter(options).start(),
      () => undefined,
    );
  });
}

/** What lies beside the answers on this device. Undefined: it keeps nothing. */
function shelves(device: IndexedDbStore | undefined, owner: Owner) {
  return <T>(name: ShelfName): Shelf<T> | undefined =>
    device && new SealedShelf<T>({ name, owner, database: () => device.database() });
}
