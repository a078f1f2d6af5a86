import { everythingIn } from '#src/domain/delivery.ts';
import type { IssuerConfig, SiteConfig } from '#src/domain/site-config.ts';
import { type Clock, localTimestamp, systemClock } from '#src/io/clock.ts';
import { findIssuer } from '#src/io/config/issuer.ts';
import type { FhirGateway } from '#src/io/gateway.ts';
import type { OpenedStore } from '#src/io/hospital-store/opened-store.ts';
import { memoryShelf } from '#src/io/outbox/shelf.ts';
import { recallLaunch } from '#src/io/smart/launch-memory.ts';
import type { SmartSession } from '#src/io/smart/session.ts';
import type { Deps } from '#src/state/deps.ts';
import { createLaunchStore } from '#src/state/launch.store.ts';
import { auditTrail } from './audit-trail.ts';
import { composeDrafts } from './compose-drafts.ts';
import { composeExposures } from './compose-exposures.ts';
import { composeOutbox } from './compose-outbox.ts';
import { endSessionWhenSent } from './end-session.ts';
import { gatewayTo } from './gateway-to.ts';
import { recordStoreOf } from './record-store.ts';
import { warnOnLeaving } from './warn-on-leaving.ts';

/** The one place where real parts meet. */
export function compose(
  config: SiteConfig,
  smart: SmartSession,
  opened?: OpenedStore,
  clock: Clock = systemClock,
): Deps {
  const { session } = smart;
  const issuer = requireIssuer(config, session.issuer);
  const launch = createLaunchStore(session);
  smart.onRenewed((patientId) => launch.getState().tokenRenewed({ patientId }));
  const ehr = gatewayTo(session.issuer, smart, clock);
  const records = recordStoreOf(issuer, ehr, opened)?.gateway;
  const trail = auditTrail();
  const noted = (one: FhirGateway) => (one === records ? trail.noted(one) : one);
  const gateway = noted(ehr);
  const store = opened && { ...opened, gateway: noted(opened.gateway) };
  const timestamp = () => localTimestamp(clock);
  const recordStore = recordStoreOf(issuer, gateway, store);
  const appVersion = __APP_VERSION__;
  const { outbox, desk, ledger, sendingSession, lockFor, shelf } = composeOutbox({
    config,
    issuer,
    smart,
    gateway,
    store,
    clock,
    appVersion,
    timestamp,
    recordStore,
  });
  const drafts = composeDrafts(session, clock, shelf('drafts'));
  const stopWarning = warnOnLeaving(outbox);
  const isBusy = () => everythingIn(outbox).some(({ delivery }) => delivery.state === 'sending');
  if (records)
    trail.start(clock, () => ({
      ...{ config, smart, gateway: records, clock, isBusy },
      ...{ shelf: shelf('audit'), lock: lockFor('audit') },
    }));
  const recordExposure = composeExposures(
    recordStore && {
      ...recordStore,
      launchId: session.launchId,
      shelf: shelf('exposures') ?? memoryShelf(),
      clock,
      random: Math.random,
      session: sendingSession,
      isBusy,
      countRefused: () => ledger().exposureRefused(),
    },
  );
  return {
    config,
    issuer,
    session,
    launch,
    clock,
    gateway,
    ...(store && { store }),
    outbox,
    desk,
    drafts,
    appVersion,
    newId: () => `urn:uuid:${crypto.randomUUID()}`,
    timestamp,
    recordExposure,
    signIn: () => {
      // What waits is in the tab's storage when the page comes back.
      if (drafts.lasting) stopWarning();
      const memory = recallLaunch(session.launchId);
      const query = new URLSearchParams({ iss: session.issuer, resume: session.launchId });
      if (memory?.launch) query.set('launch', memory.launch);
      void drafts.settled().then(() => location.assign(`launch.html?${query}`));
    },
    lock: () => endSessionWhenSent(outbox, smart, clock),
  };
}

function requireIssuer(config: SiteConfig, iss: string): IssuerConfig {
  const issuer = findIssuer(config, iss);
  if (!issuer) throw new Error(`${iss} is not configured.`);
  return issuer;
}
