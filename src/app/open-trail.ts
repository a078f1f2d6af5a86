import { canonicalJson } from '#src/domain/audit/canonical-json.ts';
import type { SiteConfig } from '#src/domain/site-config.ts';
import { AuditRecorder } from '#src/io/audit/audit-recorder.ts';
import type { TrailItem } from '#src/io/audit/trail-shelf.ts';
import { type Clock, systemClock } from '#src/io/clock.ts';
import type { FhirGateway } from '#src/io/gateway.ts';
import { type ExclusiveLock, noLock } from '#src/io/outbox/exclusive-lock.ts';
import { IndexedDbStore } from '#src/io/outbox/indexed-db-store.ts';
import { SealedShelf } from '#src/io/outbox/sealed-shelf.ts';
import { memoryShelf, type Shelf } from '#src/io/outbox/shelf.ts';
import { sha256 } from '#src/io/sha256.ts';
import type { SmartSession } from '#src/io/smart/session.ts';
import { deviceLock, ownerName } from './device-lock.ts';
import { performerFor } from './performer-for.ts';

export interface TrailParts {
  readonly config: SiteConfig;
  readonly smart: SmartSession;
  /** Where the trail is kept; not one that tells of its writes. */
  readonly gateway: FhirGateway;
  readonly clock: Clock;
  /** Absent: this device keeps nothing, and the chain is this page's alone. */
  readonly shelf: Shelf<TrailItem> | undefined;
  readonly lock: ExclusiveLock;
  readonly isBusy: () => boolean;
  /** Milliseconds; what is told within this time is one record. Absent: as for answers. */
  readonly gatherMs?: number;
}

/** An act on a page writes two or three resources, one after the other. */
const GATHER_ACT_MS = 2_000;

/** Takes up what earlier pages of this user left, and goes on with their chain. */
export async function openTrail(parts: TrailParts): Promise<AuditRecorder> {
  const { config, smart, shelf, ...given } = parts;
  const { gateway } = given;
  const isLeft = () => document.visibilityState === 'hidden';
  const recorder = new AuditRecorder({
    ...given,
    isLeft,
    shelf: shelf ?? memoryShelf(),
    random: Math.random,
    who: performerFor(gateway.baseUrl, smart),
    app: { name: 'clinician-feedback', version: __APP_VERSION__ },
    configuration: await sha256(canonicalJson(config)),
  });
  document.addEventListener('visibilitychange', () => {
    if (isLeft()) void recorder.flush();
  });
  recorder.start();
  return recorder;
}

/** For a page without an outbox: the same chain as that of the same user’s other pages. */
export function trailOfPage(
  config: SiteConfig,
  smart: SmartSession,
  gateway: FhirGateway,
): TrailParts {
  const parts = {
    ...{ config, smart, gateway, clock: systemClock, isBusy: () => false },
    gatherMs: GATHER_ACT_MS,
  };
  const { issuer, performer: user } = smart.session;
  if (config.deviceStorage === 'none' || user === undefined)
    return { ...parts, shelf: undefined, lock: noLock };
  const owner = { issuer, user };
  const device = new IndexedDbStore({ owner, clock: systemClock, durable: true });
  return {
    ...parts,
    shelf: new SealedShelf({ name: 'audit', owner, database: () => device.database() }),
    lock: deviceLock(
      { device, clock: systemClock, tab: crypto.randomUUID() },
      `${ownerName(owner)}|audit`,
    ),
  };
}
